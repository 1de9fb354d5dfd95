import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { isOwnName } from '#shared/domain/workspace-files.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { refusal } from './refusal.ts';

/**
 * Refuses a file that the open workspace itself consists of, its sandboxes, golden versions and backups among it. Reading one would drop the
 * locks that SQLite holds on it in this process, writing one would destroy the workspace; so it must not even be opened. Throws BAD_FILE,
 * reason own_file.
 */
export async function refuseOwnFile(path: string, files: WorkspaceFiles): Promise<void> {
  if (await isOwnFile(path, files)) {
    throw refusal('own_file', `${basename(path)} belongs to the workspace itself; choose another file.`);
  }
}

async function isOwnFile(path: string, files: WorkspaceFiles): Promise<boolean> {
  const { folder: workspace, sandboxes } = files;
  const folder = await realpath(dirname(path)).catch(() => null);
  if (folder === (await realpath(workspace)) && isOwnName(basename(path))) return true;
  if (folder !== null && (await isWithin(folder, files))) return true;
  const wanted = await stat(path).catch(() => null);
  if (!wanted) return false;
  // The same file may go by another name: a link.
  const target = await realpath(path).catch(() => null);
  if (target !== null && (await isWithin(dirname(target), files))) return true;
  const names = (await readdir(workspace)).filter(isOwnName).map((name) => join(workspace, name));
  const others = (await readdir(sandboxes).catch(() => [])).map((name) => join(sandboxes, name));
  const infos = await Promise.all([...names, ...others].map((file) => stat(file).catch(() => null)));
  return infos.some((info) => info !== null && info.ino === wanted.ino && info.dev === wanted.dev);
}

async function isWithin(
  folder: string,
  { sandboxes, golden, backups, documents }: WorkspaceFiles,
): Promise<boolean> {
  for (const one of [sandboxes, golden, backups, documents]) {
    const place = await realpath(one).catch(() => null);
    if (place !== null && `${folder}${sep}`.startsWith(`${place}${sep}`)) return true;
  }
  return false;
}
