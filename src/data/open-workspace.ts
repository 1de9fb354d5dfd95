import { basename } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { installGolden } from '#core/versions/golden-store.ts';
import { runScheduledCleanUp } from '#core/people/clean-up.ts';
import { DailyBackups } from '#core/versions/daily.ts';
import { openCore } from '#core/open.ts';
import type { Core, CoreOptions } from '#core/open.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { shippedFolder } from '#core/kernel/resources.ts';
import { followCommits } from '#core/search/index-commits.ts';
import { syncService } from '#core/sync/handlers.ts';
import { fillSample } from '#core/sample/fill.ts';
import type { Log } from '#core/kernel/logger.ts';
import { systemClock, systemServices } from '#core/kernel/system.ts';
import type { ToData } from '#shared/shell/process.ts';
import { scheduleDailyBackups } from './daily.ts';
import { errorFields } from './log-file.ts';
import type { DataPort } from './parent.ts';
import { processEnvironment } from '#shared/domain/environment.ts';

export interface OpenedWorkspace {
  /** Serves the contract over the port until it closes. Each port has its own session. */
  serve(port: DataPort): void;
  grant(id: string, path: string, use: 'read' | 'write'): void;
  onGrantUsed(listener: (id: string) => void): void;
  readonly backups: string;
  onBackedUp(listener: () => void): void;
  close(): Promise<void>;
}

/** Services that only main can provide. */
export type OutsideServices = Required<Pick<CoreOptions, 'secrets' | 'http'>>;

/** Opens the workspace, or creates it if missing; its first profile is named after the system user. */
export async function openWorkspace(
  request: Extract<ToData, { kind: 'open' }>,
  log: Log,
  outside: OutsideServices,
  signal?: AbortSignal,
): Promise<OpenedWorkspace> {
  const { workspace, target, sample } = request;
  const core = await openCore({
    workspace,
    target,
    refuseCorrupt: target.kind === 'live',
    ...systemServices(),
    log,
    create: {
      owner: ownerName(processEnvironment()),
      name: request.name === '' ? basename(workspace) : request.name,
    },
    holder: { kind: 'window', label: 'FRAMES window' },
    resources: shippedFolder(),
    ...outside,
    signal,
  });
  if (sample) await tryFillSample(core, log);

  const handler = new RPCHandler(core.router);
  let warmUpTimer = setTimeout(startBackgroundWork, BACKGROUND_DELAY_MS);
  const warmUpSteps = core.warmUp();
  function startBackgroundWork(): void {
    if (target.kind === 'live') {
      syncService(core.services).start();
      core.runJobs({ session: () => session });
    }
    void installGolden(core.services);
    readAhead();
  }

  // The session of the newest window. Scheduled deletions are recorded under its actor.
  let session = core.session();
  const daily = new DailyBackups();
  let notifyBackedUp = (): void => {};
  const stopDaily = scheduleDailyBackups(async (options) => {
    const outcome = await daily.check(core.context(session), options);
    if (outcome === 'made') notifyBackedUp();
    await runScheduledCleanUp(core.context(session)).catch((error: unknown) => {
      log.warn(errorFields(error), 'the scheduled clean-up failed');
    });
    return outcome;
  }, log);
  function readAhead(): void {
    const startedAt = systemClock.elapsed();
    try {
      while (systemClock.elapsed() - startedAt < SLICE_MS)
        if (warmUpSteps.next().done) {
          void followCommits(core.services);
          return void precomputeInsights();
        }
      warmUpTimer = setTimeout(readAhead, PAUSE_MS);
    } catch (error) {
      log.warn(errorFields(error), 'reading ahead ended early');
    }
  }
  /** Runs the analysis that Insights and Home show first, so that its result is ready. */
  async function precomputeInsights(): Promise<void> {
    try {
      const input = { question: 'leaving', quick: true } as const;
      for await (const _ of await core.client(session).analysis.insights(input));
    } catch (error) {
      log.info(errorFields(error), 'answering ahead ended early');
    }
  }
  return {
    backups: core.services.files.backups,
    serve(port) {
      session = core.session();
      handler.upgrade(port as Parameters<typeof handler.upgrade>[0], { context: core.context(session) });
      port.start();
    },
    grant: (id, path, use) => core.grants.register(id, path, use),
    onGrantUsed: (listener) => core.grants.onFinish(listener),
    onBackedUp: (listener) => void (notifyBackedUp = listener),
    close() {
      clearTimeout(warmUpTimer);
      stopDaily();
      return core.close();
    },
  };
}

/** Milliseconds after opening. The first view is shown by then, so background work does not delay it. */
const BACKGROUND_DELAY_MS = 3000;
/** Milliseconds of reading ahead per slice. A step is never interrupted, so a slice can take longer. */
const SLICE_MS = 5;
/** Milliseconds between slices, in which pending requests are answered. */
const PAUSE_MS = 10;

/** Only logs errors, because the workspace is usable without the sample. The next start tries again if nothing was written. */
async function tryFillSample(core: Core, log: Log): Promise<void> {
  try {
    await fillSampleOnce(core);
  } catch (error) {
    log.error(errorFields(error), 'sample not filled in');
  }
}

/** Fills only an unused workspace: a sample that was undone or deleted does not return. */
async function fillSampleOnce(core: Core): Promise<void> {
  const session = core.session();
  const { sample, transactions } = await core.client(session).workspace.info({});
  if (sample || transactions > 1) return;
  await fillSample(core.services, session);
}
