import { lstatSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { refuseIrregularDatabase } from '../regular-file.ts';
import { isBusy } from './begin-immediate.ts';
import { applicationId } from './files.ts';
import { messageFor, troubleOpening } from './file-errors.ts';
import type { Trouble } from './file-errors.ts';

/** What a file turns out to be, before anybody trusts it. */
export type Inspection =
  | { kind: 'missing' }
  | { kind: 'ours'; version: number }
  | { kind: 'bad'; reason: 'empty' | Exclude<Trouble['reason'], 'read_only'>; message: string };

type Bad = Extract<Inspection, { kind: 'bad' }>;
const bad = (reason: Bad['reason'], message: string): Bad => ({ kind: 'bad', reason, message });

/**
 * Looks at a database file through a connection that is closed again. It writes nothing but what a journal left by a crash takes back. A file in use by others may be
 * inspected; its own folder must be writable, because a database in WAL mode needs its shared memory beside it.
 */
export function inspect(file: string): Inspection {
  const found = look(file);
  return found.kind === 'bad' ? bad(found.reason, messageFor(file, found.message)) : found;
}

function look(file: string): Inspection {
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
    db = openToLook(file, true);
    const version = versionIn(db);
    if (version === null)
      return bad('foreign', 'frames.sqlite is a database of another program, not a FRAMES workspace.');
    return { kind: 'ours', version };
  } catch (error) {
    return explain(error, file);
  } finally {
    db?.close();
  }
}

/** Opens the file and reads from it. A journal that a crash left beside it is played back by who may write: that is SQLite's way of settling it. */
function openToLook(file: string, readonly: boolean): Database.Database {
  const db = new Database(file, { readonly, fileMustExist: true, timeout: 2000 });
  try {
    versionIn(db);
    return db;
  } catch (error) {
    db.close();
    if (readonly && (error as { code?: unknown }).code === 'SQLITE_READONLY_ROLLBACK')
      return openToLook(file, false);
    throw error;
  }
}

/** Its version, or null where the file is none of ours. */
function versionIn(db: Database.Database): number | null {
  if (db.pragma('application_id', { simple: true }) !== applicationId) return null;
  return Number(db.pragma('user_version', { simple: true }));
}

/** What SQLite and the system throw while a workspace's file is opened, as a declared error; anything else as it is. */
export function explainOpening(error: unknown, file: string): unknown {
  if (isBusy(error)) return busy('is in use');
  const code = (error as { code?: unknown } | null)?.code;
  const ofSqlite = typeof code === 'string' && code.startsWith('SQLITE_');
  const trouble = troubleOpening(error, file) ?? (ofSqlite ? explain(error, file) : null);
  return trouble
    ? new Fault('WORKSPACE', messageFor(file, trouble.message), { reason: trouble.reason })
    : error;
}

/** BUSY, when nobody knows who it is. */
export function busy(what: string): Fault<'BUSY'> {
  const message = `The workspace ${what}. Nothing was changed; try again.`;
  return new Fault('BUSY', message, { holder: null, waited_ms: 0 });
}

function explain(error: unknown, file: string): Bad {
  const trouble = troubleOpening(error, file);
  if (trouble) return bad(trouble.reason === 'read_only' ? 'unreadable' : trouble.reason, trouble.message);
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_ERROR') return bad('damaged', 'frames.sqlite is damaged: a part of it is missing.');
  return bad('unreadable', `frames.sqlite cannot be opened (${code || 'unknown reason'}).`);
}
