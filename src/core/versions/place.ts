import { Fault, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, rmdir } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import {
  backupsOf,
  chosenFolderName,
  isElsewhere,
  isPlaceThere,
  isPlaceUnknown,
  ownBackups,
  placeFile,
} from '../kernel/backups-folder.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { boardOf } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { sidecarRemover } from '../kernel/db/sidecar-cleanup.ts';
import { permitBackups } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { readAnyLive } from '../log/closed-live.ts';
import type { LiveNow } from '../log/closed-live.ts';
import { actorOf } from '../log/session.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { asDeclaredFault } from './declared.ts';
import { backupIds, ownerOf } from './list.ts';

export interface BackupPlace {
  folder: string;
  /** Whether it is the workspace's own folder. */
  usual: boolean;
  /** Whether it is usable; a chosen one is missing when its drive is. */
  there: boolean;
}

export function placeOfBackups(workspace: string): BackupPlace {
  const folder = backupsOf(workspace);
  return { folder, usual: !isElsewhere(folder), there: isPlaceThere(folder) };
}

interface Choosing {
  workspace: string;
  /** The parent of the folder for the backups; null for the workspace's own. */
  into: string | null;
  /** The actor's id or name; the first profile by default. */
  actor?: string | undefined;
  log: Log;
  signal?: AbortSignal | undefined;
}

/**
 * Sets the folder of the workspace's backups on this computer. Existing backups stay where they are. Nobody may have the workspace open.
 * Admins only, even if the file lacks changes; if the workspace is unreadable, anyone may choose the single folder of its backups. Throws
 * WORKSPACE (missing, bad_backups_place), FORBIDDEN, UNKNOWN_ACTOR, BUSY, CANCELLED.
 */
export async function choosePlace({ workspace, into, actor, log, signal }: Choosing): Promise<BackupPlace> {
  const files = workspaceFiles(workspace);
  if (!existsSync(workspace)) throw workspaceFault('missing', {});
  const tidy = sidecarRemover(files.live);
  try {
    const lock = lockExclusive(files.lock, () => boardOf(files.holders)[0] ?? null);
    try {
      const live = readAnyLive({ files, actor, log });
      if (live) permitBackups(actorOf(live.by));
      const id = live ? await idOf(files, live) : undefined;
      checkCancelled(signal);
      const folder = into === null ? null : await prepared(outside(into, workspace), id, signal);
      // A drive may be slow.
      checkCancelled(signal);
      if (folder === null) rmSync(placeFile(workspace), { force: true });
      else writeFileAtomicSync(placeFile(workspace), `${JSON.stringify({ format: 1, folder })}\n`);
      await syncFolder(workspace);
      return placeOfBackups(workspace);
    } finally {
      tidy();
      lock.release();
    }
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/** Of this workspace: the file may have been replaced by another's. */
const idOf = async (files: WorkspaceFiles, { behind, workspace }: LiveNow): Promise<string> =>
  (behind && (await ownerBy(files, await readablePlaces(files.folder)))) ?? workspace;

const bad = (why: Sentence): Fault => workspaceFault('bad_backups_place', { why });

/** The real path of a folder. Throws WORKSPACE (`bad_backups_place`) if it is missing. */
export function resolveBackupFolder(into: string): string {
  try {
    const folder = realpathSync(into);
    if (!lstatSync(folder).isDirectory()) throw bad(clause('noFolderAt', { folder: into }));
    return folder;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw bad(clause('noFolderAt', { folder: into }));
  }
}

/** As `realFolder`, outside of the workspace. */
function outside(into: string, workspace: string): string {
  const folder = resolveBackupFolder(into);
  if (`${folder}${sep}`.startsWith(`${realpathSync(workspace)}${sep}`)) throw bad(clause('inWorkspace'));
  return folder;
}

/** Creates the folder for the backups if missing and tests writing. Without `id` it must exist. If cancelled, removes the folders it created. */
async function prepared(
  into: string,
  id: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const name = id === undefined ? onlyOne(into) : `frames-backups-${id}`;
  if (!chosenFolderName.test(name)) throw bad(clause('badWorkspaceId'));
  const folder = join(into, name);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw bad(clause('noFolderAt', { folder }));
  try {
    if (!found) mkdirSync(folder);
    await rmdir(await mkdtemp(join(folder, '.verify-')));
    await syncFolder(into);
  } catch (error) {
    throw bad(clause('notWritable', { folder, code: (error as NodeJS.ErrnoException).code ?? '?' }));
  }
  if (signal?.aborted && !found) await rmdir(folder).catch(() => {});
  return folder;
}

function onlyOne(into: string): string {
  const [name, other] = readdirSync(into).filter((one) => chosenFolderName.test(one));
  if (name !== undefined && other === undefined) return name;
  throw bad(clause('severalFolders', { folder: into }));
}

/** A folder that may hold backups to recover with. */
export interface PossiblePlace {
  folder: string;
  key: string;
  /** The path of the folder it was created in, as users know it; null for the workspace's own. */
  name: string | null;
  today: boolean;
  /** Whether it exists: a drive may be disconnected. */
  there: boolean;
}

/**
 * Folders that may hold a workspace's backups: the current one if known, the workspace's own, then those found in a folder that the user
 * names.
 */
export async function possiblePlaces(workspace: string, pointed?: string): Promise<PossiblePlace[]> {
  const today = backupsOf(workspace);
  const own = ownBackups(workspace);
  const found = [
    ...(isPlaceUnknown(today) ? [] : [{ folder: today, there: isPlaceThere(today) }]),
    ...(own !== today && ((await holdsBackups(own)) || (await isClosed(own)))
      ? [{ folder: own, there: await holdsBackups(own) }]
      : []),
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

async function within(folder: string): Promise<string[]> {
  if (await holdsBackups(folder)) return [folder];
  const inside = foldersIn(folder).filter((name) => name === 'backups' || chosenFolderName.test(name));
  const found: string[] = [];
  for (const name of inside) if (await holdsBackups(join(folder, name))) found.push(join(folder, name));
  return found;
}

const holdsBackups = async (folder: string): Promise<boolean> =>
  (await backupIds(folder).catch(() => [])).length > 0;

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The existing folders to recover from, current one first. Read only: new backups go to the current one alone. */
export async function readablePlaces(workspace: string, pointed?: string): Promise<string[]> {
  const places = await possiblePlaces(workspace, pointed);
  const read = await Promise.all(places.map(async ({ folder, there }) => there || (await isClosed(folder))));
  return places.filter((_, index) => read[index]).map(({ folder }) => folder);
}

/** Whether a folder may exist but is not readable. */
async function isClosed(folder: string): Promise<boolean> {
  try {
    await readdir(folder);
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}

/** The folder that holds a backup, or undefined. */
export async function placeHolding(workspace: string, id: string): Promise<string | undefined> {
  for (const folder of await readablePlaces(workspace))
    if ((await backupIds(folder).catch((): string[] => [])).includes(id)) return folder;
  return undefined;
}

/** Id of the workspace whose backups are wanted, from the current folder, else from the first of `folders` that tells; null if unknown. */
export async function ownerBy(files: WorkspaceFiles, folders: readonly string[]): Promise<string | null> {
  for (const backups of new Set([files.backups, ...folders])) {
    const owner = await ownerOf({ ...files, backups }).catch(() => null);
    if (owner !== null) return owner;
  }
  return null;
}

/**
 * Whether live's file, which lacks recorded changes and claims to be `workspace`, is of another workspace than its folder, judged by the
 * backups. False if unknown.
 */
export async function isAnothers(files: WorkspaceFiles, workspace: string): Promise<boolean> {
  if (files.target.kind !== 'live' || workspace === '') return false;
  try {
    const owner = await ownerBy(files, await readablePlaces(files.folder));
    return owner !== null && owner !== workspace;
  } catch {
    return false;
  }
}
