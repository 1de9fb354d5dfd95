import { Fault, isFault, workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { refuseIrregularDatabase } from '../regular-file.ts';
import { isBusy } from './begin-immediate.ts';
import { troubleOf } from './file-errors.ts';

/**
 * The lock of a workspace is a small SQLite file: no native code, and the system releases it when the process dies. Open workspaces hold it shared;
 * replacing or migrating live holds it exclusively. Throws WORKSPACE (`unreadable`) if the lock file is not ours.
 */
export interface WorkspaceLock extends Disposable {
  release(): void;
}

function openLockFile(file: string): Database.Database {
  refuseIrregularDatabase(file);
  const db = new Database(file, { timeout: 0 });
  db.pragma('journal_mode = DELETE');
  return db;
}

/** Throws BUSY while another process replaces the file. */
export function lockShared(file: string, describeHolder: () => string | null = () => null): WorkspaceLock {
  const acquire = (db: Database.Database): void => {
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_master').get();
  };
  return acquireLock(file, acquire, describeHolder);
}

/** Like `lockShared` for a reader that leaves no trace: null without a lock file, or if it is foreign or denied. Throws BUSY. */
export function lockForReading(file: string): WorkspaceLock | null {
  if (!existsSync(file)) return null;
  try {
    return lockShared(file);
  } catch (error) {
    if (troubleOf(error) || isForeignLockError(error)) return null;
    throw error;
  }
}

export const isForeignLockError = (error: unknown): boolean => isFault(error) && error.code === 'WORKSPACE';

/** Throws BUSY while any process has the workspace open. */
export function lockExclusive(file: string, describeHolder: () => string | null = () => null): WorkspaceLock {
  return acquireLock(file, (db) => db.exec('BEGIN EXCLUSIVE'), describeHolder);
}

function foreignLockFault(file: string): Fault {
  return workspaceFault('unreadable', { file: basename(file), why: clause('moveAway') });
}

function acquireLock(
  file: string,
  acquire: (db: Database.Database) => void,
  describeHolder: () => string | null,
): WorkspaceLock {
  let db: Database.Database | undefined;
  try {
    db = openLockFile(file);
    acquire(db);
  } catch (error) {
    db?.close();
    const reason = troubleOf(error)?.reason;
    if (reason === 'foreign' || reason === 'damaged') throw foreignLockFault(file);
    if (!isBusy(error)) throw error;
    throw new Fault('BUSY', { holder: describeHolder(), waited_ms: 0 });
  }
  const heldDb = db;
  const release = (): void => void heldDb.close();
  return { release, [Symbol.dispose]: release };
}
