import { lstatSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { checkFile, foreignFile } from '../kernel/db/sandbox-place.ts';
import type { Place } from '../kernel/db/sandbox-place.ts';

type Move = readonly [outside: string, inside: string];

/** SQLite's files beside the data, without which the data may be read but not written. */
const logs = (place: Place, trash: Place): Move[] =>
  ['-wal', '-journal'].map((end) => [`${place.data}${end}`, `${trash.data}${end}`] as const);

/** What moves with a sandbox, and where it stands in the trash: the data first. */
function moves(place: Place, trash: Place): Move[] {
  return [[place.data, trash.data], ...logs(place, trash), [place.head, trash.head]];
}

/** Whether anything has that name, also a link that leads nowhere. */
export function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

/** How much of a sandbox stands in its log and not in its data yet, in bytes. */
export function logSize({ data }: Pick<Place, 'data'>): number {
  return lstatSync(`${data}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** A file that somebody has put there by hand is not replaced. Throws WORKSPACE, reason foreign. */
export function refuseTwo(file: string): void {
  if (isThere(file))
    throw foreignFile(
      `There are two files "${basename(file)}", one of them in the trash. Nothing was changed.`,
    );
}

/** Refuses to move data beside what is in the trash already: another sandbox, or a log that is none of its own. Throws WORKSPACE, foreign. */
export function refuseOccupied(place: Place, trash: Place): void {
  refuseTwo(trash.data);
  const log = logs(place, trash).find(([, inside]) => sizeOf(inside) > 0);
  if (log)
    throw foreignFile(
      `The trash holds another "${basename(log[1])}". Nothing was changed; move it away first.`,
    );
}

/** Moves what there is of a sandbox to the trash. The data goes first: from then on it is in the trash. */
export function moveIn(place: Place, trash: Place): void {
  for (const [outside, inside] of moves(place, trash)) if (isThere(outside)) renameSync(outside, inside);
}

/** Takes what there is of a sandbox out of the trash. The data comes last: only with it the sandbox is there again. */
export function moveOut(place: Place, trash: Place): void {
  for (const [outside, inside] of moves(place, trash).toReversed())
    if (isThere(inside)) renameSync(inside, outside);
}

/**
 * Brings to the data in the trash what a crash has left outside of it: nobody may write into data that stand apart from their log. Throws
 * WORKSPACE, reason foreign, where there are two logs.
 */
export function rejoin(place: Place, trash: Place): void {
  for (const [outside, inside] of logs(place, trash)) {
    checkFile(outside);
    if (sizeOf(outside) > 0 && sizeOf(inside) > 0) refuseTwo(inside);
  }
  for (const [outside, inside] of logs(place, trash)) if (sizeOf(outside) > 0) renameSync(outside, inside);
  checkFile(place.head);
  if (isThere(place.head) && !isThere(trash.head)) renameSync(place.head, trash.head);
}

/** Deletes everything of a sandbox but its lock, the data first. Links are taken away as what they are, and not followed. */
export async function clear(place: Place, trash: Place): Promise<void> {
  const both = moves(place, trash).flatMap(([outside, inside]) => [inside, outside]);
  const memories = [`${trash.data}-shm`, `${place.data}-shm`];
  for (const file of [...both, ...memories, place.holders]) await rm(file, { recursive: true, force: true });
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
