import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { sandboxIn, wasWorkspace } from '#shared/domain/workspace-files.ts';
import type { Look } from '#shared/domain/workspace-files.ts';

const harmless = /^(\.DS_Store|\.directory|Thumbs\.db|desktop\.ini)$/i;

/** Also true if only the database file is missing: it can be recovered. Must match `refuseForeignFolder` in core. */
export function holdsWorkspace(folder: string): boolean {
  return wasWorkspace(folder, sep, fileSystemLook);
}

/** True for a dangling link and for a path that the system refuses to read; opening it reports why. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}

export const fileSystemLook: Look = { isThere, names: (folder) => namesIn(folder) ?? [] };

/** Empty if the folder does not exist, null if it is unreadable. */
function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : null;
  }
}

/** Ids of the sandboxes in a workspace and its trash, from file names. Null if the folder is unreadable or missing. */
export function sandboxesIn(folder: string): string[] | null {
  const place = join(folder, 'sandboxes');
  const [here, discarded] = [place, join(place, 'trash')].map(namesIn);
  if (!here || !discarded || !existsSync(folder)) return null;
  return [...here, ...discarded].flatMap((name) => sandboxIn(name) ?? []);
}

/** Whether a workspace can be created here: the folder is missing or empty. False if it is unreadable. */
export function isFree(folder: string): boolean {
  if (!existsSync(folder)) return true;
  try {
    return readdirSync(folder).every((entry) => harmless.test(entry));
  } catch {
    return false;
  }
}
