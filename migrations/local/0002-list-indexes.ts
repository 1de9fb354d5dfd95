import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What grids sort and filter by most. A list is of live records unless somebody asks for the deleted ones. */
const indexes = [
  ...['universities', 'projects', 'teams', 'faculty', 'students', 'risk_factors', 'factor_models'].map(
    (table) => [table, 'name', 'name COLLATE NOCASE'] as const,
  ),
  ['students', 'terms_remaining', 'terms_remaining'],
  ['interfaces', 'energy_loss', 'energy_loss'],
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, column, expression] of indexes) {
    const index = `CREATE INDEX "${table}_list_${column}" ON "${table}" (${expression}) WHERE deleted_at IS NULL`;
    await sql.raw(index).execute(db);
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const [table, column] of indexes) await sql.raw(`DROP INDEX "${table}_list_${column}"`).execute(db);
}
