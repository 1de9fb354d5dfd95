import { closeSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Overwrites the first page of a table of a closed file with rubbish. */
export function spoilTable(file: string, table: string): void {
  const db = new Database(file);
  const root = 'SELECT rootpage FROM sqlite_master WHERE name = ?';
  const page = db.prepare(root).pluck().get(table) as number;
  db.close();
  const handle = openSync(file, 'r+');
  try {
    writeSync(handle, Buffer.alloc(4096, 7), 0, 4096, (page - 1) * 4096);
  } finally {
    closeSync(handle);
  }
}
