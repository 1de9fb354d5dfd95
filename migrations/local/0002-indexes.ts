import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** The JSON of a row of the log may be spoilt, which must not keep the file from coming forward: verifying names it. */
const endBefore = (end: string): string =>
  `CASE WHEN json_valid(payload_before) THEN payload_before ->> '$.${end}' END`;
const moved = (end: string): string =>
  `audit_logs (${endBefore(end)}, entity_id) WHERE entity_type = 'interface' AND action = 'update' AND ${endBefore(end)} IS NOT NULL`;

const visible = 'deleted_at IS NULL AND hidden = 0';
const named = ['universities', 'projects', 'teams', 'faculty', 'students', 'risk_factors', 'factor_models'];

/** What lists are sorted by most, and the links that a record once had: deleted ones, and those that were moved elsewhere. */
const indexes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    named.map((table) => [`${table}_list_name`, `${table} (name COLLATE NOCASE) WHERE ${visible}`]),
  ),
  students_list_terms_remaining: `students (terms_remaining) WHERE ${visible}`,
  interfaces_list_energy_loss: `interfaces (energy_loss) WHERE ${visible}`,
  interfaces_from_id_deleted: 'interfaces (from_id) WHERE deleted_at IS NOT NULL',
  interfaces_to_id_deleted: 'interfaces (to_id) WHERE deleted_at IS NOT NULL',
  audit_logs_moved_from: moved('from'),
  audit_logs_moved_to: moved('to'),
};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, target] of Object.entries(indexes))
    await sql.raw(`CREATE INDEX "${name}" ON ${target}`).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const name of Object.keys(indexes)) await sql.raw(`DROP INDEX "${name}"`).execute(db);
}
