import { troubleFault } from '../kernel/db/file-errors.ts';
import { isFault, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { localMigrations } from '#migrations/local/index.ts';
import { migrateLockedFile } from '../log/migrate-file.ts';
import { createBackup } from '../versions/create.ts';
import { noSandboxFault, workspaceFiles } from '../kernel/db/files.ts';
import { registerHolder } from '../kernel/db/holders.ts';
import type { Holder } from '../kernel/db/holders.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { refuseNewerSchema, schemaVersion } from '../kernel/db/migrate.ts';
import { sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { Log } from '../kernel/logger.ts';
import { settleWhileLocked, settleRestore } from '../kernel/swap/settle.ts';
import type { CurrentTarget } from '#shared/domain/target.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock, Ids } from '../kernel/system.ts';

export interface SchemaStatus {
  version: number;
  /** The schema of this program; opening a workspace migrates it. */
  newest: number;
  steps: { version: number; name: string; applied: boolean }[];
}

/** The schema of a workspace or a sandbox of it. Throws WORKSPACE; NOT_FOUND for a sandbox. */
export function schemaStatus(folder: string, target?: CurrentTarget): SchemaStatus {
  const file = inspectFile(workspaceFiles(folder, target).data);
  if (file.kind === 'missing' && target?.kind === 'sandbox') throw noSandboxFault(target.id);
  if (file.kind === 'missing') throw workspaceFault('missing', {});
  if (file.kind === 'bad') throw troubleFault(file, workspaceFiles(folder, target).data);
  const { version } = file;
  const steps = localMigrations.map((step) => ({
    version: step.version,
    name: step.name,
    applied: step.version <= version,
  }));
  return { version, newest: schemaVersion, steps };
}

export interface SchemaChange {
  from: number;
  to: number;
  /** Id of the backup made first; null for a sandbox, or if there was nothing to do. */
  backup: string | null;
}

export interface MigrateOptions {
  workspace: string;
  /** Live by default. */
  currentTarget?: CurrentTarget | undefined;
  target: number;
  clock: Clock;
  ids: Ids;
  log: Log;
  holder: Holder;
}

/**
 * Migrates live or a sandbox to `target`, forward or back; backs live up first. Throws WORKSPACE (reason `newer` or `no_such_version`), and
 * BUSY while anybody has it open.
 */
export async function migrateWorkspace(options: MigrateOptions): Promise<SchemaChange> {
  const { workspace, currentTarget, target, clock, ids, log } = options;
  const files = workspaceFiles(workspace, currentTarget);
  await settleRestore(files, log);
  refuseNewerSchema(schemaStatus(workspace, currentTarget).version);
  if (target < 1 || target > schemaVersion) {
    const why = clause('schemaRange', { version: target, newest: schemaVersion });
    throw workspaceFault('no_such_version', { why });
  }
  const presence = registerHolder(files.holders, options.holder, ids.uuid().slice(-6), isoTime(clock.now()));
  try {
    using _lock = lockExclusive(files.lock, () => presence.describeOthers()[0] ?? null);
    const isLive = files.target.kind === 'live';
    if (isLive) await settleWhileLocked(files, log);
    let backup: string | null = null;
    const from = await migrateLockedFile(files, target, log, async () => {
      if (isLive) backup = (await createBackup({ files, reason: 'migrate', clock, log })).id;
    });
    if (from === target) return { from, to: target, backup };
    log.info({ from, to: target, backup }, 'schema changed');
    return { from, to: target, backup };
  } finally {
    presence.unregister();
  }
}

/**
 * Gives all sandboxes with a newer schema that of an older program, which otherwise could not open them. Damaged ones stay as they are. Throws
 * BUSY while anybody has one open.
 */
export async function migrateSandboxesBack(options: Omit<MigrateOptions, 'currentTarget'>): Promise<void> {
  const { workspace, target, log } = options;
  for (const id of sandboxIds(workspaceFiles(workspace), 'sandboxes').ids) {
    const currentTarget = { kind: 'sandbox', id } as const;
    try {
      if (schemaStatus(workspace, currentTarget).version > target)
        await migrateWorkspace({ ...options, currentTarget });
    } catch (error) {
      if (!isFault(error) || error.code !== 'WORKSPACE') throw error;
      log.warn({ sandbox: id, error: String(error) }, 'a sandbox keeps its schema');
    }
  }
}
