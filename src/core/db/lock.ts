import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault } from '#shared/contract/faults.ts';
import { isBusy } from '../commands/begin.ts';
import { troubleOf } from './trouble.ts';

/**
 * The lock of a workspace: a small SQLite file of its own, so that it needs no native code and goes with its process. Whoever
 * has the workspace open holds it shared; replacing or migrating the live file takes it exclusively.
 */
export interface WorkspaceLock {
  release(): void;
}

function open(file: string): Database.Database {
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
    if (troubleOf(error)) return null;
    throw error;
  }
}

/** Holds the lock alone. Throws BUSY while anybody has the workspace open. */
export function lockExclusive(file: string, holder: () => string | null = () => null): WorkspaceLock {
  return hold(file, (db) => db.exec('BEGIN EXCLUSIVE'), holder);
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
