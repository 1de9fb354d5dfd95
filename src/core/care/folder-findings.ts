import { access, constants, lstat } from 'node:fs/promises';
import type { Finding } from '#shared/contract/care.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { freeBytes } from '../kernel/free-bytes.ts';
import { findSyncClient } from './cloud-folder.ts';

const sizeOf = async (file: string): Promise<number> => (await lstat(file).catch(() => null))?.size ?? 0;

/** Bytes of the open file and of its write-ahead log. */
export async function sizesOf({ data }: WorkspaceFiles): Promise<{ bytes: number; wal: number }> {
  return { bytes: await sizeOf(data), wal: await sizeOf(`${data}-wal`) };
}

/** Bytes: less free space counts as a full disk; `reserveBytes` must remain free after a copy. */
const [minFreeBytes, reserveBytes] = [20_000_000, 200_000_000];

/**
 * Findings about the workspace's folder: size, room for a backup and a restore, write access, and whether a cloud client syncs the folder.
 * `freeBytesOf` returns the free bytes of a folder's disk.
 */
export async function workspaceFolderFindings(
  files: WorkspaceFiles,
  freeBytesOf: (folder: string) => Promise<number> = freeBytes,
): Promise<Finding[]> {
  const size = await sizesOf(files);
  return [
    { id: 'size', state: 'good', code: 'size.is', params: size },
    await diskFinding(files, size.bytes + size.wal, freeBytesOf),
    await accessFinding(files),
    syncedFinding(files.folder),
  ];
}

async function diskFinding(
  { folder }: WorkspaceFiles,
  bytes: number,
  freeBytesOf: (folder: string) => Promise<number>,
): Promise<Finding> {
  try {
    const free = await freeBytesOf(folder);
    const needed = 2 * bytes + reserveBytes;
    const params = { free, needed };
    if (free < minFreeBytes) return { id: 'disk', state: 'bad', code: 'disk.full', params };
    if (free < needed) return { id: 'disk', state: 'warn', code: 'disk.low', params };
    return { id: 'disk', state: 'good', code: 'disk.free', params };
  } catch (error) {
    return { id: 'disk', state: 'warn', code: 'disk.unknown', params: { error: codeOf(error) } };
  }
}

async function accessFinding({ folder, data }: WorkspaceFiles): Promise<Finding> {
  for (const path of [folder, data]) {
    try {
      await access(path, constants.R_OK | constants.W_OK);
    } catch (error) {
      const error_code = codeOf(error);
      if (error_code === 'ENOENT') continue;
      return { id: 'access', state: 'bad', code: 'access.read_only', params: { error: error_code } };
    }
  }
  return { id: 'access', state: 'good', code: 'access.writable', params: {} };
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

function syncedFinding(folder: string): Finding {
  const syncedFolder = findSyncClient(folder);
  return syncedFolder
    ? { id: 'synced', state: 'warn', code: 'synced.by', params: { ...syncedFolder } }
    : { id: 'synced', state: 'good', code: 'synced.none', params: {} };
}
