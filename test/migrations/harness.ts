import { join } from 'node:path';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { Connection } from '#core/kernel/db/connection.ts';
import { migrateTo } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';

/** A table's rows, by the name of the table: only what is stored, not what is computed. */
export type Contents = Record<string, Record<string, unknown>[]>;

/** A database of its own at a version of the schema. */
export async function databaseAt(folder: string, version: number, name = 'a.sqlite'): Promise<Connection> {
  const file = join(folder, name);
  const connection = openConnection(file, { mode: 'write', log: silentLog, fileMustExist: false });
  await migrateTo(connection, version);
  return connection;
}

/** Everything that makes the schema, as SQLite keeps it. */
export function schemaOf(db: Connection): { name: string; sql: string }[] {
  return db.all(`SELECT type, name, tbl_name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name`);
}

const tablesOf = (db: Connection): string[] =>
  db.column(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`);

/** The columns that hold something: `hidden` tells generated ones. */
const columnsOf = (db: Connection, table: string): string[] =>
  db
    .all<{ name: string; hidden: number }>(`SELECT name, hidden FROM pragma_table_xinfo('${table}')`)
    .filter(({ hidden }) => hidden === 0)
    .map(({ name }) => `"${name}"`);

/** Every row; whether one that is deleted is hidden too is nobody's matter. */
export function contentsOf(db: Connection): Contents {
  const rows = (table: string): Record<string, unknown>[] =>
    db
      .all<Record<string, unknown>>(`SELECT ${columnsOf(db, table).join(', ')} FROM "${table}" ORDER BY 1`)
      .map(({ hidden, dangling, ...row }) => (row['deleted_at'] ? row : { ...row, hidden, dangling }));
  return Object.fromEntries(tablesOf(db).map((table) => [table, rows(table)]));
}

/** Fills the tables that there are with rows of another database, as far as they have their columns. */
export function fillFrom(db: Connection, source: Connection): void {
  db.exec('BEGIN');
  for (const table of tablesOf(db)) {
    const columns = columnsOf(db, table).filter((column) => columnsOf(source, table).includes(column));
    const names = columns.join(', ');
    const insert = `INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`;
    for (const row of source.all<Record<string, string>>(`SELECT ${names} FROM "${table}"`)) {
      db.write.run(insert, Object.values(row));
    }
  }
  db.exec('COMMIT');
}
