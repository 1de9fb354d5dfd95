import { clause } from '#shared/texts/sentence.ts';
import { lstatSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { checkFile, foreignFile } from '../kernel/db/sandbox-place.ts';
import type { Place } from '../kernel/db/sandbox-place.ts';

type Move = readonly [outside: string, inside: string];

/** SQLite's files next to the data, needed for writing. */
const logs = (place: Place, trash: Place): Move[] =>
  ['-wal', '-journal'].map((end) => [`${place.data}${end}`, `${trash.data}${end}`] as const);

/** The files that move with a sandbox and their places in the trash, data first. */
function moves(place: Place, trash: Place): Move[] {
  return [[place.data, trash.data], ...logs(place, trash), [place.head, trash.head]];
}

/** Whether anything has that name, even a broken link. */
export function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** Bytes of a sandbox's write-ahead log. */
export function logSize({ data }: Pick<Place, 'data'>): number {
  return lstatSync(`${data}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** Throws WORKSPACE, reason foreign, rather than replace a file. */
export function refuseTwo(file: string): void {
  if (isThere(file)) throw foreignFile(file, clause('twice'));
}

/** Throws WORKSPACE, reason foreign, if the trash already has another sandbox's file in that place. */
export function refuseOccupied(place: Place, trash: Place): void {
  refuseTwo(trash.data);
  const log = logs(place, trash).find(([, inside]) => sizeOf(inside) > 0);
  if (log) throw foreignFile(log[1], clause('twice'));
}

/** Moves a sandbox to the trash. Once the data are moved, it counts as discarded. */
export function moveIn(place: Place, trash: Place): void {
  for (const [outside, inside] of moves(place, trash)) if (isThere(outside)) renameSync(outside, inside);
}

/** Moves a sandbox out of the trash. It counts as recovered once the data are moved, last. */
export function moveOut(place: Place, trash: Place): void {
  for (const [outside, inside] of moves(place, trash).toReversed())
    if (isThere(inside)) renameSync(inside, outside);
}

/**
 * Moves what a crash left behind to the data in the trash, since data must not be written without their log. Throws WORKSPACE, reason
 * foreign, if there are two logs.
 */
export function restoreFromTrash(place: Place, trash: Place): void {
  for (const [outside, inside] of logs(place, trash)) {
    checkFile(outside);
    if (sizeOf(outside) > 0 && sizeOf(inside) > 0) refuseTwo(inside);
  }
  for (const [outside, inside] of logs(place, trash)) if (sizeOf(outside) > 0) renameSync(outside, inside);
  checkFile(place.head);
  if (isThere(place.head) && !isThere(trash.head)) renameSync(place.head, trash.head);
}

/** Deletes all files of a sandbox except its lock, data first. Links are removed, not followed. */
export async function clearTrash(place: Place, trash: Place): Promise<void> {
  const both = moves(place, trash).flatMap(([outside, inside]) => [inside, outside]);
  const memories = [`${trash.data}-shm`, `${place.data}-shm`];
  for (const file of [...both, ...memories, place.holders]) await rm(file, { recursive: true, force: true });
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
