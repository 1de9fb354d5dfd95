import { lstatSync, openSync, readSync } from 'node:fs';
import { Fault } from '#shared/contract/faults.ts';
import { troubleOf, unchanged } from '../kernel/db/file-errors.ts';

/**
 * A file for reading; null where there is none, and where a folder, link or pipe is in its place: a pipe would keep us waiting for ever.
 * Throws WORKSPACE where the system does not give it out.
 */
export function openPlain(path: string): number | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? openSync(path, 'r') : null;
  } catch (error) {
    const trouble = troubleOf(error);
    if (!trouble) throw error;
    throw new Fault('WORKSPACE', unchanged(trouble.message), { reason: trouble.reason });
  }
}

/** Fills `room` with what a file has from `position` on. False where it ends before, or the disk does not give all of that out. */
export function fills(file: number, room: Buffer, position: number): boolean {
  try {
    return readSync(file, room, 0, room.length, position) === room.length;
  } catch {
    return false;
  }
}
