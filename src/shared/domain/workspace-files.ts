import { isSandboxId } from './target.ts';

const identifyingFiles = [
  'frames.sqlite',
  'head.json',
  'damaged.json',
  'restoring.json',
  'backups.place.json',
];
/** Files of a workspace that other programs can have too, or that do not identify a workspace. */
const ambiguousFiles = ['lock.sqlite', 'measures.json', 'search.sqlite', 'questions.sqlite'];

const filePrefixes = [...identifyingFiles, ...ambiguousFiles];
const folderPattern = /^(backups|golden|sandboxes|holders|documents)$/i;
const externalBackupsPattern = /^frames-backups-/i;
/** A backup id: its UTC start time, numbered if another backup started in the same millisecond. */
export const backupIdPattern = /^\d{8}T\d{9}Z(?:-\d{1,6})?$/;
export const backupFilePattern = /^(\d{8}T\d{9}Z(?:-\d{1,6})?)\.frames$/;
const goldenFilePattern = /^[1-9]\d{0,5}\.frames$/;
const sandboxFilePattern = /^(.+)\.sqlite$/;

/** Whether a file name belongs to a workspace, including SQLite's suffixes. Ignores case, because some file systems do. */
export function isWorkspaceFileName(name: string): boolean {
  const lowerName = name.toLowerCase();
  return filePrefixes.some((prefix) => lowerName.startsWith(prefix));
}

/** The id of the sandbox with this file name; null for other files. */
export function sandboxIdOf(name: string): string | null {
  const id = sandboxFilePattern.exec(name)?.[1] ?? '';
  return isSandboxId(id) ? id : null;
}

const isWorkspacePath = ([first = '', ...innerParts]: readonly string[]): boolean =>
  innerParts.length === 0 ? isWorkspaceFileName(first) : folderPattern.test(first);

/** Whether a file is part of a workspace, by its path segments relative to the workspace folder. */
export function isWorkspaceFile(parts: readonly string[]): boolean {
  return parts.some((part) => externalBackupsPattern.test(part)) || isWorkspacePath(parts);
}

export interface FolderReader {
  exists: (path: string) => boolean;
  /** Names in a folder; empty if it cannot be read. */
  listNames: (folder: string) => readonly string[];
}

/** Whether the folder holds a workspace, even if its main file is missing. */
export function isWorkspaceFolder(
  folder: string,
  separator: string,
  { exists, listNames }: FolderReader,
): boolean {
  const pathOf = (...parts: string[]): string => [folder, ...parts].join(separator);
  const holdsSandboxes = (...parts: string[]): boolean =>
    listNames(pathOf(...parts)).some((name) => sandboxIdOf(name) !== null);
  return (
    identifyingFiles.some((name) => exists(pathOf(name))) ||
    hasBackups(listNames(pathOf('backups'))) ||
    holdsSandboxes('sandboxes') ||
    holdsSandboxes('sandboxes', 'trash') ||
    listNames(pathOf('golden')).some((name) => goldenFilePattern.test(name))
  );
}

/** Like `isWorkspaceFolder`, but stricter for a new workspace: any sandbox folder counts. */
export function hasWorkspaceTraces(folder: string, separator: string, reader: FolderReader): boolean {
  return reader.exists(`${folder}${separator}sandboxes`) || isWorkspaceFolder(folder, separator, reader);
}

const hasBackups = (names: readonly string[]): boolean => names.some((name) => backupFilePattern.test(name));

/** Whether a file is or would be part of any workspace, by its real path. */
export function isInWorkspace(path: string, separator: string, reader: FolderReader): boolean {
  const parts = path.split(separator);
  return parts.slice(0, -1).some((name, index) => {
    const folder = parts.slice(0, index + 1).join(separator);
    if (externalBackupsPattern.test(name) && hasBackups(reader.listNames(folder))) return true;
    return isWorkspacePath(parts.slice(index + 1)) && isWorkspaceFolder(folder, separator, reader);
  });
}
