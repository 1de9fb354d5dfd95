import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { createTable } from './0001-workspace.ts';
import type { Computed } from './0001-workspace.ts';
import { universityTriggers } from './0006-contacts-and-repairs.ts';

const [name, university]: readonly [Computed, Computed] = [
  ['name', 'TEXT', 'name'],
  ['university_id', 'TEXT', 'university_id', 'universities'],
];

const tables: Readonly<Record<string, readonly Computed[]>> = {
  repositories: [university, name, ['project_id', 'TEXT', 'project_id']],
  tasks: [
    university,
    name,
    ['repair_id', 'TEXT', 'repair_id'],
    ['due_on', 'TEXT', 'due_on'],
    ['done_on', 'TEXT', 'done_on'],
  ],
};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns] of Object.entries(tables))
    for (const statement of [
      createTable(table, columns, { hasHidden: true }),
      `CREATE INDEX "${table}_university_id" ON "${table}" ("university_id", hidden) WHERE deleted_at IS NULL`,
      ...universityTriggers(table),
    ])
      await sql.raw(statement).execute(db);
  await sql.raw('CREATE INDEX tasks_repair_id ON tasks (repair_id) WHERE deleted_at IS NULL').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(tables)) {
    for (const trigger of ['appear', 'cascade'])
      await sql.raw(`DROP TRIGGER universities_${trigger}_${table}`).execute(db);
    await sql.raw(`DROP TABLE ${table}`).execute(db);
  }
}
