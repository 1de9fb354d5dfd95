import { isSandboxId } from './target.ts';

const identifyingFiles = [
  'frames.sqlite',
  'head.json',
  'damaged.json',
  'restoring.json',
  'backups.place.json',
];
/** Files of a workspace that other programs may have too, or that do not identify one. */
const sharedNames = ['lock.sqlite', 'measures.json', 'search.sqlite', 'questions.sqlite'];

const starts = [...identifyingFiles, ...sharedNames];
const ownFolders = /^(backups|golden|sandboxes|holders|documents)$/i;
const elsewhere = /^frames-backups-/i;
/** A backup id: its UTC start time, numbered if another backup started in the same millisecond. */
export const backupId = /^\d{8}T\d{9}Z(?:-\d{1,6})?$/;
export const backupInFile = /^(\d{8}T\d{9}Z(?:-\d{1,6})?)\.frames$/;
const goldenVersion = /^[1-9]\d{0,5}\.frames$/;
const sandboxFile = /^(.+)\.sqlite$/;

/** Whether a file name belongs to a workspace, including SQLite's suffixes. Ignores case, because some file systems do. */
export function isOwnName(name: string): boolean {
  const small = name.toLowerCase();
  return starts.some((start) => small.startsWith(start));
}

/** The id of the sandbox with this file name; null for other files. */
export function sandboxIn(name: string): string | null {
  const id = sandboxFile.exec(name)?.[1] ?? '';
  return isSandboxId(id) ? id : null;
}

const isOwn = ([first = '', ...more]: readonly string[]): boolean =>
  more.length === 0 ? isOwnName(first) : ownFolders.test(first);

/** Whether a file is part of a workspace, by its path segments relative to the workspace folder. */
export function isWorkspaceFile(parts: readonly string[]): boolean {
  return parts.some((one) => elsewhere.test(one)) || isOwn(parts);
}

export interface Look {
  isThere: (path: string) => boolean;
  /** Names in a folder; empty if it cannot be read. */
  names: (folder: string) => readonly string[];
}

/** Whether the folder holds a workspace, even if its main file is missing. */
export function isWorkspaceFolder(folder: string, separator: string, { isThere, names }: Look): boolean {
  const at = (...parts: string[]): string => [folder, ...parts].join(separator);
  const holdsSandboxes = (...parts: string[]): boolean =>
    names(at(...parts)).some((name) => sandboxIn(name) !== null);
  return (
    identifyingFiles.some((name) => isThere(at(name))) ||
    holdsBackups(names(at('backups'))) ||
    holdsSandboxes('sandboxes') ||
    holdsSandboxes('sandboxes', 'trash') ||
    names(at('golden')).some((name) => goldenVersion.test(name))
  );
}

/** Like `isWorkspaceFolder`, but stricter for a new workspace: any sandbox folder counts. */
export function wasWorkspace(folder: string, separator: string, look: Look): boolean {
  return look.isThere(`${folder}${separator}sandboxes`) || isWorkspaceFolder(folder, separator, look);
}

const holdsBackups = (names: readonly string[]): boolean => names.some((name) => backupInFile.test(name));

/** Whether a file is or would be part of any workspace, by its real path. */
export function isOfWorkspace(path: string, separator: string, look: Look): boolean {
  const parts = path.split(separator);
  return parts.slice(0, -1).some((name, at) => {
    const folder = parts.slice(0, at + 1).join(separator);
    if (elsewhere.test(name) && holdsBackups(look.names(folder))) return true;
    return isOwn(parts.slice(at + 1)) && isWorkspaceFolder(folder, separator, look);
  });
}
