import { clause } from '#shared/texts/sentence.ts';
import { lstatSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { checkFile, foreignFileFault } from '../kernel/db/check-sandbox-files.ts';
import type { SandboxPaths } from '../kernel/db/check-sandbox-files.ts';

type Move = readonly [outside: string, inside: string];

/** SQLite's logs next to the data file, without which the data must not be written. */
const logMoves = (place: SandboxPaths, trash: SandboxPaths): Move[] =>
  ['-wal', '-journal'].map((end) => [`${place.data}${end}`, `${trash.data}${end}`] as const);

/** The files that move with a sandbox and their places in the trash, data first. */
function fileMoves(place: SandboxPaths, trash: SandboxPaths): Move[] {
  return [[place.data, trash.data], ...logMoves(place, trash), [place.head, trash.head]];
}

/** Whether anything has that name, even a broken link. */
export function pathExists(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Bytes of a sandbox's write-ahead log. */
export function logSize({ data }: Pick<SandboxPaths, 'data'>): number {
  return lstatSync(`${data}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** Throws WORKSPACE, reason foreign, if the path exists: a file is never replaced. */
export function assertAbsent(file: string): void {
  if (pathExists(file)) throw foreignFileFault(file, clause('twice'));
}

/** Throws WORKSPACE, reason foreign, if the trash already has another sandbox's file in that place. */
export function assertTrashFree(place: SandboxPaths, trash: SandboxPaths): void {
  assertAbsent(trash.data);
  const occupied = logMoves(place, trash).find(([, inside]) => sizeOf(inside) > 0);
  if (occupied) throw foreignFileFault(occupied[1], clause('twice'));
}

/** Moves a sandbox to the trash. It counts as discarded once its data file has moved, first. */
export function moveToTrash(place: SandboxPaths, trash: SandboxPaths): void {
  for (const [outside, inside] of fileMoves(place, trash))
    if (pathExists(outside)) renameSync(outside, inside);
}

/** Moves a sandbox out of the trash. It counts as recovered once its data file has moved, last. */
export function moveFromTrash(place: SandboxPaths, trash: SandboxPaths): void {
  for (const [outside, inside] of fileMoves(place, trash).toReversed())
    if (pathExists(inside)) renameSync(inside, outside);
}

/**
 * Moves the logs and the head that a crash left outside to the data in the trash, since data must not be written without their logs. Throws
 * WORKSPACE, reason foreign, if a log is in both places.
 */
export function gatherInTrash(place: SandboxPaths, trash: SandboxPaths): void {
  for (const [outside, inside] of logMoves(place, trash)) {
    checkFile(outside);
    if (sizeOf(outside) > 0 && sizeOf(inside) > 0) assertAbsent(inside);
  }
  for (const [outside, inside] of logMoves(place, trash))
    if (sizeOf(outside) > 0) renameSync(outside, inside);
  checkFile(place.head);
  if (pathExists(place.head) && !pathExists(trash.head)) renameSync(place.head, trash.head);
}

/** Deletes all files of a sandbox except its lock, data first. Does not follow links. */
export async function deleteFiles(place: SandboxPaths, trash: SandboxPaths): Promise<void> {
  const paths = fileMoves(place, trash).flatMap(([outside, inside]) => [inside, outside]);
  const sharedMemory = [`${trash.data}-shm`, `${place.data}-shm`];
  for (const file of [...paths, ...sharedMemory, place.holders])
    await rm(file, { recursive: true, force: true });
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
