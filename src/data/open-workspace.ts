import { basename } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { refuseForeignWal } from '#core/log/audit/foreign-wal.ts';
import { installGolden } from '#core/versions/golden-store.ts';
import { refuseRecordedLog, recheckRecorded } from '#core/versions/check.ts';
import { scheduledCleanUp } from '#core/people/clean-up.ts';
import { DailyBackups } from '#core/versions/daily.ts';
import { refuseRecordedCorruption } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { shippedResources } from '#core/kernel/resources.ts';
import { followCommits } from '#core/search/follow-commits.ts';
import { syncService } from '#core/sync/handlers.ts';
import { fillSample } from '#core/sample/fill.ts';
import type { Log } from '#core/kernel/logger.ts';
import type { Secrets } from '#core/kernel/secrets.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { ToData } from '#shared/shell/process.ts';
import { keepDaily } from './daily.ts';
import { errorFields } from './log-file.ts';
import type { DataPort } from './parent.ts';

/** An open workspace as the data process serves it. */
export interface Opened {
  /** Answers the contract over the port until it closes; each port has a session of its own. */
  serve(port: DataPort): void;
  grant(id: string, path: string, use: 'read' | 'write'): void;
  onGrantUsed(listener: (id: string) => void): void;
  readonly backups: string;
  /** Hears of each backup that nobody asked for. */
  onBackedUp(listener: () => void): void;
  close(): Promise<void>;
}

/** Opens the workspace, making it when it is missing; its first profile is named after the system's user. */
export async function openWorkspace(
  wanted: Extract<ToData, { kind: 'open' }>,
  log: Log,
  secrets: Secrets,
  signal?: AbortSignal,
): Promise<Opened> {
  const { workspace, target, sample } = wanted;
  const live = workspaceFiles(workspace);
  if (target.kind === 'moment' && target.sandbox === null)
    await recheckRecorded(live, { log, clock: systemClock, signal });
  if (target.kind === 'live') {
    refuseForeignWal(live, log);
    refuseRecordedCorruption(live, log);
    await refuseRecordedLog(live, { log, clock: systemClock, signal });
  }
  const core = await openCore({
    workspace,
    target,
    clock: systemClock,
    random: systemRandom,
    ids: createIds(systemClock, systemRandom),
    log,
    create: { owner: ownerName(process.env), name: wanted.name === '' ? basename(workspace) : wanted.name },
    holder: { kind: 'window', label: 'FRAMES window' },
    resources: shippedResources(),
    secrets,
    signal,
  });
  if (sample) await fillOrLater(core, log);

  const handler = new RPCHandler(core.router);
  let warming = setTimeout(calm, CALM);
  const steps = core.warmUp();
  function calm(): void {
    if (target.kind === 'live') {
      syncService(core.services).start();
      core.runJobs({ session: () => session });
    }
    void installGolden(core.services);
    readAhead();
  }

  // Whoever acts in the window that came last: what is removed is removed in their name.
  let session = core.session();
  const daily = new DailyBackups();
  let backedUp = (): void => {};
  const stopDaily = keepDaily(async (options) => {
    const outcome = await daily.check(core.context(session), options);
    if (outcome === 'made') backedUp();
    await scheduledCleanUp(core.context(session)).catch((error: unknown) => {
      log.warn(errorFields(error), 'the scheduled clean-up failed');
    });
    return outcome;
  }, log);
  function readAhead(): void {
    const began = systemClock.elapsed();
    try {
      while (systemClock.elapsed() - began < STRETCH)
        if (steps.next().done) {
          void followCommits(core.services);
          return void answerAhead();
        }
      warming = setTimeout(readAhead, PAUSE);
    } catch (error) {
      log.warn(errorFields(error), 'reading ahead ended early');
    }
  }
  /** What Insights and Home show first. */
  async function answerAhead(): Promise<void> {
    try {
      const first = { question: 'leavers', quick: true } as const;
      for await (const _ of await core.client(session).analysis.insights(first));
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
    onBackedUp: (listener) => void (backedUp = listener),
    close() {
      clearTimeout(warming);
      stopDaily();
      return core.close();
    },
  };
}

/** Milliseconds after opening when a window has what it shows first, and reading ahead keeps nobody waiting. */
const CALM = 3000;
/** Milliseconds of reading ahead in one go; a step of it that has begun is ended. */
const STRETCH = 5;
/** Milliseconds between two stretches of reading ahead, for whoever is waiting by then. */
const PAUSE = 10;

/** A workspace without the sample can be worked with all the same; as long as nobody does, the next start tries again. */
async function fillOrLater(core: Core, log: Log): Promise<void> {
  try {
    await fillOnce(core);
  } catch (error) {
    log.error(errorFields(error), 'sample not filled in');
  }
}

/**
 * Fills a workspace that was never used; one whose sample was undone or deleted stays as it is. A crash on the way leaves it
 * empty, and the next start fills it.
 */
async function fillOnce(core: Core): Promise<void> {
  const session = core.session();
  const { sample, transactions } = await core.client(session).workspace.info({});
  if (sample || transactions > 1) return;
  const steps = fillSample(core.services, session);
  for (let step = await steps.next(); !step.done; step = await steps.next());
}
