import { lstatSync, openSync } from 'node:fs';

/** A file for reading; null where there is none, and where a folder, link or pipe is in its place: a pipe would keep us waiting for ever. */
export function openPlain(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? openSync(path, 'r') : null;
}
