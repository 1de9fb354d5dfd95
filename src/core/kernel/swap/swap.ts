import { existsSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import type { Disk } from './disk.ts';
import { intentFile } from './intent.ts';
import type { Intent } from './intent.ts';

type Move = readonly [from: string, to: string];

export interface Places {
  building: string;
  image: string;
  head: string;
  /** Receives the replaced files. */
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
  // An intact live file has no sidecars left.
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
 * Replaces live with the prepared file. Removing the intent commits. An earlier error is rolled back here; after a crash the next process that opens
 * the workspace settles it. The caller holds the exclusive lock. Throws the system's errors after rolling back, and WORKSPACE if the rollback failed.
 */
export async function swapFiles(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const places = placesOf(files, intent);
  try {
    await disk.write(intentFile(files), `${JSON.stringify(intent)}\n`);
    await disk.sync(files.folder);
    await mkdir(places.old, { recursive: true });
    for (const [number, move] of places.aside.entries()) await moveAside(move, number === 0, disk);
    await disk.rename(places.image, files.live);
    await changeHead(files, places, disk);
    await commit(files, intent, disk);
  } catch (error) {
    await rollBack(files, intent, disk).catch(() => {
      throw workspaceFault('unsettled', {});
    });
    throw error;
  }
}

/** Live keeps its name through a hard link until it is replaced, so that it is never missing. */
async function moveAside([from, to]: Move, keepsName: boolean, disk: Disk): Promise<void> {
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

async function changeHead(files: WorkspaceFiles, { head, oldHead }: Places, disk: Disk): Promise<void> {
  if (!existsSync(head)) return;
  if (existsSync(files.head) && !existsSync(oldHead)) await disk.rename(files.head, oldHead);
  await disk.rename(head, files.head);
}

/** Once the intent is removed, nothing is rolled back. Everything before it is durable by then. */
async function commit(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const { old, building } = placesOf(files, intent);
  for (const folder of [old, dirname(old), building, files.folder])
    if (existsSync(folder)) await disk.sync(folder);
  await disk.remove(intentFile(files));
}

export const isSwapped = (files: WorkspaceFiles, { image }: Places): boolean =>
  !existsSync(image) && existsSync(files.live);

export async function finishSwap(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  await changeHead(files, placesOf(files, intent), disk);
  await commit(files, intent, disk);
}

/** Reverts the renames in reverse order, from any point. If interrupted, `isSwapped` stays true until live's new file has its former name again. */
export async function rollBack(files: WorkspaceFiles, intent: Intent, disk: Disk): Promise<void> {
  const places = placesOf(files, intent);
  const { image, head, old, oldHead, aside } = places;
  const isReplaced = isSwapped(files, places);
  if (existsSync(oldHead) || isReplaced) {
    if (!existsSync(head) && existsSync(files.head)) await disk.rename(files.head, head);
    await moveBack(oldHead, files.head, disk);
  }
  if (isReplaced) await disk.rename(files.live, image);
  for (const [from, to] of aside.toReversed()) await moveBack(to, from, disk);
  await commit(files, intent, disk);
  // Fails unless the folder is empty, so no file is lost.
  if (intent.displaced !== null) await rmdir(old).catch(() => undefined);
}

/** Renaming between two hard links of one file does nothing, so the old name is removed explicitly. */
async function moveBack(from: string, to: string, disk: Disk): Promise<void> {
  if (!existsSync(from)) return;
  await disk.rename(from, to);
  await rm(from, { force: true });
}
