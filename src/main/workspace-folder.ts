import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { sandboxIn, wasWorkspace } from '#shared/domain/workspace-files.ts';
import type { Look } from '#shared/domain/workspace-files.ts';

const harmless = /^(\.DS_Store|\.directory|Thumbs\.db|desktop\.ini)$/i;

/** Whether a workspace is in the folder, also one whose file is gone, as core takes it (`refuseStrangers`): then it can be recovered. */
export function holdsWorkspace(folder: string): boolean {
  return wasWorkspace(folder, sep, look);
}

/** A link that leads nowhere is there too, and so is what the system refuses to look at: opening it says why. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}

/** How files of workspaces are looked for. */
export const look: Look = { isThere, names: (folder) => namesIn(folder) ?? [] };

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
  return [...here, ...discarded].flatMap((name) => sandboxIn(name) ?? []);
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
