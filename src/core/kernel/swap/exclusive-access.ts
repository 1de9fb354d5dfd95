import { removeWorkFolders, createWorkFolder } from '../folder-lock.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { registerHolder } from '../db/holders.ts';
import type { Holder } from '../db/holders.ts';
import { lockExclusive } from '../db/lock.ts';
import { sidecarRemover } from '../db/sidecar-cleanup.ts';
import { logForbidden } from '../logger.ts';
import type { Log } from '../logger.ts';
import { isoTime } from '../system.ts';
import type { Clock, Ids } from '../system.ts';
import type { Disk } from './disk.ts';
import { removeWorkFolder, settleWhileLocked } from './settle.ts';

interface AccessOptions {
  files: WorkspaceFiles;
  clock: Clock;
  ids: Ids;
  log: Log;
  actor?: string | null | undefined;
  holder: Holder;
}

/** Runs `work` while no process has the workspace open, after settling an interrupted restore and sweeping leftovers. Throws BUSY with the holder. */
export async function withExclusiveAccess<T>(
  { files, ids, clock, log, actor, holder }: AccessOptions,
  work: () => Promise<T>,
): Promise<T> {
  const holders = registerHolder(files.holders, holder, ids.uuid().slice(-6), isoTime(clock.now()));
  try {
    const lock = lockExclusive(files.lock, () => holders.describeOthers()[0] ?? null);
    try {
      await settleWhileLocked(files, log);
      await removeWorkFolders(files.folder, log);
      return await work();
    } catch (error) {
      logForbidden(error, log, { actor, command: holder.label });
      throw error;
    } finally {
      lock.release();
    }
  } finally {
    holders.unregister();
  }
}

/** Runs `work` with a temporary folder for the file that will replace live. The caller holds the exclusive lock. */
export async function withStagingFolder<T>(
  { files, log, disk }: Pick<AccessOptions, 'files' | 'log'> & { disk: Disk },
  work: (stagingFolder: string) => Promise<T>,
): Promise<T> {
  const stagingFolder = await createWorkFolder(files.folder, 'restore');
  try {
    return await work(stagingFolder);
  } finally {
    await removeWorkFolder(files, stagingFolder, disk, log);
  }
}

/** Runs `work`, which reads the closed live file, then removes the SQLite sidecars that reading created. */
export async function withSidecarCleanup<T>({ live }: WorkspaceFiles, work: () => Promise<T>): Promise<T> {
  const removeSidecars = sidecarRemover(live);
  try {
    return await work();
  } finally {
    removeSidecars();
  }
}
