import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { cascadeTriggers, createTable, endTables } from './0001-workspace.ts';
import { createEndView, isEndInView } from './0005-visible-ends.ts';
import { universityTriggers } from './0006-contacts-and-repairs.ts';

const table = 'organisations';

/** An organisation can be an end of interfaces, and a deleted university hides it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    createTable(
      table,
      [
        ['name', 'TEXT', 'name'],
        ['university_id', 'TEXT', 'university_id', 'universities'],
        ['kind', 'TEXT', 'kind'],
      ],
      { hasHidden: true },
    ),
    `CREATE INDEX "${table}_university_id" ON "${table}" ("university_id", hidden) WHERE deleted_at IS NULL`,
    `CREATE INDEX "${table}_list_name" ON ${table} (name COLLATE NOCASE) WHERE deleted_at IS NULL AND hidden = 0`,
    'DROP VIEW visible_ends',
    createEndView([...endTables, table]),
    ...universityTriggers(table),
    ...cascadeTriggers(table, isEndInView),
  ])
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  // A link to an organisation has an end that earlier steps do not know.
  const ends = `SELECT id FROM ${table}`;
  await sql
    .raw(
      `UPDATE interfaces SET hidden = 1 WHERE deleted_at IS NULL AND (from_id IN (${ends}) OR to_id IN (${ends}))`,
    )
    .execute(db);
  for (const name of ['appear', 'cascade'])
    await sql.raw(`DROP TRIGGER universities_${name}_${table}`).execute(db);
  await sql.raw('DROP VIEW visible_ends').execute(db);
  await sql.raw(createEndView(endTables)).execute(db);
  await sql.raw(`DROP TABLE ${table}`).execute(db);
}
