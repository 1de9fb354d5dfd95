import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Computed } from './0001-server.ts';
import { createSharedTable } from './0004-contacts-and-repairs.ts';

const [name, university]: readonly [Computed, Computed] = [
  ['name', 'text'],
  ['university_id', 'text'],
];

const tables: Readonly<Record<string, readonly Computed[]>> = {
  repositories: [university, name, ['project_id', 'text']],
  tasks: [university, name, ['repair_id', 'text'], ['due_on', 'text'], ['done_on', 'text']],
};

export async function up(db: Kysely<unknown>): Promise<void> {
  // Parts are stored in the schema version of the server that received them.
  await sql.raw('DELETE FROM operation_parts').execute(db);
  for (const [table, columns] of Object.entries(tables))
    for (const statement of createSharedTable(table, columns)) await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(tables)) await sql.raw(`DROP TABLE ${table}`).execute(db);
}
