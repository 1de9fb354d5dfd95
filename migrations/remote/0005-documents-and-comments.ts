import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Computed } from './0001-server.ts';
import { createSharedTable } from './0004-contacts-and-repairs.ts';

const university: Computed = ['university_id', 'text'];

const tables: Readonly<Record<string, readonly Computed[]>> = {
  documents: [university, ['name', 'text']],
  comments: [university, ['record_id', 'text'], ['resolved', 'boolean']],
};

export async function up(db: Kysely<unknown>): Promise<void> {
  // Parts are kept in the form of operations of the version that took them.
  await sql.raw('DELETE FROM operation_parts').execute(db);
  for (const [table, columns] of Object.entries(tables))
    for (const statement of createSharedTable(table, columns)) await sql.raw(statement).execute(db);
  await sql.raw('CREATE INDEX comments_record_id ON comments (record_id)').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(tables)) await sql.raw(`DROP TABLE ${table}`).execute(db);
}
