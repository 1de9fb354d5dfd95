import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { sweep, sweepIdle } from '../folder-lock.ts';
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
import { finish, isSwapped, placesOf, takeBack } from './swap.ts';

/**
 * Settles a restore that was broken off while it replaced the live file: where that has been replaced it is finished, else taken back.
 * Nearly always there is nothing to do. Throws BUSY while somebody restores, and what the system throws.
 */
export async function settleRestore({ folder }: WorkspaceFiles, log: Log): Promise<void> {
  if (readIntent({ folder }) === null) return;
  const files = workspaceFiles(folder);
  const lock = await retryWhileBusy(() => lockExclusive(files.lock));
  try {
    await settleHeld(files, log);
  } finally {
    lock.release();
  }
}

/** As `settleRestore` for who holds live alone. */
export async function settleHeld(files: WorkspaceFiles, log: Log): Promise<void> {
  const intent = readIntent(files);
  if (intent === null) return;
  const places = placesOf(files, intent);
  const swapped = isSwapped(files, places);
  await (swapped ? finish : takeBack)(files, intent, realDisk);
  await clear(files, places.building, realDisk, log);
  log.warn({ backup: intent.backup, swapped }, 'a restore that was broken off has been settled');
}

/** Takes away what a restore made for itself, unless it is still needed to settle it. What cannot be taken away is swept by the next one. */
export async function clear(files: WorkspaceFiles, building: string, disk: Disk, log: Log): Promise<void> {
  if (existsSync(intentFile(files))) return;
  try {
    // As long as the intent might come back after a loss of power, what it names must not be there in part.
    await disk.sync(files.folder);
    await rm(building, { recursive: true, force: true });
  } catch (error) {
    log.warn({ error: String(error) }, 'what a restore left behind could not be removed');
  }
}

/**
 * Takes the shared lock of what is to be opened, when nothing is left to settle: who replaced the file may have died while one waited for
 * the lock. Throws as `settleRestore`.
 */
export async function lockSettled(files: WorkspaceFiles, log: Log): Promise<WorkspaceLock> {
  for (;;) {
    const lock = await retryWhileBusy(() => lockShared(files.lock, () => boardOf(files.holders)[0] ?? null));
    if (files.target.kind !== 'live') return lock;
    if (readIntent(files) === null) {
      // Nobody restores while others have it open: what is there is left of one that died before it replaced anything.
      await sweep(files.folder, log);
      // Opening does not wait for another drive; the next backup there sweeps it.
      if (!isElsewhere(files.backups)) await sweepIdle(files.backups, log);
      await sweepIdle(files.golden, log);
      return lock;
    }
    lock.release();
    await settleRestore(files, log);
  }
}
