import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';

const pollMs = 200;

/**
 * Runs `work` while no other process does the same under this lock file. A small SQLite file serves as
 * the lock because the system lets go of it by itself when its holder dies. `waiting` is called once
 * if somebody else holds it. Throws when `signal` fires.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: { signal?: AbortSignal | undefined; waiting?: () => void } = {},
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const db = new Database(file, { timeout: 0 });
  try {
    for (let told = false; !tryLock(db); told = true) {
      if (!told) options.waiting?.();
      await sleep(pollMs, undefined, options.signal ? { signal: options.signal } : {});
    }
    return await work();
  } finally {
    db.close();
  }
}

function tryLock(db: Database.Database): boolean {
  try {
    db.exec('begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}
