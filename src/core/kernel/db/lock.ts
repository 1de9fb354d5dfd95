import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { refuseIrregularDatabase } from '../regular-file.ts';
import { isBusy } from './begin-immediate.ts';
import { troubleOf } from './file-errors.ts';

/**
 * The lock of a workspace: a small SQLite file of its own, so that it needs no native code and goes with its process. Whoever
 * has the workspace open holds it shared; replacing or migrating the live file takes it exclusively. What is no such file is refused as
 * WORKSPACE, reason unreadable.
 */
export interface WorkspaceLock {
  release(): void;
}

function open(file: string): Database.Database {
  refuseIrregularDatabase(file);
  const db = new Database(file, { timeout: 0 });
  db.pragma('journal_mode = DELETE');
  return db;
}

/** Holds the lock together with everybody else who has the workspace open. Throws BUSY while somebody replaces the file. */
export function lockShared(file: string, holder: () => string | null = () => null): WorkspaceLock {
  const take = (db: Database.Database): void => {
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_master').get();
  };
  return hold(file, take, holder);
}

/**
 * As `lockShared` for who only looks and leaves no trace: null where there is no lock, or the system gives it out to nobody. Throws BUSY.
 */
export function lockReading(file: string): WorkspaceLock | null {
  if (!existsSync(file)) return null;
  try {
    return lockShared(file);
  } catch (error) {
    if (troubleOf(error) || isForeignLock(error)) return null;
    throw error;
  }
}

/** Whether it was thrown because a lock is no file of ours. */
export const isForeignLock = (error: unknown): boolean => isFault(error) && error.code === 'WORKSPACE';

/** Holds the lock alone. Throws BUSY while anybody has the workspace open. */
export function lockExclusive(file: string, holder: () => string | null = () => null): WorkspaceLock {
  return hold(file, (db) => db.exec('BEGIN EXCLUSIVE'), holder);
}

function strangeLock(file: string): Fault {
  const message = `${basename(file)} is not what FRAMES keeps there: close every window of the workspace, move that file away and try again. Nothing was changed.`;
  return new Fault('WORKSPACE', message, { reason: 'unreadable' });
}

function hold(
  file: string,
  take: (db: Database.Database) => void,
  holder: () => string | null,
): WorkspaceLock {
  let db: Database.Database | undefined;
  try {
    db = open(file);
    take(db);
  } catch (error) {
    db?.close();
    const reason = troubleOf(error)?.reason;
    if (reason === 'foreign' || reason === 'damaged') throw strangeLock(file);
    if (!isBusy(error)) throw error;
    const who = holder();
    throw new Fault('BUSY', `The workspace is in use${who ? ` by ${who}` : ''}. Nothing was changed.`, {
      holder: who,
      waited_ms: 0,
    });
  }
  const held = db;
  return { release: () => held.close() };
}
