import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { createTable } from './0001-workspace.ts';
import type { Computed } from './0001-workspace.ts';
import { universityTriggers } from './0006-contacts-and-repairs.ts';

const university: Computed = ['university_id', 'TEXT', 'university_id', 'universities'];

const tables: Readonly<Record<string, readonly Computed[]>> = {
  documents: [university, ['name', 'TEXT', 'name']],
  comments: [university, ['record_id', 'TEXT', 'record_id'], ['resolved', 'INTEGER', 'resolved']],
};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(tables))
    for (const statement of [
      createTable(table, columns, { hasHidden: true }),
      `CREATE INDEX "${table}_university_id" ON "${table}" ("university_id", hidden) WHERE deleted_at IS NULL`,
      ...universityTriggers(table),
    ])
      await sql.raw(statement).execute(db);
  // The length is `commentTitle` of shared/domain/title.ts.
  await sql
    .raw(
      `ALTER TABLE comments ADD COLUMN title TEXT GENERATED ALWAYS AS (substr(replace(payload ->> '$.text', char(10), ' '), 1, 80)) VIRTUAL`,
    )
    .execute(db);
  await sql
    .raw(`CREATE INDEX comments_record_id ON comments (record_id) WHERE deleted_at IS NULL`)
    .execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(tables)) {
    for (const name of ['appear', 'cascade'])
      await sql.raw(`DROP TRIGGER universities_${name}_${table}`).execute(db);
    await sql.raw(`DROP TABLE ${table}`).execute(db);
  }
}
