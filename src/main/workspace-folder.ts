import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isSandboxId } from '#shared/domain/target.ts';

/** What makes a folder a workspace: its file, or where that is gone what nobody else leaves beside it, as core takes it (`refuseStrangers`). */
const marks = [
  'frames.sqlite',
  'head.json',
  'damaged.json',
  'restoring.json',
  'backups.place.json',
  'sandboxes',
];
/** What the folders of backups are called. */
const backup = /^\d{8}T\d{9}Z(-\d{1,6})?$/;

/** What the files of a workspace are called, whatever SQLite adds to it; not every system tells large letters from small. */
const own =
  /^(frames\.sqlite|lock\.sqlite|head\.json|damaged\.json|restoring\.json|backups\.(place|former)\.json)/i;
/** Folders in which all is what a workspace consists of. */
const ownFolders = /^(backups|golden|sandboxes|holders)$/i;
/** Folders of backups that lie elsewhere. */
const elsewhere = /^frames-backups-/i;

/** Whether a file is what a workspace consists of, by its path from the workspace's folder. */
export function isWorkspaceFile(path: string): boolean {
  const [first = '', ...more] = path.split(sep);
  if (path.split(sep).some((one) => elsewhere.test(one))) return true;
  return more.length === 0 ? own.test(first) : ownFolders.test(first);
}

/** What the system leaves in folders by itself. */
const harmless = /^(\.DS_Store|\.directory|Thumbs\.db|desktop\.ini)$/i;

/** Whether a workspace is in the folder, also one whose file is gone: then it can be recovered. */
export function holdsWorkspace(folder: string): boolean {
  if (marks.some((name) => isThere(join(folder, name)))) return true;
  return namesIn(join(folder, 'backups'))?.some((name) => backup.test(name)) ?? false;
}

/** A link that leads nowhere is there too, and so is what the system refuses to look at: opening it says why. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}

const sandboxFile = /^(.+)\.sqlite$/;

/** Names in a folder; none where there is no such folder, null when it cannot be read. */
function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : null;
  }
}

/**
 * Ids of the sandboxes that lie in the folder of a workspace, also in their trash, by the names of their files. Null when nobody can tell:
 * the folder cannot be read, or is not there, as when its drive is not connected.
 */
export function sandboxesIn(folder: string): string[] | null {
  const place = join(folder, 'sandboxes');
  const [here, discarded] = [place, join(place, 'trash')].map(namesIn);
  if (!here || !discarded || !existsSync(folder)) return null;
  return [...here, ...discarded].map((name) => sandboxFile.exec(name)?.[1] ?? '').filter(isSandboxId);
}

/** Whether a new workspace may be made there: in a missing folder, or one that holds nothing. False when it cannot be read. */
export function isFree(folder: string): boolean {
  if (!existsSync(folder)) return true;
  try {
    return readdirSync(folder).every((entry) => harmless.test(entry));
  } catch {
    return false;
  }
}
