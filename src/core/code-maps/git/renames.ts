import { posix } from 'node:path';
import type { PathChange } from './log-parser.ts';

export interface Rename {
  from: string;
  to: string;
}

interface NamedContent {
  id: string;
  path: string;
}

/** What a deleted and an added file have in common, best first. */
const keys = [
  ({ id, path }: NamedContent): string => `${id} ${posix.basename(path)}`,
  ({ id }: NamedContent): string => id,
];

/**
 * Renames within one commit: a deleted and an added path of equal contents, those of the same base name first, then in the order of changes,
 * so that the files of a moved folder stay apart. Takes time in proportion to the number of changes. Renamed and edited files are not found,
 * because their contents would have to be compared.
 */
export function findRenames(changes: readonly PathChange[]): Rename[] {
  const of = (kind: string, content: 'oldId' | 'newId'): NamedContent[] =>
    changes.flatMap(({ status, path, [content]: id }) => (status === kind ? [{ id, path }] : []));
  let deleted = of('D', 'oldId');
  if (deleted.length === 0) return [];
  let added = of('A', 'newId');
  const renames: Rename[] = [];
  for (const keyOf of keys) {
    // The first one is at the end, where it is taken in no time.
    const deletedByKey = Map.groupBy(deleted.toReversed(), keyOf);
    const paired = new Set<NamedContent>();
    added = added.filter((file) => {
      const from = deletedByKey.get(keyOf(file))?.pop();
      if (from === undefined) return true;
      paired.add(from);
      renames.push({ from: from.path, to: file.path });
      return false;
    });
    deleted = deleted.filter((file) => !paired.has(file));
  }
  return renames;
}
