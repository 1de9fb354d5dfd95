import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isSandboxId } from '#shared/domain/target.ts';

/** The file that makes a folder a workspace. */
const file = 'frames.sqlite';

/** What the files of a workspace are called, whatever SQLite adds to it; not every system tells large letters from small. */
const own = /^(frames\.sqlite|lock\.sqlite|head\.json|restoring\.json|backups\.place\.json)/i;
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

/** Whether a workspace is in the folder. */
export function holdsWorkspace(folder: string): boolean {
  return existsSync(join(folder, file));
}

const sandboxFile = /^(.+)\.sqlite$/;

/** Ids of the sandboxes that lie in the folder of a workspace, by the names of their files; none when it cannot be read. */
export function sandboxesIn(folder: string): string[] {
  try {
    const names = readdirSync(join(folder, 'sandboxes')).map((name) => sandboxFile.exec(name)?.[1] ?? '');
    return names.filter(isSandboxId);
  } catch {
    return [];
  }
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
