import { accessSync, constants } from 'node:fs';
import { basename, dirname } from 'node:path';

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

/** Prefixes of SQLite's and the system's error codes; the first match counts. */
const troubleByCode: readonly (readonly [code: string, trouble: Trouble])[] = [
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

export const unchanged = (message: string): string =>
  message.includes('Nothing was changed') ? message : `${message} Nothing was changed.`;

export function messageFor(file: string, message: string): string {
  return message.replaceAll('frames.sqlite', basename(file));
}

/** Returns the trouble for an error of SQLite or the system; null for any other error, which is a bug of ours. */
export function troubleOf(error: unknown): Trouble | null {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return null;
  // We only write valid JSON, so malformed JSON in a row means corruption.
  if (code === 'SQLITE_ERROR' && String(message).startsWith('malformed JSON')) return damaged;
  return troubleByCode.find(([beginning]) => code.startsWith(beginning))?.[1] ?? null;
}

/** Like `troubleOf`, for a file being opened: recognises a read-only folder and a full disk as the cause. */
export function troubleOpening(error: unknown, file: string): Trouble | null {
  const trouble = troubleOf(error);
  if (trouble === full) return fullToRead;
  const refused = trouble === unreadable || trouble === readOnly;
  return refused && isFolderReadOnly(dirname(file), file) ? readOnlyFolder : trouble;
}

function isFolderReadOnly(folder: string, file: string): boolean {
  const { R_OK, W_OK, X_OK } = constants;
  return canAccess(folder, R_OK | X_OK) && canAccess(file, R_OK) && !canAccess(folder, W_OK);
}

function canAccess(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
