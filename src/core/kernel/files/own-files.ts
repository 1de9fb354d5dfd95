import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { isWorkspaceFileName } from '#shared/domain/workspace-files.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { fileRefusal } from './refusal.ts';

/** Throws BAD_FILE (`own_file`) for a path of the workspace: opening and closing it would drop SQLite's locks in this process. */
export async function refuseOwnFile(path: string, files: WorkspaceFiles): Promise<void> {
  if (await isOwnFile(path, files)) {
    throw fileRefusal('own_file', { file: basename(path) });
  }
}

async function isOwnFile(path: string, files: WorkspaceFiles): Promise<boolean> {
  const { folder: workspace, sandboxes } = files;
  const folder = await realpath(dirname(path)).catch(() => null);
  if (folder === (await realpath(workspace)) && isWorkspaceFileName(basename(path))) return true;
  if (folder !== null && (await isWithin(folder, files))) return true;
  const target = await stat(path).catch(() => null);
  if (!target) return false;
  // The path can be a link to one of the files.
  const realTarget = await realpath(path).catch(() => null);
  if (realTarget !== null && (await isWithin(dirname(realTarget), files))) return true;
  const ownFiles = (await readdir(workspace))
    .filter(isWorkspaceFileName)
    .map((name) => join(workspace, name));
  const sandboxFiles = (await readdir(sandboxes).catch(() => [])).map((name) => join(sandboxes, name));
  const ownStats = await Promise.all(
    [...ownFiles, ...sandboxFiles].map((file) => stat(file).catch(() => null)),
  );
  return ownStats.some(
    (ownStat) => ownStat !== null && ownStat.ino === target.ino && ownStat.dev === target.dev,
  );
}

async function isWithin(
  folder: string,
  { sandboxes, golden, backups, documents }: WorkspaceFiles,
): Promise<boolean> {
  for (const ownFolder of [sandboxes, golden, backups, documents]) {
    const realFolder = await realpath(ownFolder).catch(() => null);
    if (realFolder !== null && `${folder}${sep}`.startsWith(`${realFolder}${sep}`)) return true;
  }
  return false;
}
