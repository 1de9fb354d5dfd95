import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readGitHistory } from './git-history.ts';
import { readHistory } from './history.ts';
import type { History } from './history.ts';
import type { NamedHistory } from './observe-history.ts';
import type { Split } from './observations.ts';

/** The histories that come with the project, and the half of the bench that they are in. */
export const shippedHistories: readonly { name: string; split: Split }[] = [
  { name: 'keystone', split: 'held' },
  { name: 'nova', split: 'chosen by' },
  { name: 'cinder', split: 'chosen by' },
];

export const readShippedHistories = (): NamedHistory[] =>
  shippedHistories.map(({ name, split }) => ({
    name,
    split,
    history: openHistory(join(import.meta.dirname, 'histories', `${name}.tsv.gz`)),
  }));

/** A history of the user. FRAMES was not chosen by it, so it is held. */
export const readGivenHistory = (path: string): NamedHistory => ({
  name: basename(path).replace(/\.tsv(\.gz)?$/, ''),
  split: 'held',
  history: openHistory(path),
});

/** The history of a git folder, or of a file of numbers, compressed or not. Throws an error that names the path. */
export function openHistory(path: string): History {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Error(`${path} does not exist.`);
  return stats.isDirectory() ? readGitHistory(path) : readHistory(readText(path), path);
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  if (!path.endsWith('.gz')) return bytes.toString();
  try {
    return gunzipSync(bytes).toString();
  } catch (error) {
    throw new Error(`${path} cannot be decompressed: ${(error as Error).message}.`, { cause: error });
  }
}
