import { lstatSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { refuseIrregularDatabase } from '../regular-file.ts';
import { isBusy } from './begin-immediate.ts';
import { applicationId } from './files.ts';
import { messageFor, troubleOpening } from './file-errors.ts';
import type { Trouble } from './file-errors.ts';

export type Inspection =
  | { kind: 'missing' }
  | { kind: 'ours'; version: number }
  | { kind: 'bad'; reason: 'empty' | Exclude<Trouble['reason'], 'read_only'>; message: string };

type Bad = Extract<Inspection, { kind: 'bad' }>;
const bad = (reason: Bad['reason'], message: string): Bad => ({ kind: 'bad', reason, message });

/** Inspects a database file that others may have open; only rolls back a crash's journal. The folder must be writable. */
export function inspect(file: string): Inspection {
  const inspection = inspectFile(file);
  return inspection.kind === 'bad'
    ? bad(inspection.reason, messageFor(file, inspection.message))
    : inspection;
}

function inspectFile(file: string): Inspection {
  try {
    const stat = lstatSync(file);
    if (!stat.isFile()) return bad('foreign', 'frames.sqlite is not a file.');
    refuseIrregularDatabase(file);
    if (stat.size === 0) return bad('empty', 'frames.sqlite is empty: it holds no workspace.');
  } catch (error) {
    if (isFault(error)) return bad('unreadable', error.message);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return { kind: 'missing' };
    return bad('unreadable', 'frames.sqlite cannot be read: permission denied.');
  }
  let db: Database.Database | undefined;
  try {
    db = openToInspect(file, true);
    const version = versionIn(db);
    if (version === null)
      return bad('foreign', 'frames.sqlite is a database of another program, not a FRAMES workspace.');
    return { kind: 'ours', version };
  } catch (error) {
    return describeBadFile(error, file);
  } finally {
    db?.close();
  }
}

/** Opens the file and reads from it. Rolling back a hot journal needs a writable connection, so the second attempt is writable. */
function openToInspect(file: string, readonly: boolean): Database.Database {
  const db = new Database(file, { readonly, fileMustExist: true, timeout: 2000 });
  try {
    versionIn(db);
    return db;
  } catch (error) {
    db.close();
    if (readonly && (error as { code?: unknown }).code === 'SQLITE_READONLY_ROLLBACK')
      return openToInspect(file, false);
    throw error;
  }
}

function versionIn(db: Database.Database): number | null {
  if (db.pragma('application_id', { simple: true }) !== applicationId) return null;
  return Number(db.pragma('user_version', { simple: true }));
}

/** Converts an error from opening a workspace file to a declared fault. Returns other errors unchanged. */
export function explainOpening(error: unknown, file: string): unknown {
  if (isBusy(error)) return busy('is in use');
  const code = (error as { code?: unknown } | null)?.code;
  const isSqliteError = typeof code === 'string' && code.startsWith('SQLITE_');
  const trouble = troubleOpening(error, file) ?? (isSqliteError ? describeBadFile(error, file) : null);
  return trouble
    ? new Fault('WORKSPACE', messageFor(file, trouble.message), { reason: trouble.reason })
    : error;
}

export function busy(state: string): Fault<'BUSY'> {
  const message = `The workspace ${state}. Nothing was changed; try again.`;
  return new Fault('BUSY', message, { holder: null, waited_ms: 0 });
}

function describeBadFile(error: unknown, file: string): Bad {
  const trouble = troubleOpening(error, file);
  if (trouble) return bad(trouble.reason === 'read_only' ? 'unreadable' : trouble.reason, trouble.message);
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_ERROR') return bad('damaged', 'frames.sqlite is damaged: a part of it is missing.');
  return bad('unreadable', `frames.sqlite cannot be opened (${code || 'unknown reason'}).`);
}
