import { copyToNewFileSync } from '#files/replace-file.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { openConnection } from '../../kernel/db/connection.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { reserveTemporaryCopy } from '../../kernel/db/temporary-copy.ts';
import { troubleOf } from '../../kernel/db/file-errors.ts';
import type { Log } from '../../kernel/logger.ts';
import { readRecordedHead, readHead, isInLog } from './head.ts';
import type { Head } from './head.ts';

type DatabaseFiles = Pick<WorkspaceFiles, 'data' | 'head' | 'live'>;

/**
 * Whether the WAL belongs to another file; SQLite would apply it anyway and mix pages of both. True if the audit with the WAL applied
 * contains neither the recorded head nor the file's head without the WAL. False without a recorded head, and while other processes write
 * the WAL, because their WAL continues the file. Call before opening the file for writing; changes nothing.
 */
export function hasForeignWal(files: DatabaseFiles, log: Log): boolean {
  const recordedHead = readRecordedHead(files.head);
  if (recordedHead === null || !isNonEmptyFile(`${files.data}-wal`) || !isNonEmptyFile(files.data))
    return false;
  if (containsHead(files.data, recordedHead, log)) return false;
  const ownHead = readWithoutWal(files, log, readHead);
  return ownHead !== null && !containsHead(files.data, ownHead, log);
}

/** Whether the path is a non-empty regular file. SQLite deletes a WAL next to an empty file. */
function isNonEmptyFile(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size > 0;
}

/** Throws WORKSPACE if the WAL is foreign: `strange_log` for live, `damaged` for a sandbox. */
export function refuseForeignWal(files: DatabaseFiles, log: Log): void {
  if (hasForeignWal(files, log)) throw foreignWalFault(files);
}

export function foreignWalFault({ data, live }: Pick<DatabaseFiles, 'data' | 'live'>): Fault<'WORKSPACE'> {
  const file = basename(data);
  if (data === live) return workspaceFault('strange_log', { file });
  return workspaceFault('damaged', { file, why: clause('moveSandboxLog') });
}

/** Whether the log of the file contains the head; false if the file is corrupt. */
function containsHead(file: string, head: Head, log: Log): boolean {
  return readDatabase(file, log, (db) => isInLog(db, head)) ?? false;
}

/** Reads a copy of the file without its WAL; null if the file is corrupt. */
export function readWithoutWal<R>(
  { live, data }: DatabaseFiles,
  log: Log,
  read: (db: ReadHandle) => R,
): R | null {
  const copy = reserveTemporaryCopy(dirname(live), randomUUID());
  try {
    copyToNewFileSync(data, copy.data);
    return readDatabase(copy.data, log, read);
  } finally {
    copy.remove();
  }
}

/** Reads a file; null if the file is corrupt. A read-only connection does not change the WAL. */
function readDatabase<R>(file: string, log: Log, read: (db: ReadHandle) => R): R | null {
  try {
    using db = openConnection(file, { mode: 'read', log });
    return read(db);
  } catch (error) {
    const { code } = error as { code?: unknown };
    const reason = troubleOf(error)?.reason;
    if (code === 'SQLITE_ERROR' || reason === 'damaged' || reason === 'foreign') return null;
    throw error;
  }
}
