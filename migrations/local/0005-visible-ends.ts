import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { cascadeTriggers, endTables, isEndInTables, ownTriggers } from './0001-workspace.ts';
import type { EndRule } from './0001-workspace.ts';

/**
 * The ids of visible records that an interface may link. SQLite parses the SQL of every trigger when a connection first needs the schema: with the eight
 * tables written out at each use that took 1.4 ms per connection, with this view 0.4 ms.
 */
export const createEndView = (tables: readonly string[]): string =>
  `CREATE VIEW visible_ends AS ${tables
    .map((table) => `SELECT id FROM ${table} WHERE deleted_at IS NULL AND hidden = 0`)
    .join(' UNION ALL ')}`;
export const isEndInView: EndRule = (end) => `EXISTS (SELECT 1 FROM visible_ends e WHERE e.id = ${end})`;

async function replaceTriggers(db: Kysely<unknown>, isEndVisible: EndRule): Promise<void> {
  const triggers = [
    ...ownTriggers('interfaces', isEndVisible),
    ...endTables.flatMap((table) => cascadeTriggers(table, isEndVisible)),
  ];
  for (const trigger of triggers) {
    const [, name = ''] = /^CREATE TRIGGER (\w+)/.exec(trigger) ?? [];
    await sql.raw(`DROP TRIGGER ${name}`).execute(db);
    await sql.raw(trigger).execute(db);
  }
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(createEndView(endTables)).execute(db);
  await replaceTriggers(db, isEndInView);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await replaceTriggers(db, isEndInTables);
  await sql.raw('DROP VIEW visible_ends').execute(db);
}
