import { clause, verbatim } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { backupIds } from '#core/versions/list.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { installGolden } from '#core/versions/golden-store.ts';
import { createHttpClient } from '#http/client.ts';
import { settingsFolder } from '#http/settings-folder.ts';
import { createLog, silentLog } from '#core/kernel/logger.ts';
import type { Log } from '#core/kernel/logger.ts';
import { fileSecrets } from '#core/kernel/secrets.ts';
import type { Secrets } from '#core/kernel/secrets.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { openFileFault } from '#core/model/pipeline.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { shippedFolder } from '#core/kernel/resources.ts';
import type { ReplaceOptions } from '#core/restore/replace.ts';
import { actorOf, findProfile } from '#core/log/session.ts';
import type { Session } from '#core/log/session.ts';
import type { SandboxFolder } from '#core/kernel/db/sandbox-folder.ts';
import { findSandbox } from '#core/sandboxes/names.ts';
import { systemClock, systemServices } from '#core/kernel/system.ts';
import type { JobPace } from '#core/kernel/progress.ts';
import { refuseForeignFolder } from '#core/kernel/db/foreign-folder.ts';
import { readClosedOfAnySchema } from '#core/open/read-closed.ts';
import { Fault, isFault, problemOf, reasonOf, workspaceFault } from '#shared/contract/faults.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { CurrentTarget, Target } from '#shared/domain/target.ts';
import { flag, requiredText, text } from './args/option.ts';
import type { Context } from './command.ts';
import { CommandFailure, reportOf } from './output/errors.ts';
import type { Output } from './output/output.ts';

export const liveOptions = {
  workspace: requiredText('DIR', 'Workspace folder'),
  actor: text('PROFILE', 'Profile to act as, by id or name (default: $FRAMES_ACTOR, else the first profile)'),
};

export const workspaceOptions = {
  ...liveOptions,
  sandbox: text('ID', 'Use this sandbox (id or name) instead of live'),
};

/** Options of read-only commands, which can also read a point in time. */
export const pointInTimeOptions = {
  ...workspaceOptions,
  at: text(
    'MOMENT',
    'Show the state at this point: a UTC time (a date means the end of that day), transaction id, checkpoint, "first" or "now"',
  ),
};

export const replaceFlag = flag(
  'Overwrite an existing file, except workspace files and encrypted files (unless the new one is encrypted too)',
);

export interface TargetArguments {
  workspace: string;
  actor?: string | undefined;
  sandbox?: string | undefined;
  at?: string | undefined;
  'dry-run'?: boolean | undefined;
}

export interface OpenWorkspace {
  readonly core: Core;
  readonly session: Session;
  readonly client: ReturnType<Core['client']>;
}

/** Resolves a path relative to the working directory of the command. */
export function resolvePath(context: Context, path: string): string {
  return resolve(context.workingFolder, path);
}

/**
 * Whether the folder has no workspace file. False for any file in its place, and for a command on a sandbox, which requires a workspace.
 * Does not open the file, because opening would create one.
 */
export function isWorkspaceMissing(context: Context, { workspace, sandbox }: TargetArguments): boolean {
  if (sandbox !== undefined) return false;
  const { live } = workspaceFiles(resolvePath(context, workspace));
  try {
    return statSync(live, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** Resolves a sandbox name or id to an id. Throws NOT_FOUND, INVALID. */
export function resolveSandbox(
  context: Context,
  { workspace }: TargetArguments,
  name: string,
  sandboxFolder?: SandboxFolder,
): string {
  return findSandbox(workspaceFiles(resolvePath(context, workspace)), name, sandboxFolder);
}

/** The workspace or sandbox to open, ignoring points in time. Throws NOT_FOUND for an unknown sandbox. */
export function targetOf(context: Context, args: TargetArguments): CurrentTarget {
  const { sandbox } = args;
  return sandbox === undefined
    ? { kind: 'live' }
    : { kind: 'sandbox', id: resolveSandbox(context, args, sandbox) };
}

/**
 * Id or name of the actor; undefined for the workspace's first profile. A missing workspace will have only the profile of the system
 * user, so any other name throws UNKNOWN_ACTOR.
 */
export function resolveActor(context: Context, args: TargetArguments, isMissing = false): string | undefined {
  const actor = args.actor ?? (context.environment['FRAMES_ACTOR'] || undefined);
  const owner = ownerName(context.environment);
  if (!isMissing || actor === undefined || actor === owner) return actor;
  throw new Fault('UNKNOWN_ACTOR', { actor, owner });
}

/**
 * Opens the workspace or sandbox, runs `work`, and always closes it. `label` names this process to others. With `canCreate`, a missing workspace is
 * created for the system user. Throws like `openCore`: WORKSPACE, NOT_FOUND, UNKNOWN_ACTOR, BUSY.
 */
export async function withWorkspace<T>(
  context: Context,
  args: TargetArguments,
  label: string,
  work: (open: OpenWorkspace) => Promise<T>,
  { canCreate = false }: { canCreate?: boolean } = {},
): Promise<T> {
  const folder = resolvePath(context, args.workspace);
  const isNew = canCreate && isWorkspaceMissing(context, args);
  const actor = resolveActor(context, args, isNew);
  const currentTarget = targetOf(context, args);
  const log = workspaceLog(folder);
  const { signal } = context;
  const sandbox = currentTarget.kind === 'sandbox' ? currentTarget.id : null;
  const target: Target = args.at === undefined ? currentTarget : { kind: 'moment', at: args.at, sandbox };
  const core = await openCore({
    ...systemServices(),
    workspace: folder,
    target,
    log,
    holder: { kind: 'command', label: `frames ${label}` },
    resources: shippedFolder(),
    dryRun: args['dry-run'],
    secrets: secretsOf(context),
    http: createHttpClient({ environment: context.environment }),
    signal,
    ...(canCreate ? { create: { owner: ownerName(context.environment) } } : {}),
  }).catch(async (error: unknown) => {
    throw await withRecoveryHint(error, folder);
  });
  try {
    if (isNew) await installGolden(core.services);
    const session = core.session(actor, context.requestId);
    return await work({ core, session, client: core.client(session) });
  } catch (error) {
    const isSqliteError = String((error as { code?: unknown } | null)?.code).startsWith('SQLITE_');
    const reportedError = (isSqliteError && openFileFault(error, core.services)) || error;
    throw isNew && hasOnlyCreation(core) ? mentionNewWorkspace(reportedError) : reportedError;
  } finally {
    await core.close();
  }
}

/** Stores sign-ins of commands in the user's own folder, outside of workspaces. */
function secretsOf({ environment }: Context): Secrets {
  return fileSecrets(settingsFolder(environment));
}

function hasOnlyCreation({ services }: Core): boolean {
  try {
    return services.read.get<{ n: number }>('SELECT count(*) AS n FROM audit_transactions')?.n === 1;
  } catch {
    // The original error is reported instead.
    return false;
  }
}

/** Adds to the error that a workspace was created. Unexpected errors stay unchanged. */
function mentionNewWorkspace(error: unknown): unknown {
  const report = reportOf(error);
  if (report?.exitCode !== 1) return error;
  const { code, details } = report;
  const message = `${report.message.replace(/ Nothing was changed\.$/, '')} An empty workspace was created.`;
  return new CommandFailure(code, message, { ...(details as object | null), workspace_made: true });
}

/** Consumes a stream, shows its progress and returns its result. Throws errors of the operation. */
export async function followProgress<R>(
  stream: AsyncIterable<Progress | { kind: 'result'; result: R }>,
  output: Output,
): Promise<R> {
  let resultEvent: { result: R } | undefined;
  for await (const event of stream) {
    if (event.kind === 'progress') output.progress(event);
    else resultEvent = event;
  }
  output.endProgress();
  if (!resultEvent) throw new Error('the operation ended without a result');
  return resultEvent.result;
}

export const withProgress = <R>(
  { output, signal }: Context,
  work: (pace: JobPace) => Promise<R>,
): Promise<R> =>
  work({ clock: systemClock, onProgress: output.progress.bind(output), signal }).finally(() =>
    output.endProgress(),
  );

/** Runs `work` on a closed workspace. `label` names this process to others. Shows progress until the work ends. */
export async function withClosedWorkspace<T>(
  context: Context,
  args: TargetArguments,
  label: string,
  work: (
    parts: ReplaceOptions & { folder: string; actor: string | undefined; signal: AbortSignal },
  ) => Promise<T>,
): Promise<T> {
  const { output, signal } = context;
  const folder = resolvePath(context, args.workspace);
  if (!existsSync(folder)) throw workspaceFault('missing', { why: clause('folderMissing', { folder }) });
  return work({
    ...systemServices(),
    folder,
    files: workspaceFiles(folder),
    actor: resolveActor(context, args),
    log: workspaceLog(folder),
    holder: { kind: 'command', label: `frames ${label}` },
    onProgress: output.progress.bind(output),
    signal,
  }).finally(() => output.endProgress());
}

/**
 * Checks the actor of a command that does not open the workspace. Nobody is refused if the workspace is unreadable. Throws UNKNOWN_ACTOR, errors of
 * `assertCan`, and BUSY while the file is being replaced.
 */
export async function checkActor(
  context: Context,
  args: TargetArguments,
  assertCan: (actor: Actor) => void = () => {},
): Promise<void> {
  const name = resolveActor(context, args);
  const folder = resolvePath(context, args.workspace);
  const actor = await readClosedOfAnySchema(folder, ({ read }) =>
    Promise.resolve(actorOf(findProfile(read, name))),
  ).catch((error: unknown) => {
    if (isFault(error) && (error.code === 'UNKNOWN_ACTOR' || error.code === 'BUSY')) throw error;
    return null;
  });
  if (actor) assertCan(actor);
}

export const missingProblem = async (files: WorkspaceFiles): Promise<Sentence> =>
  problemOf((await lostFault(files)) ?? workspaceFault('missing', { why: verbatim(files.folder) }));

/** WORKSPACE (`lost`) with the number of remaining backups; null if the workspace exists or there never was one. */
export async function lostFault(files: WorkspaceFiles): Promise<Fault | null> {
  try {
    refuseForeignFolder(files);
    return null;
  } catch (error) {
    if (!isFault(error) || reasonOf(error) !== 'lost') return null;
    const { length: backupCount } = await backupIds(files.backups).catch(() => []);
    const cause =
      backupCount === 0
        ? clause('noBackupsLeft', { folder: files.backups })
        : clause('backupsLeft', { count: backupCount });
    return workspaceFault('lost', { file: basename(files.live), why: cause });
  }
}

/** Returns WORKSPACE (`lost`) in place of an opening error if the workspace file was lost; otherwise the error itself. */
export async function withRecoveryHint(error: unknown, folder: string): Promise<unknown> {
  if (!isFault(error) || !['missing', 'lost'].includes(String(reasonOf(error)))) return error;
  if (error.code !== 'WORKSPACE') return error;
  return (await lostFault(workspaceFiles(folder))) ?? error;
}

export const missingWorkspaceError = (folder: string): Promise<unknown> =>
  withRecoveryHint(workspaceFault('missing', { why: verbatim(folder) }), folder);

/**
 * The log of a workspace, created with its first entry, so that refused commands leave no files in other folders. Logging errors are ignored, because
 * they must not fail a command.
 */
export function workspaceLog(folder: string): Log {
  const { live, logs } = workspaceFiles(folder);
  let cachedLog: Log | undefined;
  const openLog = (): Log => {
    if (cachedLog) return cachedLog;
    if (!existsSync(live)) return silentLog;
    cachedLog = createLog({ file: join(logs, 'frames.log') });
    return cachedLog;
  };
  return {
    debug: (fields, message) => openLog().debug(fields, message),
    info: (fields, message) => openLog().info(fields, message),
    warn: (fields, message) => openLog().warn(fields, message),
    error: (fields, message) => openLog().error(fields, message),
    lostCount: () => cachedLog?.lostCount?.() ?? 0,
  };
}
