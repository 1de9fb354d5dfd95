import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { createTable } from './0001-workspace.ts';
import type { Computed } from './0001-workspace.ts';

const university: Computed = ['university_id', 'TEXT', 'university_id', 'universities'];

const tables: Readonly<Record<string, readonly Computed[]>> = {
  contacts: [university, ['date', 'TEXT', 'date'], ['kind', 'TEXT', 'kind']],
  repairs: [
    university,
    ['name', 'TEXT', 'name'],
    ['due_on', 'TEXT', 'due_on'],
    ['done_on', 'TEXT', 'done_on'],
    ['question', 'TEXT', 'question'],
  ],
};

const hasNoUniversity = `new.university_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM universities u WHERE u.id = new.university_id AND u.deleted_at IS NULL)`;

/** The derived cascade of a table whose records a deleted university hides. */
export const universityTriggers = (table: string): string[] => [
  ...[
    ['insert', 'INSERT'],
    ['update', 'UPDATE OF payload, deleted_at'],
  ].map(
    ([
      name,
      event,
    ]) => `CREATE TRIGGER ${table}_${name} AFTER ${event} ON ${table} WHEN new.hidden <> (${hasNoUniversity})
BEGIN UPDATE ${table} SET hidden = (${hasNoUniversity}) WHERE id = new.id; END`,
  ),
  `CREATE TRIGGER universities_appear_${table} AFTER INSERT ON universities WHEN new.deleted_at IS NULL
BEGIN UPDATE ${table} SET hidden = 0 WHERE university_id = new.id AND deleted_at IS NULL; END`,
  `CREATE TRIGGER universities_cascade_${table} AFTER UPDATE OF deleted_at ON universities
WHEN (old.deleted_at IS NULL) <> (new.deleted_at IS NULL)
BEGIN UPDATE ${table} SET hidden = new.deleted_at IS NOT NULL WHERE university_id = new.id AND deleted_at IS NULL; END`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(tables))
    for (const statement of [
      createTable(table, columns, { hasHidden: true }),
      `CREATE INDEX "${table}_university_id" ON "${table}" ("university_id", hidden) WHERE deleted_at IS NULL`,
      ...universityTriggers(table),
    ])
      await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(tables)) {
    for (const name of ['appear', 'cascade'])
      await sql.raw(`DROP TRIGGER universities_${name}_${table}`).execute(db);
    await sql.raw(`DROP TABLE ${table}`).execute(db);
  }
}
