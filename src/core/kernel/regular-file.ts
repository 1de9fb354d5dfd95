import { replaceFileSync } from '#files/replace-file.ts';
import { readTextSync } from '#files/open-file.ts';
import { clause } from '#shared/texts/sentence.ts';
import { lstatSync } from 'node:fs';
import { basename } from 'node:path';
import { workspaceFault } from '#shared/contract/faults.ts';

/** Throws WORKSPACE (`unreadable`) for a pipe, device, link or folder: reading can block, and writing can change another file. */
export function refuseIrregular(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat || stat.isFile()) return;
  const otherKind = stat.isSymbolicLink() ? 'isLink' : 'isPipe';
  const why = clause(stat.isDirectory() ? 'isFolder' : otherKind);
  throw workspaceFault('unreadable', { file: basename(path), why });
}

/** Like `refuseIrregular`, for a database and its SQLite sidecar files. */
export function refuseIrregularDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) refuseIrregular(`${file}${suffix}`);
}

/** Reads a small file of the workspace. Throws WORKSPACE if it is not a regular file, and the system's errors. */
export function readSmallFile(path: string): string {
  refuseIrregular(path);
  return readTextSync(path);
}

/** Replaces a small file of the workspace, durably with `fsync`. Throws like `readSmallFile`. */
export function writeSmallFile(
  path: string,
  text: string,
  { fsync = false }: { fsync?: boolean } = {},
): void {
  refuseIrregular(path);
  replaceFileSync(path, text, { fsync });
}
