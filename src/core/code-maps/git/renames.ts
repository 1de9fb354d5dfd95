import { posix } from 'node:path';
import type { PathChange } from './log-parser.ts';

export interface Rename {
  from: string;
  to: string;
}

/**
 * Renames within one commit: a deleted and an added path of equal contents, those of the same base name first. Takes time in proportion to
 * the number of changes. Renamed and edited files are not found, because their contents would have to be compared.
 */
export function findRenames(changes: readonly PathChange[]): Rename[] {
  const deletedById = new Map<string, Map<string, string[]>>();
  for (const { status, oldId, path } of changes) {
    if (status !== 'D') continue;
    const byBase = deletedById.get(oldId) ?? new Map<string, string[]>();
    deletedById.set(oldId, byBase);
    const base = posix.basename(path);
    const paths = byBase.get(base);
    if (paths) paths.push(path);
    else byBase.set(base, [path]);
  }
  const renames: Rename[] = [];
  const unpaired: PathChange[] = [];
  for (const change of changes) {
    if (change.status !== 'A' || !deletedById.has(change.newId)) continue;
    const from = deletedById.get(change.newId)?.get(posix.basename(change.path))?.pop();
    if (from === undefined) unpaired.push(change);
    else renames.push({ from, to: change.path });
  }
  for (const { newId, path } of unpaired) {
    const byBase = deletedById.get(newId);
    for (const [base, paths] of byBase ?? []) {
      const from = paths.pop();
      if (paths.length === 0) byBase?.delete(base);
      if (from === undefined) continue;
      renames.push({ from, to: path });
      break;
    }
  }
  return renames;
}
