import { accessSync, constants } from 'node:fs';
import { basename, dirname } from 'node:path';

/** What keeps a workspace from being read or written, in a word and in a sentence. */
export interface Trouble {
  reason: 'read_only' | 'read_only_folder' | 'full' | 'unreadable' | 'damaged' | 'foreign';
  message: string;
}

const readOnly: Trouble = {
  reason: 'read_only',
  message:
    'The workspace cannot be written: the system gives access to its folder for reading only. Nothing was changed.',
};
const full: Trouble = {
  reason: 'full',
  message: 'The disk is full. Nothing was changed. Free up space and try again.',
};
const fullToRead: Trouble = {
  reason: 'full',
  message:
    'The disk is full, and FRAMES needs a little room beside frames.sqlite even to read it. Nothing was changed; make room and try again.',
};
const unreadable: Trouble = {
  reason: 'unreadable',
  message: 'The workspace cannot be opened: permission to its folder or a file in it was denied.',
};
const readOnlyFolder: Trouble = {
  reason: 'read_only_folder',
  message:
    'The workspace cannot be opened: its folder can only be read, and FRAMES has to write beside frames.sqlite even to read it. Allow writing there, or copy the folder to where you may write.',
};
const broken: Trouble = {
  reason: 'unreadable',
  message: 'The disk failed to read or write the workspace. Nothing was changed.',
};
const damaged: Trouble = { reason: 'damaged', message: 'frames.sqlite is damaged: SQLite cannot read it.' };
const foreign: Trouble = {
  reason: 'foreign',
  message: 'frames.sqlite is not a database, or its header is corrupt.',
};

/** Codes of SQLite (by their beginning) and of the system; the first that fits counts. */
const known: readonly (readonly [code: string, trouble: Trouble])[] = [
  ['SQLITE_READONLY', readOnly],
  ['EROFS', readOnly],
  ['SQLITE_FULL', full],
  ['SQLITE_IOERR_SHMSIZE', full],
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['SQLITE_CANTOPEN', unreadable],
  ['SQLITE_PERM', unreadable],
  ['EACCES', unreadable],
  ['EPERM', unreadable],
  ['SQLITE_IOERR', broken],
  ['EIO', broken],
  ['SQLITE_CORRUPT', damaged],
  ['SQLITE_NOTADB', foreign],
];

/** What is in the way of changing something, with the word that nothing was changed where it does not say so itself. */
export const unchanged = (message: string): string =>
  message.includes('Nothing was changed') ? message : `${message} Nothing was changed.`;

/** A sentence about the live file, said of another one. */
export function messageFor(file: string, message: string): string {
  return message.replaceAll('frames.sqlite', basename(file));
}

/** The trouble behind an error of SQLite or the system; null for any other error, which is a fault of ours. */
export function troubleOf(error: unknown): Trouble | null {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return null;
  // Nothing that is no JSON is ever written to a row, nor given to SQLite.
  if (code === 'SQLITE_ERROR' && String(message).startsWith('malformed JSON')) return damaged;
  return known.find(([beginning]) => code.startsWith(beginning))?.[1] ?? null;
}

/** As `troubleOf`, of a file that was to be opened: where its folder can only be read, or has no room, that is what is in the way. */
export function troubleOpening(error: unknown, file: string): Trouble | null {
  const trouble = troubleOf(error);
  if (trouble === full) return fullToRead;
  const refused = trouble === unreadable || trouble === readOnly;
  return refused && isOnlyRead(dirname(file), file) ? readOnlyFolder : trouble;
}

function isOnlyRead(folder: string, file: string): boolean {
  const { R_OK, W_OK, X_OK } = constants;
  return may(folder, R_OK | X_OK) && may(file, R_OK) && !may(folder, W_OK);
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
