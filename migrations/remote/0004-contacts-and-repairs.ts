import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { createTable } from './0001-server.ts';
import type { Computed } from './0001-server.ts';
import { policiesOf } from './0002-acting.ts';
import { ownerPolicy } from './row-security.ts';

const university: Computed = ['university_id', 'text'];

const tables: Readonly<Record<string, readonly Computed[]>> = {
  contacts: [university, ['date', 'text'], ['kind', 'text']],
  repairs: [university, ['name', 'text'], ['due_on', 'text'], ['done_on', 'text'], ['question', 'text']],
};

/** The statements that create a table of records whose changes belong to one university. */
export const createSharedTable = (table: string, columns: readonly Computed[]): string[] => [
  createTable(table, columns),
  `CREATE INDEX "${table}_payload" ON "${table}" USING gin (payload jsonb_path_ops)`,
  `CREATE INDEX "${table}_university_id" ON "${table}" ("university_id")`,
  `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
  ...policiesOf(table, { row: 'frames_own(university_id)' }),
  ownerPolicy(table),
  `GRANT SELECT, INSERT, UPDATE ON ${table} TO frames_app`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  // Parts are kept in the form of operations of the version that took them.
  await sql.raw('DELETE FROM operation_parts').execute(db);
  for (const [table, columns] of Object.entries(tables))
    for (const statement of createSharedTable(table, columns)) await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(tables)) await sql.raw(`DROP TABLE ${table}`).execute(db);
}
