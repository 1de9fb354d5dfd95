import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

/** A hash over every row of every table of a SQLite file, and over what makes its tables; nothing of core takes part in it. */
export function hashTables(file: string): string {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  const hash = createHash('sha256');
  try {
    const schema = db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all();
    hash.update(JSON.stringify(schema));
    const tables = db.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck();
    for (const name of tables.all() as string[]) {
      hash.update(name);
      const rows = db.prepare(`SELECT * FROM "${name}" ORDER BY 1, 2`).raw();
      for (const row of rows.iterate()) hash.update(JSON.stringify(row));
    }
    return hash.digest('hex');
  } finally {
    db.close();
  }
}
