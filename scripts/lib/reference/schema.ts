import { openConnection } from '#core/kernel/db/connection.ts';
import { migrateTo, schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { Sql } from '#server/db/database.ts';

export interface Column {
  name: string;
  type: string;
  isKey: boolean;
  /** The database computes it from other columns. */
  isComputed: boolean;
}

/** A foreign key that the database enforces. */
export interface ForeignKey {
  column: string;
  to: string;
}

export interface Table {
  name: string;
  columns: readonly Column[];
  keys: readonly ForeignKey[];
}

interface Pragma {
  name: string;
  type: string;
  pk: number;
  hidden: number;
}

/** The tables of a workspace file, read from a database that has all migrations. */
export async function localTables(): Promise<Table[]> {
  const connection = openConnection(':memory:', { mode: 'write', log: silentLog });
  try {
    await migrateTo(connection, schemaVersion);
    const names = connection.column<string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    );
    return names.map((name) => ({
      name,
      columns: connection
        .all<Pragma>('SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)', [name])
        .map((one) => ({ name: one.name, type: one.type, isKey: one.pk > 0, isComputed: one.hidden > 1 })),
      keys: connection.all<ForeignKey>(
        `SELECT "from" AS "column", "table" AS "to" FROM pragma_foreign_key_list(?) ORDER BY 1`,
        [name],
      ),
    }));
  } finally {
    connection.close();
  }
}

const columnsOfServer = `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, NULL) AS type,
    a.attgenerated <> '' AS "isComputed", coalesce(a.attnum = ANY (k.conkey), false) AS "isKey"
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
  WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname, a.attnum`;
const keysOfServer = `SELECT c.relname AS table, a.attname AS column, t.relname AS to
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
  WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2`;

/** Names as Postgres abbreviates them itself: a type in Mermaid is one word. */
const shortTypes: Readonly<Record<string, string>> = {
  'timestamp with time zone': 'timestamptz',
  'double precision': 'float8',
  'character varying': 'varchar',
};

/** The tables of a server's database that has all migrations. */
export async function serverTables(sql: Sql): Promise<Table[]> {
  const columns = await sql.all<Column & { table: string }>(columnsOfServer);
  const keys = await sql.all<ForeignKey & { table: string }>(keysOfServer);
  return [...Map.groupBy(columns, ({ table }) => table)].map(([name, own]) => ({
    name,
    columns: own.map((one) => ({
      name: one.name,
      type: shortTypes[one.type] ?? one.type,
      isKey: one.isKey,
      isComputed: one.isComputed,
    })),
    keys: keys.filter(({ table }) => table === name).map(({ column, to }) => ({ column, to })),
  }));
}
