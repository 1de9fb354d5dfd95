import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { createSharedTable } from './0004-contacts-and-repairs.ts';

const table = 'organisations';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Parts are stored in the schema version of the server that received them.
  await sql.raw('DELETE FROM operation_parts').execute(db);
  for (const statement of createSharedTable(table, [
    ['name', 'text'],
    ['university_id', 'text'],
    ['kind', 'text'],
  ]))
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`DROP TABLE ${table}`).execute(db);
}
