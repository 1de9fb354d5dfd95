import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { backupsOf, elsewhere, isElsewhere, isPlaceThere, isPlaceUnknown } from '../db/backups-place.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { formerPlaces } from './former.ts';
import { backupIds } from './list.ts';
import { ownerOf } from './owner.ts';

/** A folder in which backups of a workspace may lie, for who looks for one to recover it with. */
export interface PossiblePlace {
  folder: string;
  /** Tells it from the others without naming its path. */
  key: string;
  /** What a person knows it by: the folder in which it was made; null for the workspace's own. */
  name: string | null;
  /** Whether it is where they lie today. */
  today: boolean;
  /** Whether it is there: a drive may not be connected. */
  there: boolean;
}

/**
 * Where backups of a workspace may lie: the place of today, then those of before, last what is found in a folder that somebody points to.
 * Where nobody knows the place of today it is not among them.
 */
export async function possiblePlaces(workspace: string, pointed?: string): Promise<PossiblePlace[]> {
  const today = backupsOf(workspace);
  const former = await formerPlaces(workspace);
  const found = [
    ...(isPlaceUnknown(today) ? [] : [{ folder: today, there: isPlaceThere(today) }]),
    ...former,
    ...(pointed === undefined ? [] : (await within(pointed)).map((folder) => ({ folder, there: true }))),
  ];
  const folders = new Set<string>();
  return found.flatMap(({ folder, there }) => {
    if (folders.has(folder)) return [];
    folders.add(folder);
    const key = createHash('sha256').update(folder).digest('hex').slice(0, 16);
    return [{ folder, key, name: nameOf(folder, workspace), today: folder === today, there }];
  });
}

function nameOf(folder: string, workspace: string): string | null {
  if (folder === join(workspace, 'backups')) return null;
  const named = isElsewhere(folder) || basename(folder) === 'backups' ? dirname(folder) : folder;
  return basename(named) || named;
}

/** The folders of backups that somebody means who points to one, to what it lies in, or to a workspace. */
async function within(folder: string): Promise<string[]> {
  const held = async (one: string): Promise<boolean> => (await backupIds(one).catch(() => [])).length > 0;
  if (await held(folder)) return [folder];
  const inside = namesIn(folder).filter((name) => name === 'backups' || elsewhere.test(name));
  const found: string[] = [];
  for (const name of inside) if (await held(join(folder, name))) found.push(join(folder, name));
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * The folder in which backups to read lie: that of today, or where its drive is not there the one among the others that has the newest. It is
 * for reading only: what is backed up goes nowhere but to the place of today.
 */
export async function readablePlace(workspace: string, pointed?: string): Promise<string> {
  const places = await possiblePlaces(workspace, pointed);
  const today = places.find((one) => one.today);
  let best = { folder: today?.folder ?? backupsOf(workspace), newest: '' };
  if (today?.there) return best.folder;
  for (const { folder } of places.filter(({ there }) => there)) {
    const [newest = ''] = await backupIds(folder).catch(() => []);
    if (newest > best.newest) best = { folder, newest };
  }
  return best.folder;
}

/** Id of the workspace whose backups are looked for, by its place of today, else by `folder`; null where nobody can tell. Throws what the disk throws. */
export async function ownerBy(files: WorkspaceFiles, folder: string): Promise<string | null> {
  const said = await ownerOf(files).catch(() => null);
  return said ?? (folder === files.backups ? null : ownerOf({ ...files, backups: folder }));
}
