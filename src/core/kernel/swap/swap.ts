import { existsSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Disk } from './disk.ts';
import { intentFile } from './intent.ts';
import type { Intent } from './intent.ts';

type Move = readonly [from: string, to: string];

/** Where everything of a restore lies. */
export interface Places {
  building: string;
  image: string;
  head: string;
  /** Where what was there before goes. */
  old: string;
  aside: readonly Move[];
  oldHead: string;
}

export function placesOf(
  files: WorkspaceFiles,
  { building: name, displaced }: Omit<Intent, 'format'>,
): Places {
  const building = join(files.folder, name);
  const old = displaced === null ? join(building, 'old') : join(files.folder, 'backups', displaced);
  // Of a file that is whole nothing is beside it any more.
  const ends = displaced === null ? [''] : ['', '-wal', '-shm', '-journal'];
  return {
    building,
    image: join(building, 'image'),
    head: join(building, 'head.json'),
    old,
    aside: ends.map((end) => [`${files.live}${end}`, join(old, `${basename(files.live)}${end}`)] as const),
    oldHead: join(old, basename(files.head)),
  };
}

/**
 * Puts a file that was made ready in the place of live. It is done when the intent is taken away again: what fails before that is taken
 * back here; after a crash the next one who opens the workspace finds the intent and settles it. The caller holds the workspace alone.
 * Throws what the system throws; then everything is as it was. Throws WORKSPACE where that is left to the next one.
 */
export async function swap(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const places = placesOf(files, intent);
  try {
    await disk.write(intentFile(files), `${JSON.stringify(intent)}\n`);
    await disk.sync(files.folder);
    await mkdir(places.old, { recursive: true });
    for (const [number, move] of places.aside.entries()) await setAside(move, number === 0, disk);
    await disk.rename(places.image, files.live);
    await changeHead(files, places, disk);
    await commit(files, intent, disk);
  } catch (error) {
    await takeBack(files, intent, disk).catch(() => {
      throw unsettled();
    });
    throw error;
  }
}

function unsettled(): Fault {
  const message =
    'The disk failed while the records were being replaced, and again while that was taken back. Nothing is lost: whoever opens the workspace next finishes it or takes it back.';
  return new Fault('WORKSPACE', message, { reason: 'unsettled' });
}

/** The file itself keeps its name too until another gets it, where the disk can do that: then it is never missing. */
async function setAside([from, to]: Move, both: boolean, disk: Disk): Promise<void> {
  if (!existsSync(from)) return;
  if (both) {
    try {
      return await disk.link(from, to);
    } catch {
      // Not every disk knows two names of one file.
    }
  }
  await disk.rename(from, to);
}

async function changeHead(files: WorkspaceFiles, { head, oldHead }: Places, disk: Disk): Promise<void> {
  if (!existsSync(head)) return;
  if (existsSync(files.head) && !existsSync(oldHead)) await disk.rename(files.head, oldHead);
  await disk.rename(head, files.head);
}

/** From the moment on at which the intent is gone nothing is taken back; all that came before is on the disk by then. */
async function commit(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const { old, building } = placesOf(files, intent);
  for (const folder of [old, dirname(old), building, files.folder])
    if (existsSync(folder)) await disk.sync(folder);
  await disk.remove(intentFile(files));
}

/** Whether live has been replaced: what was made ready has its name. */
export const isSwapped = (files: WorkspaceFiles, { image }: Places): boolean =>
  !existsSync(image) && existsSync(files.live);

/** Finishes what has been replaced. */
export async function finish(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  await changeHead(files, placesOf(files, intent), disk);
  await commit(files, intent, disk);
}

/**
 * Gives everything the name that it had, the last first, however far it came. When this breaks off, what has been replaced is found as
 * such until live's new file has its former name again.
 */
export async function takeBack(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const places = placesOf(files, intent);
  const { image, head, old, oldHead, aside } = places;
  const swapped = isSwapped(files, places);
  if (existsSync(oldHead) || swapped) {
    if (!existsSync(head) && existsSync(files.head)) await disk.rename(files.head, head);
    await bring(oldHead, files.head, disk);
  }
  if (swapped) await disk.rename(files.live, image);
  for (const [from, to] of aside.toReversed()) await bring(to, from, disk);
  await commit(files, intent, disk);
  // Only what is empty: nothing of anybody's is in it then.
  if (intent.displaced !== null) await rmdir(old).catch(() => undefined);
}

/** Two names of one file stay as they are when one of them gets the other: the one that is not wanted goes then. */
async function bring(from: string, to: string, disk: Disk): Promise<void> {
  if (!existsSync(from)) return;
  await disk.rename(from, to);
  await rm(from, { force: true });
}
