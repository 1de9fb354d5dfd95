import { sweep, workFolder } from '../folder-lock.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { joinBoard } from '../db/holders.ts';
import type { Holder } from '../db/holders.ts';
import { lockExclusive } from '../db/lock.ts';
import { sidecarRemover } from '../db/sidecar-cleanup.ts';
import { noteRefusal } from '../logger.ts';
import type { Log } from '../logger.ts';
import { isoTime } from '../system.ts';
import type { Clock, Ids } from '../system.ts';
import type { Disk } from './disk.ts';
import { clear, settleHeld } from './settle.ts';

interface Holding {
  files: WorkspaceFiles;
  clock: Clock;
  ids: Ids;
  log: Log;
  actor?: string | null | undefined;
  holder: Holder;
}

/**
 * Lets `work` have a workspace that nobody has open, the caller neither, once what was broken off is settled and swept. Throws BUSY naming
 * who has it open.
 */
export async function withExclusiveAccess<T>(
  { files, ids, clock, log, actor, holder }: Holding,
  work: () => Promise<T>,
): Promise<T> {
  const board = joinBoard(files.holders, holder, ids.uuid().slice(-6), isoTime(clock.now()));
  try {
    const lock = lockExclusive(files.lock, () => board.others()[0] ?? null);
    try {
      await settleHeld(files, log);
      await sweep(files.folder, log);
      return await work();
    } catch (error) {
      noteRefusal(error, log, { actor, command: holder.label });
      throw error;
    } finally {
      lock.release();
    }
  } finally {
    board.leave();
  }
}

/** Lets `work` make ready what takes the place of live, in a folder beside it that goes again. The caller holds the workspace alone. */
export async function withStagingFolder<T>(
  { files, log, disk }: Pick<Holding, 'files' | 'log'> & { disk: Disk },
  work: (building: string) => Promise<T>,
): Promise<T> {
  const building = await workFolder(files.folder, 'restore');
  try {
    return await work(building);
  } finally {
    await clear(files, building, disk, log);
  }
}

/** Lets `work` look at the closed live file, and takes away what reading it leaves beside it. */
export async function tidied<T>({ live }: WorkspaceFiles, work: () => Promise<T>): Promise<T> {
  const tidy = sidecarRemover(live);
  try {
    return await work();
  } finally {
    tidy();
  }
}
