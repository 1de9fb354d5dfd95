import { replaceFileSync } from '#files/replace-file.ts';
import { Fault, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, rmdir } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import {
  backupsFolderOf,
  chosenFolderPattern,
  isChosenFolder,
  isFolderUsable,
  isUnknownFolder,
  defaultBackupsFolder,
  placeFile,
} from '../kernel/backups-folder.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { describeHolders } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { sidecarRemover } from '../kernel/db/sidecar-cleanup.ts';
import { assertCanManageBackups } from '../model/permissions.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { readAnyLive } from '../log/closed-live.ts';
import type { ClosedLive } from '../log/closed-live.ts';
import { actorOf } from '../log/session.ts';
import { fsyncFolder } from '../kernel/fsync.ts';
import { asDeclaredFault } from './declared-fault.ts';
import { backupIds, ownerIdOf } from './list.ts';

export interface BackupPlace {
  folder: string;
  /** Whether it is the workspace's own folder. */
  usual: boolean;
  /** Whether it is usable. A chosen folder is not usable while its drive is disconnected. */
  there: boolean;
}

export function placeOfBackups(workspace: string): BackupPlace {
  const folder = backupsFolderOf(workspace);
  return { folder, usual: !isChosenFolder(folder), there: isFolderUsable(folder) };
}

interface ChooseOptions {
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
 * Admins only. If the workspace is unreadable, no permission can be checked: `into` must then contain exactly one backup folder. Throws
 * WORKSPACE (missing, bad_backups_place), FORBIDDEN, UNKNOWN_ACTOR, BUSY, CANCELLED.
 */
export async function setBackupsFolder({
  workspace,
  into,
  actor,
  log,
  signal,
}: ChooseOptions): Promise<BackupPlace> {
  const files = workspaceFiles(workspace);
  if (!existsSync(workspace)) throw workspaceFault('missing', {});
  const removeSidecars = sidecarRemover(files.live);
  try {
    const lock = lockExclusive(files.lock, () => describeHolders(files.holders)[0] ?? null);
    try {
      const live = readAnyLive({ files, actor, log });
      if (live) assertCanManageBackups(actorOf(live.profile));
      const id = live ? await findWorkspaceId(files, live) : undefined;
      checkCancelled(signal);
      const folder = into === null ? null : await prepareFolder(resolveOutside(into, workspace), id, signal);
      // Writing to a slow drive takes time, so cancelling is checked again.
      checkCancelled(signal);
      if (folder === null) rmSync(placeFile(workspace), { force: true });
      else replaceFileSync(placeFile(workspace), `${JSON.stringify({ format: 1, folder })}\n`);
      await fsyncFolder(workspace);
      return placeOfBackups(workspace);
    } finally {
      removeSidecars();
      lock.release();
    }
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

/** The id of the workspace. If live lacks recorded changes, its file can belong to another workspace, so the backups decide first. */
const findWorkspaceId = async (
  files: WorkspaceFiles,
  { missingTail, workspace: statedId }: ClosedLive,
): Promise<string> =>
  (missingTail && (await findOwnerId(files, await existingPlaces(files.folder)))) ?? statedId;

const badPlaceFault = (why: Sentence): Fault => workspaceFault('bad_backups_place', { why });

/** The real path of a folder. Throws WORKSPACE (`bad_backups_place`) if it is missing. */
export function resolveBackupFolder(into: string): string {
  try {
    const folder = realpathSync(into);
    if (!lstatSync(folder).isDirectory()) throw badPlaceFault(clause('noFolderAt', { folder: into }));
    return folder;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw badPlaceFault(clause('noFolderAt', { folder: into }));
  }
}

/** Like `resolveBackupFolder`; also throws if the folder is in the workspace. */
function resolveOutside(into: string, workspace: string): string {
  const folder = resolveBackupFolder(into);
  if (`${folder}${sep}`.startsWith(`${realpathSync(workspace)}${sep}`))
    throw badPlaceFault(clause('inWorkspace'));
  return folder;
}

/** Creates the folder for the backups if missing and tests writing. Without `id`, uses the only backup folder in `into`. */
async function prepareFolder(
  into: string,
  id: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const name = id === undefined ? onlyBackupFolder(into) : `frames-backups-${id}`;
  if (!chosenFolderPattern.test(name)) throw badPlaceFault(clause('badWorkspaceId'));
  const folder = join(into, name);
  const existing = lstatSync(folder, { throwIfNoEntry: false });
  if (existing && !existing.isDirectory()) throw badPlaceFault(clause('noFolderAt', { folder }));
  try {
    if (!existing) mkdirSync(folder);
    await rmdir(await mkdtemp(join(folder, '.verify-')));
    await fsyncFolder(into);
  } catch (error) {
    throw badPlaceFault(
      clause('notWritable', { folder, code: (error as NodeJS.ErrnoException).code ?? '?' }),
    );
  }
  if (signal?.aborted && !existing) await rmdir(folder).catch(() => {});
  return folder;
}

function onlyBackupFolder(into: string): string {
  const [name, second] = readdirSync(into).filter((entry) => chosenFolderPattern.test(entry));
  if (name !== undefined && second === undefined) return name;
  throw badPlaceFault(clause('severalFolders', { folder: into }));
}

/** A folder that can hold backups to recover with. */
export interface PossiblePlace {
  folder: string;
  /** Identifies the folder to the window, which gets no paths of it. */
  key: string;
  /** The path of the parent folder, for display; null for the workspace's own folder. */
  name: string | null;
  /** Whether it is the current backup folder. */
  today: boolean;
  /** False if it cannot be used now, for example because its drive is disconnected. */
  there: boolean;
}

/** Folders that can hold a workspace's backups: the current one if known, the workspace's own, then those found in a folder that the user names. */
export async function possiblePlaces(workspace: string, userFolder?: string): Promise<PossiblePlace[]> {
  const current = backupsFolderOf(workspace);
  const defaultFolder = defaultBackupsFolder(workspace);
  const defaultHoldsBackups = await holdsBackups(defaultFolder);
  const isDefaultPossible =
    defaultFolder !== current && (defaultHoldsBackups || (await isUnreadable(defaultFolder)));
  const userFolders = userFolder === undefined ? [] : await backupFoldersIn(userFolder);
  const candidates = [
    ...(isUnknownFolder(current) ? [] : [{ folder: current, there: isFolderUsable(current) }]),
    ...(isDefaultPossible ? [{ folder: defaultFolder, there: defaultHoldsBackups }] : []),
    ...userFolders.map((folder) => ({ folder, there: true })),
  ];
  const folders = new Set<string>();
  return candidates.flatMap(({ folder, there }) => {
    if (folders.has(folder)) return [];
    folders.add(folder);
    const key = createHash('sha256').update(folder).digest('hex').slice(0, 16);
    return [{ folder, key, name: displayedParentOf(folder, workspace), today: folder === current, there }];
  });
}

function displayedParentOf(folder: string, workspace: string): string | null {
  if (folder === defaultBackupsFolder(workspace)) return null;
  return isChosenFolder(folder) || basename(folder) === 'backups' ? dirname(folder) : folder;
}

async function backupFoldersIn(folder: string): Promise<string[]> {
  if (await holdsBackups(folder)) return [folder];
  const names = namesIn(folder).filter((name) => name === 'backups' || chosenFolderPattern.test(name));
  const folders: string[] = [];
  for (const name of names) if (await holdsBackups(join(folder, name))) folders.push(join(folder, name));
  return folders;
}

const holdsBackups = async (folder: string): Promise<boolean> =>
  (await backupIds(folder).catch(() => [])).length > 0;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The existing folders to recover from, current one first, also unreadable ones. New backups go only to the current one. */
export async function existingPlaces(workspace: string, userFolder?: string): Promise<string[]> {
  const places = await possiblePlaces(workspace, userFolder);
  const exists = await Promise.all(
    places.map(async ({ folder, there }) => there || (await isUnreadable(folder))),
  );
  return places.filter((_, index) => exists[index]).map(({ folder }) => folder);
}

/** Whether a folder possibly exists but is not readable. */
async function isUnreadable(folder: string): Promise<boolean> {
  try {
    await readdir(folder);
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}

/** The folder that holds a backup, or undefined. */
export async function folderOfBackup(workspace: string, id: string): Promise<string | undefined> {
  for (const folder of await existingPlaces(workspace))
    if ((await backupIds(folder).catch((): string[] => [])).includes(id)) return folder;
  return undefined;
}

/** Id of the workspace that the backups belong to, from the current folder, else the first of `folders` that shows it; null if unknown. */
export async function findOwnerId(files: WorkspaceFiles, folders: readonly string[]): Promise<string | null> {
  for (const backups of new Set([files.backups, ...folders])) {
    const owner = await ownerIdOf({ ...files, backups }).catch(() => null);
    if (owner !== null) return owner;
  }
  return null;
}

/**
 * Whether the backups show that live's file, which lacks recorded changes and states the id `workspace`, belongs to another workspace.
 * False if unknown.
 */
export async function isOfAnotherWorkspace(files: WorkspaceFiles, statedId: string): Promise<boolean> {
  if (files.target.kind !== 'live' || statedId === '') return false;
  try {
    const owner = await findOwnerId(files, await existingPlaces(files.folder));
    return owner !== null && owner !== statedId;
  } catch {
    return false;
  }
}
