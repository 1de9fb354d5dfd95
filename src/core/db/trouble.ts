import { basename } from 'node:path';

/** What keeps a workspace from being read or written, in a word and in a sentence. */
export interface Trouble {
  reason: 'read_only' | 'full' | 'unreadable' | 'damaged' | 'foreign';
  message: string;
}

const readOnly: Trouble = {
  reason: 'read_only',
  message:
    'The workspace cannot be written: the system gives access to its folder for reading only. Nothing was changed.',
};
const full: Trouble = {
  reason: 'full',
  message: 'The disk is full. Nothing was changed; make room and try again.',
};
const unreadable: Trouble = {
  reason: 'unreadable',
  message: 'The workspace cannot be opened: the system refuses access to its folder or a file in it.',
};
const broken: Trouble = {
  reason: 'unreadable',
  message: 'The disk did not read or write the workspace as it should. Nothing was changed.',
};
const damaged: Trouble = { reason: 'damaged', message: 'frames.sqlite is damaged: SQLite cannot read it.' };
const foreign: Trouble = {
  reason: 'foreign',
  message: 'frames.sqlite is not a database, or its beginning is damaged.',
};

/** Codes of SQLite (by their beginning) and of the system; the first that fits counts. */
const known: readonly (readonly [code: string, trouble: Trouble])[] = [
  ['SQLITE_READONLY', readOnly],
  ['EROFS', readOnly],
  ['SQLITE_FULL', full],
  ['SQLITE_IOERR_SHMSIZE', full],
  ['ENOSPC', full],
  ['SQLITE_CANTOPEN', unreadable],
  ['SQLITE_PERM', unreadable],
  ['EACCES', unreadable],
  ['EPERM', unreadable],
  ['SQLITE_IOERR', broken],
  ['EIO', broken],
  ['SQLITE_CORRUPT', damaged],
  ['SQLITE_NOTADB', foreign],
];

/** A sentence about the live file, said of another one. */
export function saidOf(file: string, message: string): string {
  return message.replaceAll('frames.sqlite', basename(file));
}

/** The trouble behind an error of SQLite or the system; null for any other error, which is a fault of ours. */
export function troubleOf(error: unknown): Trouble | null {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return null;
  return known.find(([beginning]) => code.startsWith(beginning))?.[1] ?? null;
}
