import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSandboxId } from '#shared/domain/target.ts';
import { sandboxFiles } from './files.ts';
import type { WorkspaceFiles } from './files.ts';
import { lockExclusive } from './lock.ts';
import { retryWhileBusy } from '../retry-while-busy.ts';
import type { RetryOptions } from '../retry-while-busy.ts';
import { checkFile, checkFolder } from './check-sandbox-files.ts';
import type { SandboxPaths } from './check-sandbox-files.ts';

type Folders = Pick<WorkspaceFiles, 'sandboxes' | 'live'>;

export type SandboxFolder = 'sandboxes' | 'trash';

export function sandboxFolderOf({ sandboxes }: Folders, kind: SandboxFolder): string {
  return kind === 'trash' ? join(sandboxes, 'trash') : sandboxes;
}

/** Throws NOT_FOUND for an invalid id. */
export function sandboxPaths(files: Folders, kind: SandboxFolder, id: string): SandboxPaths {
  return { ...sandboxFiles(sandboxFolderOf(files, kind), id), live: files.live };
}

/** Creates the folder of sandboxes, and its trash if requested. Throws WORKSPACE (`foreign`) if either is a link or not a folder. */
export function createSandboxFolders(files: Folders, kind: SandboxFolder = 'sandboxes'): void {
  for (const folder of [files.sandboxes, sandboxFolderOf(files, kind)])
    if (!checkFolder(folder)) mkdirSync(folder, { recursive: true });
}

/** Lists a folder: sandbox ids (newest first), names of foreign files, and ids of which only sidecar files remain. */
export function sandboxIds(
  files: Folders,
  kind: SandboxFolder,
): { ids: string[]; foreignNames: string[]; sidecarIds: string[] } {
  if (!checkFolder(files.sandboxes) || !checkFolder(sandboxFolderOf(files, kind)))
    return { ids: [], foreignNames: [], sidecarIds: [] };
  const ids: string[] = [];
  const foreignNames: string[] = [];
  const sidecarIds = new Set<string>();
  for (const name of readdirSync(sandboxFolderOf(files, kind)).toSorted().toReversed()) {
    const id = name.replace(/\.sqlite$/, '');
    const ownerId = sidecarOwner(name);
    if (id !== name && isSandboxId(id)) ids.push(id);
    else if (ownerId !== null) sidecarIds.add(ownerId);
    else if (!isFramesFile(name)) foreignNames.push(name);
  }
  return { ids, foreignNames, sidecarIds: [...sidecarIds].filter((id) => !ids.includes(id)) };
}

function sidecarOwner(name: string): string | null {
  const [, id = ''] =
    /^(.+?)\.(sqlite-(wal|shm|journal)|head\.json.*|lock\.sqlite.*|holders)$/.exec(name) ?? [];
  return isSandboxId(id) ? id : null;
}

function isFramesFile(name: string): boolean {
  return name === 'trash' || name.startsWith('.') || name.startsWith('lock.sqlite');
}

/** Runs `work` under the lock for sandbox names, across processes. Throws BUSY, CANCELLED. */
export async function withNamesLock<T>(
  files: Folders,
  work: () => T | Promise<T>,
  options?: RetryOptions,
): Promise<T> {
  const file = join(files.sandboxes, 'lock.sqlite');
  checkFile(file);
  const lock = await retryWhileBusy(() => lockExclusive(file), options);
  try {
    return await work();
  } finally {
    lock.release();
  }
}
