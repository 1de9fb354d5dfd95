import { clause } from '#shared/texts/sentence.ts';
import { lstatSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { checkFile, foreignFileFault } from '../kernel/db/check-sandbox-files.ts';
import type { SandboxPaths } from '../kernel/db/check-sandbox-files.ts';

type Move = readonly [outside: string, inside: string];

/** SQLite's logs next to the data file, without which the data must not be written. */
const logMoves = (outsidePaths: SandboxPaths, trashPaths: SandboxPaths): Move[] =>
  ['-wal', '-journal'].map((end) => [`${outsidePaths.data}${end}`, `${trashPaths.data}${end}`] as const);

/** The files that move with a sandbox, with their paths outside and inside the trash, data first. */
function fileMoves(outsidePaths: SandboxPaths, trashPaths: SandboxPaths): Move[] {
  return [
    [outsidePaths.data, trashPaths.data],
    ...logMoves(outsidePaths, trashPaths),
    [outsidePaths.head, trashPaths.head],
  ];
}

/** Whether anything has that name, even a broken link. */
export function pathExists(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Bytes of a sandbox's write-ahead log. */
export function walBytes({ data }: Pick<SandboxPaths, 'data'>): number {
  return lstatSync(`${data}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** Throws WORKSPACE, reason foreign, if the path exists: a file is never replaced. */
export function assertAbsent(file: string): void {
  if (pathExists(file)) throw foreignFileFault(file, clause('twice'));
}

/** Throws WORKSPACE, reason foreign, if the trash already has another sandbox's file at one of these paths. */
export function assertTrashFree(outsidePaths: SandboxPaths, trashPaths: SandboxPaths): void {
  assertAbsent(trashPaths.data);
  const occupied = logMoves(outsidePaths, trashPaths).find(([, inside]) => sizeOf(inside) > 0);
  if (occupied) throw foreignFileFault(occupied[1], clause('twice'));
}

/** Moves a sandbox to the trash. It counts as discarded once its data file has moved, first. */
export function moveToTrash(outsidePaths: SandboxPaths, trashPaths: SandboxPaths): void {
  for (const [outside, inside] of fileMoves(outsidePaths, trashPaths))
    if (pathExists(outside)) renameSync(outside, inside);
}

/** Moves a sandbox out of the trash. It counts as recovered once its data file has moved, last. */
export function moveFromTrash(outsidePaths: SandboxPaths, trashPaths: SandboxPaths): void {
  for (const [outside, inside] of fileMoves(outsidePaths, trashPaths).toReversed())
    if (pathExists(inside)) renameSync(inside, outside);
}

/**
 * Moves the logs and the head that a crash left outside into the trash. The data there must not be written without their logs. Throws
 * WORKSPACE, reason foreign, if a log is in both places.
 */
export function gatherInTrash(outsidePaths: SandboxPaths, trashPaths: SandboxPaths): void {
  for (const [outside, inside] of logMoves(outsidePaths, trashPaths)) {
    checkFile(outside);
    if (sizeOf(outside) > 0 && sizeOf(inside) > 0) assertAbsent(inside);
  }
  for (const [outside, inside] of logMoves(outsidePaths, trashPaths))
    if (sizeOf(outside) > 0) renameSync(outside, inside);
  checkFile(outsidePaths.head);
  if (pathExists(outsidePaths.head) && !pathExists(trashPaths.head))
    renameSync(outsidePaths.head, trashPaths.head);
}

/** Deletes all files of a sandbox except its lock, data first. Does not follow links. */
export async function deleteFiles(outsidePaths: SandboxPaths, trashPaths: SandboxPaths): Promise<void> {
  const paths = fileMoves(outsidePaths, trashPaths).flatMap(([outside, inside]) => [inside, outside]);
  const sharedMemory = [`${trashPaths.data}-shm`, `${outsidePaths.data}-shm`];
  for (const file of [...paths, ...sharedMemory, outsidePaths.holders])
    await rm(file, { recursive: true, force: true });
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
