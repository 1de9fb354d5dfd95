import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { removeWorkFolders, sweepIfUnlocked } from '../folder-lock.ts';
import { isChosenFolder } from '../backups-folder.ts';
import { workspaceFiles } from '../db/files.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { describeHolders } from '../db/holders.ts';
import { lockExclusive, lockShared } from '../db/lock.ts';
import type { WorkspaceLock } from '../db/lock.ts';
import type { Log } from '../logger.ts';
import { retryWhileBusy } from '../retry-while-busy.ts';
import { realDisk } from './disk.ts';
import type { Disk } from './disk.ts';
import { intentFile, readIntent } from './intent.ts';
import { finishSwap, isSwapped, swapPathsOf, rollBackSwap } from './swap.ts';

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
  const paths = swapPathsOf(files, intent);
  const isReplaced = isSwapped(files, paths);
  await (isReplaced ? finishSwap : rollBackSwap)(files, intent, realDisk);
  await removeWorkFolder(files, paths.building, realDisk, log);
  log.warn({ backup: intent.backup, swapped: isReplaced }, 'an interrupted restore has been settled');
}

/** Removes a restore's working folder, unless an intent still refers to it. Leftovers are swept later. */
export async function removeWorkFolder(
  files: WorkspaceFiles,
  workFolder: string,
  disk: Disk,
  log: Log,
): Promise<void> {
  if (existsSync(intentFile(files))) return;
  try {
    // The removal of the intent must be durable first. After a power loss it could reappear and name a partly removed folder.
    await disk.fsync(files.folder);
    await rm(workFolder, { recursive: true, force: true });
  } catch (error) {
    log.warn({ error: String(error) }, 'leftovers of a restore could not be removed');
  }
}

/** Takes the shared lock. For live, first settles an interrupted restore, then sweeps leftovers. Throws like `settleRestore`. */
export async function settleAndLock(files: WorkspaceFiles, log: Log): Promise<WorkspaceLock> {
  for (;;) {
    const lock = await retryWhileBusy(() =>
      lockShared(files.lock, () => describeHolders(files.holders)[0] ?? null),
    );
    if (files.target.kind !== 'live') return lock;
    if (readIntent(files) === null) {
      // No restore runs while the lock is shared, so leftovers are from a process that died before it replaced live.
      await removeWorkFolders(files.folder, log);
      // Opening must not wait for another drive; the next backup there sweeps it.
      if (!isChosenFolder(files.backups)) await sweepIfUnlocked(files.backups, log);
      await sweepIfUnlocked(files.golden, log);
      return lock;
    }
    lock.release();
    await settleRestore(files, log);
  }
}
