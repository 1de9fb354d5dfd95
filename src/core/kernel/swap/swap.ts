import { existsSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Disk } from './disk.ts';
import { intentFile } from './intent.ts';
import type { Intent } from './intent.ts';

type Move = readonly [from: string, to: string];

export interface SwapPaths {
  building: string;
  newFile: string;
  newHead: string;
  /** Receives the replaced files. */
  oldFolder: string;
  oldFileMoves: readonly Move[];
  oldHead: string;
}

export function swapPathsOf(
  files: WorkspaceFiles,
  { building: name, displaced }: Omit<Intent, 'format'>,
): SwapPaths {
  const building = join(files.folder, name);
  const oldFolder = displaced === null ? join(building, 'old') : join(files.folder, 'backups', displaced);
  // An intact live file has no sidecars left.
  const suffixes = displaced === null ? [''] : ['', '-wal', '-shm', '-journal'];
  return {
    building,
    newFile: join(building, 'image'),
    newHead: join(building, 'head.json'),
    oldFolder,
    oldFileMoves: suffixes.map(
      (suffix) => [`${files.live}${suffix}`, join(oldFolder, `${basename(files.live)}${suffix}`)] as const,
    ),
    oldHead: join(oldFolder, basename(files.head)),
  };
}

/**
 * Replaces live with the prepared file. Removing the intent commits. An earlier error is rolled back here; after a crash the next process that opens
 * the workspace settles it. The caller holds the exclusive lock. Throws the system's errors after rolling back, and WORKSPACE if the rollback failed.
 */
export async function swapFiles(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const paths = swapPathsOf(files, intent);
  try {
    await disk.write(intentFile(files), `${JSON.stringify(intent)}\n`);
    await disk.fsync(files.folder);
    await mkdir(paths.oldFolder, { recursive: true });
    for (const [index, move] of paths.oldFileMoves.entries()) await moveToOldFolder(move, index === 0, disk);
    await disk.rename(paths.newFile, files.live);
    await replaceHead(files, paths, disk);
    await commit(files, intent, disk);
  } catch (error) {
    await rollBackSwap(files, intent, disk).catch(() => {
      throw workspaceFault('unsettled', {});
    });
    throw error;
  }
}

/** Live keeps its name through a hard link until it is replaced, so that it is never missing. */
async function moveToOldFolder([from, to]: Move, keepsName: boolean, disk: Disk): Promise<void> {
  if (!existsSync(from)) return;
  if (keepsName) {
    try {
      return await disk.link(from, to);
    } catch {
      // The disk does not support hard links.
    }
  }
  await disk.rename(from, to);
}

async function replaceHead(
  files: WorkspaceFiles,
  { newHead, oldHead }: SwapPaths,
  disk: Disk,
): Promise<void> {
  if (!existsSync(newHead)) return;
  if (existsSync(files.head) && !existsSync(oldHead)) await disk.rename(files.head, oldHead);
  await disk.rename(newHead, files.head);
}

/** Removing the intent commits the swap. Everything before is made durable first, because nothing is rolled back afterwards. */
async function commit(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const { oldFolder, building } = swapPathsOf(files, intent);
  for (const folder of [oldFolder, dirname(oldFolder), building, files.folder])
    if (existsSync(folder)) await disk.fsync(folder);
  await disk.remove(intentFile(files));
}

export const isSwapped = (files: WorkspaceFiles, { newFile }: SwapPaths): boolean =>
  !existsSync(newFile) && existsSync(files.live);

export async function finishSwap(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  await replaceHead(files, swapPathsOf(files, intent), disk);
  await commit(files, intent, disk);
}

/** Reverts the renames in reverse order, from any point. If interrupted, `isSwapped` stays true until live's new file has its former name again. */
export async function rollBackSwap(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const paths = swapPathsOf(files, intent);
  const { newFile, newHead, oldFolder, oldHead, oldFileMoves } = paths;
  const isReplaced = isSwapped(files, paths);
  if (existsSync(oldHead) || isReplaced) {
    if (!existsSync(newHead) && existsSync(files.head)) await disk.rename(files.head, newHead);
    await moveBack(oldHead, files.head, disk);
  }
  if (isReplaced) await disk.rename(files.live, newFile);
  for (const [from, to] of oldFileMoves.toReversed()) await moveBack(to, from, disk);
  await commit(files, intent, disk);
  // Fails unless the folder is empty, so no file is lost.
  if (intent.displaced !== null) await rmdir(oldFolder).catch(() => undefined);
}

/** Renaming between two hard links of one file does nothing, so the old name is removed explicitly. */
async function moveBack(from: string, to: string, disk: Disk): Promise<void> {
  if (!existsSync(from)) return;
  await disk.rename(from, to);
  await rm(from, { force: true });
}
