import { lstatSync, openSync, readSync } from 'node:fs';
import { troubleFault, troubleOf } from '../kernel/db/file-errors.ts';

/**
 * Opens a plain file for reading; null if there is none, or a folder, link or pipe (reading a pipe could block). Throws WORKSPACE if the
 * system refuses.
 */
export function openPlain(path: string): number | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? openSync(path, 'r') : null;
  } catch (error) {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    throw troubleFault(trouble, path);
  }
}

/** Fills `room` from `position`. False if the file ends before or the disk fails. */
export function fillBuffer(file: number, room: Buffer, position: number): boolean {
  try {
    return readSync(file, room, 0, room.length, position) === room.length;
  } catch {
    return false;
  }
}
