import { lstatSync, readSync } from 'node:fs';
import { openFileSync } from '#files/open-file.ts';
import { troubleFault, troubleOf } from '../kernel/db/file-errors.ts';

/**
 * Opens a plain file for reading; null if there is none, or a folder, link or pipe (reading a pipe could block). Throws WORKSPACE if the
 * system refuses.
 */
export function openRegularFile(path: string): number | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? openFileSync(path) : null;
  } catch (error) {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    throw troubleFault(trouble, path);
  }
}

/** Fills `buffer` from `position`. False if the file ends before or the disk fails. */
export function fillBuffer(file: number, buffer: Buffer, position: number): boolean {
  try {
    return readSync(file, buffer, 0, buffer.length, position) === buffer.length;
  } catch {
    return false;
  }
}
