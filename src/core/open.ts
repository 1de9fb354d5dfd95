import { createRouterClient } from '@orpc/server';
import type { RouterClient } from '@orpc/server';
import { updateRecordedHead, isRecordedHeadMissing } from './log/audit/head.ts';
import type { Head } from './log/audit/head.ts';
import type { AuditSource } from './log/audit/audit-transaction.ts';
import { Checkpointer } from './log/commands/checkpointer.ts';
import { WriteQueue } from './log/commands/write-queue.ts';
import { forgetCorruption, refuseWriting } from './kernel/db/corruption-guard.ts';
import { workspaceFiles } from './kernel/db/files.ts';
import type { WorkspaceFiles } from './kernel/db/files.ts';
import { registerHolder } from './kernel/db/holders.ts';
import type { Holder } from './kernel/db/holders.ts';
import { toOpeningFault } from './kernel/db/inspect.ts';
import { schemaVersion } from './kernel/db/migrate.ts';
import { ChangeFeed } from './log/events/feed.ts';
import { hasContent } from './kernel/files/contents.ts';
import { createGrants } from './kernel/grants.ts';
import type { Grants } from './kernel/grants.ts';
import { createIndexes } from './model/indexes.ts';
import { logFacets } from './history/facets.ts';
import { readOrganisation } from './analysis/read-organisation.ts';
import { jobKinds } from './job-kinds.ts';
import { jobSchedules } from './jobs/schedule.ts';
import { jobQueue } from './jobs/queue.ts';
import { runPlanStep } from './analysis/repairs/plan-step.ts';
import { JobRunner } from './jobs/runner.ts';
import type { RunnerOptions } from './jobs/runner.ts';
import { linkIndex } from './network/link-index.ts';
import { BackgroundWork } from './kernel/background-work.ts';
import type { Log } from './kernel/logger.ts';
import { createHttpClient } from '#http/client.ts';
import type { HttpClient } from '#http/client.ts';
import { memorySecrets } from './kernel/secrets.ts';
import type { Secrets } from './kernel/secrets.ts';
import { findActingProfile } from './log/guest.ts';
import { openPointInTime } from './moments/open-moment.ts';
import { openFiles } from './open/open-files.ts';
import type { OpenFiles } from './open/open-files.ts';
import { coreRouter } from './router.ts';
import { meaningIndex } from './search/meaning/meaning-index.ts';
import { searchIndex } from './search/search-index.ts';
import { syncService } from './sync/handlers.ts';
import type { Router } from './router.ts';
import type { CallContext, Services } from './model/services.ts';
import type { Session } from './log/session.ts';
import { createSalts, isoTime } from './kernel/system.ts';
import type { Clock, Ids, Random } from './kernel/system.ts';
import { currentTargetOf } from '#shared/domain/target.ts';
import type { CurrentTarget, Target } from '#shared/domain/target.ts';
import type { NewWorkspace } from './workspace/create.ts';
import { readCompleteFacts } from './log/complete-facts.ts';
import { processEnvironment } from '#shared/domain/environment.ts';

export interface CoreOptions {
  workspace: string;
  /** Live by default. */
  target?: Target | undefined;
  clock: Clock;
  ids: Ids;
  random: Random;
  log: Log;
  /** Creates the workspace if the folder is missing or empty; not for a sandbox. */
  create?: NewWorkspace | undefined;
  holder: Holder;
  resources?: string | null | undefined;
  dryRun?: boolean | undefined;
  /** Refuses live if its corruption is recorded; by default it is opened read-only. */
  refuseCorrupt?: boolean | undefined;
  /** The store of sign-ins; in memory by default. */
  secrets?: Secrets | undefined;
  /** By default one with this process's environment. */
  http?: HttpClient | undefined;
  signal?: AbortSignal | undefined;
}

/** An open workspace, sandbox, or point in time. */
export interface Core {
  readonly router: Router;
  readonly grants: Grants;
  readonly services: Services;
  /** The caller: the profile of that id or name, by default the first. Throws UNKNOWN_ACTOR. */
  session(profile?: string, requestId?: string): Session;
  /** Services for calls over `router`. */
  context(session: Session): CallContext;
  client(session: Session): RouterClient<Router>;
  /** Runs live's jobs until the workspace is closed. */
  runJobs(options?: Partial<Omit<RunnerOptions, 'services'>>): JobRunner;
  /** Preloads data for searching, sorting and filtering in small steps, while idle. */
  warmUp: () => Generator<void, void, void>;
  close: () => Promise<void>;
}

/** Opens a workspace or a sandbox as `openHome` does, or a read-only point in time of it. Throws NOT_FOUND. */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { target = { kind: 'live' } } = options;
  const home = await openHome(options, currentTargetOf(target));
  if (target.kind !== 'moment') return home;
  try {
    const { services, close } = await openPointInTime(home.services, target.at, target, options.signal);
    return {
      ...coreOf(services, home),
      async close() {
        await close();
        await home.close();
      },
    };
  } catch (error) {
    await home.close();
    throw error;
  }
}

function coreOf(
  services: Services,
  { session, grants, runJobs }: Pick<Core, 'session' | 'grants' | 'runJobs'>,
): Omit<Core, 'close'> {
  return {
    router: coreRouter,
    grants,
    services,
    session,
    runJobs,
    context: (forSession) => ({ session: forSession, services }),
    client: (forSession) => createRouterClient(coreRouter, { context: { session: forSession, services } }),
    warmUp: () => warmUp(services),
  };
}

function* warmUp(services: Services): Generator<void, void, void> {
  const { read, names, columns } = services;
  if (!read.raw.open) return;
  const indexes = [
    names.readAhead(),
    columns.warmUp(),
    linkIndex(services).readAhead(),
    logFacets(services).catchUp(),
    readOrganisation(services),
    searchIndex(services).catchUp(),
  ];
  for (const steps of indexes) {
    for (const _ of steps) {
      yield;
      if (!read.raw.open) return;
    }
  }
}

function createServices(
  options: CoreOptions,
  files: WorkspaceFiles,
  sourceWithoutReplica: Omit<AuditSource, 'replica'>,
  { write, read }: OpenFiles,
): { services: Services; checkpointer: Checkpointer } {
  const { clock, ids, log, holder, dryRun } = options;
  const { id, replica } = readCompleteFacts(read);
  const holders = registerHolder(files.holders, holder, ids.uuid().slice(-6), isoTime(clock.now()));
  const feed = new ChangeFeed(read);
  const truncatedMessage = 'the end of the audit is missing: its recorded head is not in the log';
  const advanceRecordedHead = (): void => {
    if (!updateRecordedHead(files.head, read)) log.error({ workspace: id }, truncatedMessage);
  };
  if (isRecordedHeadMissing(files.head, read)) {
    log.warn({ workspace: id }, 'no audit head is kept: an end cut off before now would not be noticed');
  }
  const checkpointer = new Checkpointer(write, advanceRecordedHead, log);
  const source: AuditSource = { ...sourceWithoutReplica, replica };
  const onCommit = (head: Head | null): void => {
    if (head) feed.wake();
    checkpointer.scheduleAfterCommit();
  };
  const assertWritable = (): void => refuseWriting(files);
  const services: Services = {
    files,
    resources: options.resources ?? null,
    read,
    queue: new WriteQueue({
      connection: write,
      source,
      holders,
      onCommit,
      assertWritable,
      hasContent: (sha256) => hasContent(files, sha256),
      log,
      dryRun,
    }),
    source,
    feed,
    ...createIndexes(read),
    grants: createGrants(),
    background: new BackgroundWork(),
    holders,
    log,
    secrets: options.secrets ?? memorySecrets(),
    http: options.http ?? createHttpClient({ environment: processEnvironment() }),
    get home() {
      return services;
    },
    moment: null,
  };
  log.info({ workspace: id, ...files.target, schema: schemaVersion }, 'workspace opened');
  return { services, checkpointer };
}

/**
 * Opens a workspace or a sandbox: checks, locks and migrates the file, and starts its write queue. A sandbox's core cannot write live.
 * Throws WORKSPACE, BUSY, and NOT_FOUND for a sandbox.
 */
async function openHome(options: CoreOptions, target: CurrentTarget): Promise<Core> {
  const { clock, ids, random, log, create, holder, signal } = options;
  const files = workspaceFiles(options.workspace, target);
  const source = { clock, ids, salt: createSalts(random) };
  const readsCorrupt = options.refuseCorrupt !== true;
  const connections = await openFiles({ files, create, source, log, holder, clock, readsCorrupt, signal });
  forgetCorruption(files);
  try {
    const { services, checkpointer } = createServices(options, files, source, connections);
    const { queue, feed, grants, background, holders } = services;
    const session: Core['session'] = (profile, requestId) => {
      const { profile: chosen, guest } = findActingProfile(connections.read, files, profile, log);
      return { profile: chosen.id, guest, requestId: requestId ?? ids.uuid() };
    };
    const runners: JobRunner[] = [];
    const runJobs: Core['runJobs'] = (runnerOptions) => {
      const runner = new JobRunner({
        kinds: jobKinds,
        schedules: jobSchedules,
        session,
        ...runnerOptions,
        services,
      }).start();
      runners.push(runner);
      if (target.kind === 'live') void runPlanStep({ services, session: session() }).catch(() => {});
      return runner;
    };
    return {
      ...coreOf(services, { session, grants, runJobs }),
      async close() {
        // While writing is still possible: running jobs return to the queue.
        if (runners.length > 0) await Promise.all(runners.map((runner) => runner.stop()));
        jobQueue(services).close();
        // Refuses new writes from here on, also those of jobs.
        const queueClosed = queue.close();
        await background.close();
        await syncService(services).stop();
        await queueClosed;
        feed.close();
        await meaningIndex(services)?.close();
        searchIndex(services).close();
        await checkpointer.close();
        holders.unregister();
        connections.close();
      },
    };
  } catch (error) {
    connections.close();
    throw toOpeningFault(error, files.data);
  }
}
