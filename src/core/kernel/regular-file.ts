import { lstatSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { sync as writeFileAtomicSync } from 'write-file-atomic';
import { Fault } from '#shared/contract/faults.ts';

/**
 * Refuses a pipe, device, link or folder where a file of the workspace should be: reading one may wait for ever, writing may go elsewhere. What is
 * missing passes. Throws WORKSPACE, reason unreadable, naming the file.
 */
export function refuseIrregular(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat || stat.isFile()) return;
  const kind = stat.isDirectory() ? 'a folder' : stat.isSymbolicLink() ? 'a link' : 'a pipe or device';
  const message = `${basename(path)} is ${kind}, not a file: move it away and try again. Nothing was changed.`;
  throw new Fault('WORKSPACE', message, { reason: 'unreadable' });
}

/** As `refuseIrregular` for a database and what SQLite keeps beside it. */
export function refuseIrregularDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) refuseIrregular(`${file}${suffix}`);
}

/** The text of a small file of the workspace. Throws WORKSPACE for what is no regular file, and what the system throws. */
export function readTextFile(path: string): string {
  refuseIrregular(path);
  return readFileSync(path, 'utf8');
}

/** Replaces a small file of the workspace; `durable` waits until it is on the disk. Throws as `readTextFile`. */
export function writeTextFile(path: string, text: string, durable = false): void {
  refuseIrregular(path);
  writeFileAtomicSync(path, text, { fsync: durable });
}
