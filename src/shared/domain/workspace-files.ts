import { isSandboxId } from './target.ts';

/** Files that only a workspace has, in its folder. */
const marks = ['frames.sqlite', 'head.json', 'damaged.json', 'restoring.json', 'backups.place.json'];
/** Files of a workspace that another program may have too, or that say nothing by themselves. */
const others = ['lock.sqlite', 'measures.json', 'search.sqlite', 'questions.sqlite'];

const starts = [...marks, ...others];
const ownFolders = /^(backups|golden|sandboxes|holders|documents)$/i;
const elsewhere = /^frames-backups-/i;
/** A backup's id: the UTC moment at which it was begun, numbered where another was begun in the same millisecond. */
export const backupId = /^\d{8}T\d{9}Z(?:-\d{1,6})?$/;
/** The file of a backup, with its id. */
export const backupInFile = /^(\d{8}T\d{9}Z(?:-\d{1,6})?)\.frames$/;
const goldenVersion = /^[1-9]\d{0,5}\.frames$/;
const sandboxFile = /^(.+)\.sqlite$/;

/** Whether a file in the folder of a workspace is its own, whatever SQLite adds to the name; not every system tells large letters from small. */
export function isOwnName(name: string): boolean {
  const small = name.toLowerCase();
  return starts.some((start) => small.startsWith(start));
}

/** The id of the sandbox whose file is called so; null for any other. */
export function sandboxIn(name: string): string | null {
  const id = sandboxFile.exec(name)?.[1] ?? '';
  return isSandboxId(id) ? id : null;
}

const isOwn = ([first = '', ...more]: readonly string[]): boolean =>
  more.length === 0 ? isOwnName(first) : ownFolders.test(first);

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
  const at = (...parts: string[]): string => [folder, ...parts].join(separator);
  const holdsSandboxes = (...parts: string[]): boolean =>
    names(at(...parts)).some((name) => sandboxIn(name) !== null);
  return (
    marks.some((name) => isThere(at(name))) ||
    holdsBackups(names(at('backups'))) ||
    holdsSandboxes('sandboxes') ||
    holdsSandboxes('sandboxes', 'trash') ||
    names(at('golden')).some((name) => goldenVersion.test(name))
  );
}

/** As `isWorkspaceFolder`, for who would make a workspace there: any folder of sandboxes counts. */
export function wasWorkspace(folder: string, separator: string, look: Look): boolean {
  return look.isThere(`${folder}${separator}sandboxes`) || isWorkspaceFolder(folder, separator, look);
}

const holdsBackups = (names: readonly string[]): boolean => names.some((name) => backupInFile.test(name));

/** Whether a file is, or would be, what some workspace consists of, whichever that is: by its real path. */
export function isOfWorkspace(path: string, separator: string, look: Look): boolean {
  const parts = path.split(separator);
  return parts.slice(0, -1).some((name, at) => {
    const folder = parts.slice(0, at + 1).join(separator);
    if (elsewhere.test(name) && holdsBackups(look.names(folder))) return true;
    return isOwn(parts.slice(at + 1)) && isWorkspaceFolder(folder, separator, look);
  });
}
