import { rm } from 'node:fs/promises';
import { retentionPolicy } from '#shared/contract/backups.ts';
import type { PruneResult } from '#shared/contract/backups.ts';
import { isFault } from '#shared/contract/faults.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { retainedBackups, defaultRetention } from '#shared/domain/retention.ts';
import type { UsableBackup, RetentionPolicy } from '#shared/domain/retention.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { assertCanManageBackups } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { fsyncFolder } from '../kernel/fsync.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { recordAct, settingId, writeSetting } from '../model/workspace-settings.ts';
import { stepReporter } from './create.ts';
import { asDeclaredFault, assertLive } from './declared-fault.ts';
import {
  backupFile,
  backupIds,
  companionNamesOf,
  backupFileNames,
  readBackup,
  readCheckResult,
  storedBytes,
  checkResultFile,
} from './list.ts';
import { removeWorkFolders, withVersionsLock } from '../kernel/folder-lock.ts';

/** The rule of which backups to keep: the last one set, or the default. An invalid rule counts as the default. */
export function readRetention(db: ReadHandle): RetentionPolicy {
  const record = locateIn(db, 'workspace', settingId('retention'));
  const policy = retentionPolicy.safeParse(record && !record.deleted ? record.payload : null);
  return policy.success ? policy.data : defaultRetention;
}

/** Sets which backups to keep. Returns the rule and whether it changed. Throws FORBIDDEN. */
export function setRetention(
  write: WriteContext,
  changes: { [K in keyof RetentionPolicy]?: number | undefined },
): { retention: RetentionPolicy; changed: boolean } {
  assertCanManageBackups(write.actor);
  const previous = readRetention(write.db);
  const retention = {
    last: changes.last ?? previous.last,
    daily: changes.daily ?? previous.daily,
    weekly: changes.weekly ?? previous.weekly,
    monthly: changes.monthly ?? previous.monthly,
  };
  const changed = !jsonEqual({ ...previous }, retention);
  if (!changed) return { retention, changed };
  writeSetting(write, 'retention', { ...retention });
  write.audit.label('backups.retention', { ...retention });
  return { retention, changed };
}

interface PrunableBackup extends UsableBackup {
  reason: string;
}

export interface PrunePlan {
  removed: readonly PrunableBackup[];
  kept: PruneResult['kept'];
  /** Bytes of the removed files. */
  bytes: number;
}

export interface PruneOptions {
  backups: string;
  policy: RetentionPolicy;
  /** Milliseconds. */
  now: number;
  /** If given, only these backups can be removed. */
  only?: ReadonlySet<string> | undefined;
  log: Log;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/** Computes which backups to remove and to keep; unreadable and damaged ones are kept. The caller holds the lock of the backups. */
async function planPrune({ backups, policy, now, only, ...stepOptions }: PruneOptions): Promise<PrunePlan> {
  const step = stepReporter(stepOptions, 'reading');
  const ids = await backupIds(backups);
  const usable: PrunableBackup[] = [];
  const unusableReasonById = new Map<string, string>();
  for (const [done, id] of ids.entries()) {
    step(done, ids.length);
    try {
      const { made, reason, workspace, damaged_documents = 0 } = await readBackup(backups, id);
      usable.push({
        id,
        made,
        reason,
        workspace,
        verified: (await readCheckResult(backups, id))?.ok ?? null,
        lacksDocuments: damaged_documents > 0,
      });
    } catch (error) {
      if (!isFault(error) || error.code !== 'BACKUP') throw error;
      unusableReasonById.set(
        id,
        (error.data as { reason: string }).reason === 'newer' ? 'newer' : 'unreadable',
      );
    }
  }
  const reasonsById = retainedBackups(usable, policy, now);
  const removed = usable.filter(({ id }) => reasonsById.get(id)?.length === 0 && (only?.has(id) ?? true));
  const removedIds = new Set(removed.map(({ id }) => id));
  const kept = ids.flatMap((id) => {
    if (removedIds.has(id)) return [];
    const made = usable.find((backup) => backup.id === id)?.made ?? null;
    const unusableReason = unusableReasonById.get(id);
    const reasons = unusableReason === undefined ? (reasonsById.get(id) ?? []) : [unusableReason];
    return { id, made, why: reasons.length > 0 ? [...reasons] : ['other'] };
  });
  const names = await backupFileNames(backups);
  let bytes = 0;
  for (const { id } of removed) bytes += await storedBytes(backups, id, companionNamesOf(names, id));
  return { removed, kept, bytes };
}

/** Previews pruning. Throws BUSY, CANCELLED, and errors of reading the backups. */
async function previewPrune(options: PruneOptions): Promise<PrunePlan> {
  const { backups, signal } = options;
  try {
    return await withVersionsLock(backups, 'shared', { signal }, () => planPrune(options));
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/**
 * Removes the backups that the rule does not keep, each with its main file first, so that an interruption leaves none incomplete. Holds the
 * lock of the backups. Can be cancelled until the first removal. Throws BUSY, CANCELLED, and errors of reading or removing.
 */
export async function pruneBackups(options: PruneOptions): Promise<PrunePlan> {
  const { backups, log, signal, onProgress, sync = fsyncFolder } = options;
  try {
    return await withVersionsLock(backups, 'exclusive', { signal }, async () => {
      await removeWorkFolders(backups, log);
      const plan = await planPrune(options);
      checkCancelled(signal);
      onProgress?.({ kind: 'progress', step: 'pruning', done: 0, total: plan.removed.length });
      for (const { id } of plan.removed) await rm(backupFile(backups, id), { force: true });
      if (plan.removed.length > 0) await sync(backups);
      await removeOrphans(backups);
      return plan;
    });
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/** Removes companions without a backup, as after a crash. */
async function removeOrphans(backups: string): Promise<void> {
  const names = await backupFileNames(backups);
  const ids = new Set(names.flatMap((name) => /^(\d{8}T\d{9}Z(?:-\d{1,6})?)\./.exec(name)?.[1] ?? []));
  for (const id of ids) {
    if (names.includes(`${id}.frames`)) continue;
    for (const name of companionNamesOf(names, id)) await rm(backupFile(backups, id, name), { force: true });
    await rm(checkResultFile(backups, id), { force: true });
  }
}

interface PruneFilter {
  dry: boolean;
  only?: readonly string[] | undefined;
  /** The removal is automatic; the audit records that. */
  automatic?: boolean | undefined;
}

/**
 * Removes backups by the workspace's rule, after auditing exactly that removal; without an audit nothing is removed. The lock of the
 * backups is not held while writing, because an import waits for it while writing. Throws FORBIDDEN, BUSY, CANCELLED, WORKSPACE.
 */
export async function prune(
  call: CallContext,
  { dry, only, automatic = false }: PruneFilter,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<PruneResult> {
  const { read, files, source, log, queue } = call.services;
  assertLive(files, 'backup');
  assertCanManageBackups(actorOf(actingProfile(read, call.session)));
  const [policy, now] = [readRetention(read), source.clock.now()];
  const options = { backups: files.backups, policy, now, log, onProgress, signal };
  const plan = await previewPrune({ ...options, only: only && new Set(only) });
  if (dry || plan.removed.length === 0) return toResult(plan, null);
  const removed = plan.removed.map(({ id }) => id);
  const op_id = await queue.command(call.session, (write) => {
    assertCanManageBackups(write.actor);
    recordAct(write, 'backups.prune', { backups: removed });
    write.audit.label('backups.prune', { count: removed.length, ...(automatic ? { automatic } : {}) });
    return write.audit.op_id;
  });
  return toResult(await pruneBackups({ ...options, only: new Set(removed) }), op_id);

  function toResult({ removed, kept, bytes }: PrunePlan, op_id: string | null): PruneResult {
    const removedBackups = removed.map(({ id, made, reason }) => ({ id, made, reason }));
    return { dry, op_id, retention: policy, removed: removedBackups, kept, bytes };
  }
}
