/** Files that only a workspace has, in its folder. */
export const workspaceMarks = [
  'frames.sqlite',
  'head.json',
  'damaged.json',
  'restoring.json',
  'backups.place.json',
] as const;

/** What the files of a workspace are called, whatever SQLite adds to it; not every system tells large letters from small. */
const own =
  /^(frames\.sqlite|lock\.sqlite|head\.json|damaged\.json|restoring\.json|backups\.(place|former)\.json)/i;
/** Folders in which all is what a workspace consists of. */
const ownFolders = /^(backups|golden|sandboxes|holders)$/i;
/** Folders of backups that lie elsewhere. */
const elsewhere = /^frames-backups-/i;
/** What the folders of single backups are called. */
const backup = /^\d{8}T\d{9}Z(-\d{1,6})?$/;

const isOwn = ([first = '', ...more]: readonly string[]): boolean =>
  more.length === 0 ? own.test(first) : ownFolders.test(first);

/** Whether a file is what a workspace consists of, by its path from the workspace's folder, in parts. */
export function isWorkspaceFile(parts: readonly string[]): boolean {
  return parts.some((one) => elsewhere.test(one)) || isOwn(parts);
}

/** How to look at a disk. Both never throw. */
export interface Look {
  isThere: (path: string) => boolean;
  /** Names in a folder; none where it cannot be read. */
  names: (folder: string) => readonly string[];
}

/** Whether a workspace is in the folder, also one whose file is gone. */
export function isWorkspaceFolder(folder: string, separator: string, { isThere, names }: Look): boolean {
  const at = (name: string): string => `${folder}${separator}${name}`;
  return workspaceMarks.some((name) => isThere(at(name))) || holdsBackups(names(at('backups')));
}

const holdsBackups = (names: readonly string[]): boolean => names.some((name) => backup.test(name));

/** Whether a file is, or would be, what some workspace consists of, whichever that is: by its real path. */
export function isOfWorkspace(path: string, separator: string, look: Look): boolean {
  const parts = path.split(separator);
  return parts.slice(0, -1).some((name, at) => {
    const folder = parts.slice(0, at + 1).join(separator);
    if (elsewhere.test(name) && holdsBackups(look.names(folder))) return true;
    return isOwn(parts.slice(at + 1)) && isWorkspaceFolder(folder, separator, look);
  });
}
