import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSandboxId } from '#shared/domain/target.ts';
import { sandboxFiles } from './files.ts';
import type { WorkspaceFiles } from './files.ts';
import { lockExclusive } from './lock.ts';
import { retryWhileBusy } from '../retry-while-busy.ts';
import type { Waiting } from '../retry-while-busy.ts';
import { checkFile, checkFolder } from './sandbox-place.ts';
import type { Place } from './sandbox-place.ts';

type Folders = Pick<WorkspaceFiles, 'sandboxes' | 'live'>;

export type Shelf = 'sandboxes' | 'trash';

export function folderOf({ sandboxes }: Folders, shelf: Shelf): string {
  return shelf === 'trash' ? join(sandboxes, 'trash') : sandboxes;
}

/** Throws NOT_FOUND for an invalid id. */
export function placeOf(files: Folders, shelf: Shelf, id: string): Place {
  return { ...sandboxFiles(folderOf(files, shelf), id), live: files.live };
}

/** Creates the folder of sandboxes, and its trash if requested. Throws WORKSPACE (`foreign`) if either is a link or not a folder. */
export function makeFolders(files: Folders, shelf: Shelf = 'sandboxes'): void {
  for (const folder of [files.sandboxes, folderOf(files, shelf)])
    if (!checkFolder(folder)) mkdirSync(folder, { recursive: true });
}

/** Lists a folder: sandbox ids (newest first), names of foreign files, and ids of which only sidecar files remain. */
export function sandboxIds(
  files: Folders,
  shelf: Shelf,
): { ids: string[]; others: string[]; remains: string[] } {
  if (!checkFolder(files.sandboxes) || !checkFolder(folderOf(files, shelf)))
    return { ids: [], others: [], remains: [] };
  const ids: string[] = [];
  const others: string[] = [];
  const sidecarIds = new Set<string>();
  for (const name of readdirSync(folderOf(files, shelf)).toSorted().toReversed()) {
    const id = name.replace(/\.sqlite$/, '');
    const owner = sidecarOwner(name);
    if (id !== name && isSandboxId(id)) ids.push(id);
    else if (owner !== null) sidecarIds.add(owner);
    else if (!isOurs(name)) others.push(name);
  }
  return { ids, others, remains: [...sidecarIds].filter((id) => !ids.includes(id)) };
}

function sidecarOwner(name: string): string | null {
  const [, id = ''] =
    /^(.+?)\.(sqlite-(wal|shm|journal)|head\.json.*|lock\.sqlite.*|holders)$/.exec(name) ?? [];
  return isSandboxId(id) ? id : null;
}

function isOurs(name: string): boolean {
  return name === 'trash' || name.startsWith('.') || name.startsWith('lock.sqlite');
}

/** Runs `work` under the lock for sandbox names, across processes. Throws BUSY, CANCELLED. */
export async function withNamesLock<T>(
  files: Folders,
  work: () => T | Promise<T>,
  waiting?: Waiting,
): Promise<T> {
  const file = join(files.sandboxes, 'lock.sqlite');
  checkFile(file);
  const lock = await retryWhileBusy(() => lockExclusive(file), waiting);
  try {
    return await work();
  } finally {
    lock.release();
  }
}
