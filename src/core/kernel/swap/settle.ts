import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { removeStaleLocks, sweepIdle } from '../folder-lock.ts';
import { isElsewhere } from '../backups-folder.ts';
import { workspaceFiles } from '../db/files.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { boardOf } from '../db/holders.ts';
import { lockExclusive, lockShared } from '../db/lock.ts';
import type { WorkspaceLock } from '../db/lock.ts';
import type { Log } from '../logger.ts';
import { retryWhileBusy } from '../retry-while-busy.ts';
import { realDisk } from './disk.ts';
import type { Disk } from './disk.ts';
import { intentFile, readIntent } from './intent.ts';
import { finishSwap, isSwapped, placesOf, rollBack } from './swap.ts';

/** Finishes an interrupted restore if live was replaced, else rolls it back. Throws BUSY during a running restore. */
export async function settleRestore({ folder }: WorkspaceFiles, log: Log): Promise<void> {
  if (readIntent({ folder }) === null) return;
  const files = workspaceFiles(folder);
  const lock = await retryWhileBusy(() => lockExclusive(files.lock));
  try {
    await settleWhileLocked(files, log);
  } finally {
    lock.release();
  }
}

/** Like `settleRestore`, for a caller that holds the exclusive lock. */
export async function settleWhileLocked(files: WorkspaceFiles, log: Log): Promise<void> {
  const intent = readIntent(files);
  if (intent === null) return;
  const places = placesOf(files, intent);
  const isReplaced = isSwapped(files, places);
  await (isReplaced ? finishSwap : rollBack)(files, intent, realDisk);
  await removeWorkFolder(files, places.building, realDisk, log);
  log.warn({ backup: intent.backup, swapped: isReplaced }, 'a restore that was broken off has been settled');
}

/** Removes a restore's working folder, unless an intent still refers to it. What cannot be removed is swept later. */
export async function removeWorkFolder(
  files: WorkspaceFiles,
  building: string,
  disk: Disk,
  log: Log,
): Promise<void> {
  if (existsSync(intentFile(files))) return;
  try {
    // The removal of the intent must be durable first. After a power loss it could reappear and name a partly removed folder.
    await disk.sync(files.folder);
    await rm(building, { recursive: true, force: true });
  } catch (error) {
    log.warn({ error: String(error) }, 'what a restore left behind could not be removed');
  }
}

/** Takes the shared lock once nothing is unsettled; checks again after each wait. Throws like `settleRestore`. */
export async function lockSettled(files: WorkspaceFiles, log: Log): Promise<WorkspaceLock> {
  for (;;) {
    const lock = await retryWhileBusy(() => lockShared(files.lock, () => boardOf(files.holders)[0] ?? null));
    if (files.target.kind !== 'live') return lock;
    if (readIntent(files) === null) {
      // No restore runs while the lock is shared, so leftovers are from a process that died before it replaced live.
      await removeStaleLocks(files.folder, log);
      // Opening must not wait for another drive; the next backup there sweeps it.
      if (!isElsewhere(files.backups)) await sweepIdle(files.backups, log);
      await sweepIdle(files.golden, log);
      return lock;
    }
    lock.release();
    await settleRestore(files, log);
  }
}
