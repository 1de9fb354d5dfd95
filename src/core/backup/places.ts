import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  backupsOf,
  elsewhere,
  isElsewhere,
  isPlaceThere,
  isPlaceUnknown,
  ownBackups,
} from '../kernel/backups-folder.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { formerPlaces } from './former.ts';
import { backupIds } from './list.ts';
import { ownerOf } from './owner.ts';

/** A folder in which backups of a workspace may lie, for who looks for one to recover it with. */
export interface PossiblePlace {
  folder: string;
  /** Tells it from the others, and is what an order names it by. */
  key: string;
  /** The path of the folder in which it was made, which a person knows it by; null for the workspace's own. */
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
  if (folder === ownBackups(workspace)) return null;
  return isElsewhere(folder) || basename(folder) === 'backups' ? dirname(folder) : folder;
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
 * The folders in which backups to recover with lie: that of today, then the others, as far as they are there, or nobody may look into them.
 * They are for reading only: what is backed up goes nowhere but to the place of today.
 */
export async function readablePlaces(workspace: string, pointed?: string): Promise<string[]> {
  const places = await possiblePlaces(workspace, pointed);
  const read = await Promise.all(places.map(async ({ folder, there }) => there || (await isClosed(folder))));
  return places.filter((_, index) => read[index]).map(({ folder }) => folder);
}

/** Whether a folder may be there, and does not let anybody look into it. */
async function isClosed(folder: string): Promise<boolean> {
  try {
    await readdir(folder);
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}

/** The one of these folders in which a backup lies; undefined where it is in none. */
export async function placeHolding(workspace: string, id: string): Promise<string | undefined> {
  for (const folder of await readablePlaces(workspace))
    if ((await backupIds(folder).catch((): string[] => [])).includes(id)) return folder;
  return undefined;
}

/** Id of the workspace whose backups are looked for, by its place of today, else by the first of `folders` that says it; null where nobody can tell. */
export async function ownerBy(files: WorkspaceFiles, folders: readonly string[]): Promise<string | null> {
  for (const backups of new Set([files.backups, ...folders])) {
    const said = await ownerOf({ ...files, backups }).catch(() => null);
    if (said !== null) return said;
  }
  return null;
}
