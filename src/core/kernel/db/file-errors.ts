import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import type { WorkspaceReason } from '#shared/contract/reasons.ts';
import { accessSync, constants } from 'node:fs';
import { basename, dirname } from 'node:path';

export interface Trouble {
  reason: 'read_only' | 'read_only_folder' | 'full' | 'unreadable' | 'damaged' | 'foreign';
  why?: Sentence;
}

const readOnlyTrouble: Trouble = { reason: 'read_only' };
const diskFull: Trouble = { reason: 'full' };
const diskFullOnOpen: Trouble = { reason: 'full', why: clause('roomToRead') };
const unreadableTrouble: Trouble = { reason: 'unreadable', why: clause('permission') };
const irregularTrouble: Trouble = { reason: 'unreadable', why: clause('notRegular') };
const readOnlyFolder: Trouble = { reason: 'read_only_folder' };
const diskFailed: Trouble = { reason: 'unreadable', why: clause('diskFailed') };
const damagedTrouble: Trouble = { reason: 'damaged', why: clause('sqliteRefuses') };
const foreignTrouble: Trouble = { reason: 'foreign', why: clause('badHeader') };

/** Prefixes of SQLite's and the system's error codes; the first match counts. */
const troubleByCode: readonly (readonly [code: string, trouble: Trouble])[] = [
  ['SQLITE_READONLY', readOnlyTrouble],
  ['EROFS', readOnlyTrouble],
  ['SQLITE_FULL', diskFull],
  ['SQLITE_IOERR_SHMSIZE', diskFull],
  ['ENOSPC', diskFull],
  ['EDQUOT', diskFull],
  ['SQLITE_CANTOPEN', unreadableTrouble],
  ['SQLITE_PERM', unreadableTrouble],
  ['EACCES', unreadableTrouble],
  ['EPERM', unreadableTrouble],
  ['NOT_REGULAR', irregularTrouble],
  ['SQLITE_IOERR', diskFailed],
  ['EIO', diskFailed],
  ['SQLITE_CORRUPT', damagedTrouble],
  ['SQLITE_NOTADB', foreignTrouble],
];

/** The declared error for trouble with `file`. */
export const troubleFault = (
  { reason, why }: { reason: WorkspaceReason; why?: Sentence | undefined },
  file: string,
): Fault<'WORKSPACE'> => workspaceFault(reason, { file: basename(file), why });

/** Returns the trouble for an error of SQLite or the system; null for any other error, which is a bug of ours. */
export function troubleOf(error: unknown): Trouble | null {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return null;
  // We only write valid JSON, so malformed JSON in a row means corruption.
  if (code === 'SQLITE_ERROR' && String(message).startsWith('malformed JSON')) return damagedTrouble;
  return troubleByCode.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
}

/** Like `troubleOf`, for opening a file: distinguishes a read-only folder, and a disk too full to open the file, as the cause. */
export function openingTroubleOf(error: unknown, file: string): Trouble | null {
  const trouble = troubleOf(error);
  if (trouble === diskFull) return diskFullOnOpen;
  const isAccessDenied = trouble === unreadableTrouble || trouble === readOnlyTrouble;
  return isAccessDenied && isFolderReadOnly(dirname(file), file) ? readOnlyFolder : trouble;
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
