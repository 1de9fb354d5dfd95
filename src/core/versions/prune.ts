import { rm } from 'node:fs/promises';
import { retentionPolicy } from '#shared/contract/backups.ts';
import type { Pruned } from '#shared/contract/backups.ts';
import { isFault } from '#shared/contract/faults.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { retainedBackups, usualRetention } from '#shared/domain/retention.ts';
import type { Retained, RetentionPolicy } from '#shared/domain/retention.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { permitBackups } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { noteAct, upkeepId, writeUpkeep } from '../model/workspace-settings.ts';
import { stepOf } from './create.ts';
import { asDeclaredFault, onlyOnLive } from './declared.ts';
import {
  backupFile,
  backupIds,
  companionsAmong,
  namesIn,
  readBackup,
  readVerified,
  storedBytes,
  verifiedFile,
} from './list.ts';
import { removeStaleLocks, withVersions } from '../kernel/folder-lock.ts';

/** The rule of which backups to keep: the last one set, or the default. Ignores invalid ones. */
export function readRetention(db: ReadHandle): RetentionPolicy {
  const record = locateIn(db, 'workspace', upkeepId('retention'));
  const policy = retentionPolicy.safeParse(record && !record.deleted ? record.payload : null);
  return policy.success ? policy.data : usualRetention;
}

/** Sets which backups to keep. Returns the rule and whether it changed. Throws FORBIDDEN. */
export function setRetention(
  write: WriteContext,
  changes: { [K in keyof RetentionPolicy]?: number | undefined },
): { retention: RetentionPolicy; changed: boolean } {
  permitBackups(write.actor);
  const was = readRetention(write.db);
  const retention = {
    last: changes.last ?? was.last,
    daily: changes.daily ?? was.daily,
    weekly: changes.weekly ?? was.weekly,
    monthly: changes.monthly ?? was.monthly,
  };
  const changed = !jsonEqual({ ...was }, retention);
  if (!changed) return { retention, changed };
  writeUpkeep(write, 'retention', { ...retention });
  write.audit.label('backups.retention', { ...retention });
  return { retention, changed };
}

interface Readable extends Retained {
  reason: string;
}

export interface PrunePlan {
  removed: readonly Readable[];
  kept: Pruned['kept'];
  /** Bytes of the removed files. */
  bytes: number;
}

export interface Pruning {
  backups: string;
  policy: RetentionPolicy;
  /** Milliseconds. */
  now: number;
  /** If given, only these may be removed. */
  only?: ReadonlySet<string> | undefined;
  log: Log;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  sync?: ((folder: string) => Promise<void>) | undefined;
}

/** What to remove and to keep; unreadable and damaged backups are kept. The caller holds the lock of the backups. */
async function planPrune({ backups, policy, now, only, ...telling }: Pruning): Promise<PrunePlan> {
  const step = stepOf(telling, 'reading');
  const ids = await backupIds(backups);
  const usable: Readable[] = [];
  const unusable = new Map<string, string>();
  for (const [done, id] of ids.entries()) {
    step(done, ids.length);
    try {
      const { made, reason, workspace } = await readBackup(backups, id);
      usable.push({ id, made, reason, workspace, verified: (await readVerified(backups, id))?.ok ?? null });
    } catch (error) {
      if (!isFault(error) || error.code !== 'BACKUP') throw error;
      unusable.set(id, (error.data as { reason: string }).reason === 'newer' ? 'newer' : 'unreadable');
    }
  }
  const whys = retainedBackups(usable, policy, now);
  const removed = usable.filter(({ id }) => whys.get(id)?.length === 0 && (only?.has(id) ?? true));
  const going = new Set(removed.map(({ id }) => id));
  const kept = ids.flatMap((id) => {
    if (going.has(id)) return [];
    const made = usable.find((one) => one.id === id)?.made ?? null;
    const why = whys.get(id) ?? [];
    return {
      id,
      made,
      why: unusable.has(id) ? [unusable.get(id) ?? ''] : why.length > 0 ? [...why] : ['other'],
    };
  });
  const names = await namesIn(backups);
  let bytes = 0;
  for (const { id } of removed) bytes += await storedBytes(backups, id, companionsAmong(names, id));
  return { removed, kept, bytes };
}

/** What pruning would do now. Throws BUSY, CANCELLED, and errors of reading the backups. */
async function previewPrune(pruning: Pruning): Promise<PrunePlan> {
  const { backups, signal } = pruning;
  try {
    return await withVersions(backups, 'together', { signal }, () => planPrune(pruning));
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/**
 * Removes the backups that the rule does not keep, each with its main file first, so that an interruption leaves none incomplete. Holds the
 * lock of the backups. Can be cancelled until the first removal. Throws BUSY, CANCELLED, and errors of reading or removing.
 */
export async function pruneBackups(pruning: Pruning): Promise<PrunePlan> {
  const { backups, log, signal, onProgress, sync = syncFolder } = pruning;
  try {
    return await withVersions(backups, 'alone', { signal }, async () => {
      await removeStaleLocks(backups, log);
      const plan = await planPrune(pruning);
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

/** Removes companions whose backup is gone, as after a crash. */
async function removeOrphans(backups: string): Promise<void> {
  const names = await namesIn(backups);
  const ids = new Set(names.flatMap((name) => /^(\d{8}T\d{9}Z(?:-\d{1,6})?)\./.exec(name)?.[1] ?? []));
  for (const id of ids) {
    if (names.includes(`${id}.frames`)) continue;
    for (const name of companionsAmong(names, id)) await rm(backupFile(backups, id, name), { force: true });
    await rm(verifiedFile(backups, id), { force: true });
  }
}

interface PruneFilter {
  dry: boolean;
  only?: readonly string[] | undefined;
  /** Automatic, which the audit records. */
  automatic?: boolean | undefined;
}

/**
 * Removes backups by the workspace's rule, after auditing exactly that removal; without an audit nothing is removed. The lock of the
 * backups is not held while writing, because an import waits for it while writing. Throws FORBIDDEN, BUSY, CANCELLED, WORKSPACE.
 */
export async function prune(
  call: CallContext,
  { dry, only, automatic = false }: PruneFilter,
  report: OnProgress,
  signal: AbortSignal,
): Promise<Pruned> {
  const { read, files, source, log, queue } = call.services;
  onlyOnLive(files, 'backup');
  permitBackups(actorOf(actingProfile(read, call.session)));
  const [policy, now] = [readRetention(read), source.clock.now()];
  const pruning = { backups: files.backups, policy, now, log, onProgress: report, signal };
  const plan = await previewPrune({ ...pruning, only: only && new Set(only) });
  if (dry || plan.removed.length === 0) return result(plan, null);
  const removed = plan.removed.map(({ id }) => id);
  const op_id = await queue.command(call.session, (write) => {
    permitBackups(write.actor);
    noteAct(write, 'backups.prune', { backups: removed });
    write.audit.label('backups.prune', { count: removed.length, ...(automatic ? { automatic } : {}) });
    return write.audit.op_id;
  });
  return result(await pruneBackups({ ...pruning, only: new Set(removed) }), op_id);

  function result({ removed, kept, bytes }: PrunePlan, op_id: string | null): Pruned {
    const removedBackups = removed.map(({ id, made, reason }) => ({ id, made, reason }));
    return { dry, op_id, retention: policy, removed: removedBackups, kept, bytes };
  }
}
