import { sql } from 'kysely';
import type { Kysely } from 'kysely';

type End = 'from' | 'to';

/** Where an end was; nothing where the row is no JSON, which must not keep the file from coming forward: verifying names it. */
const was = (end: End): string =>
  `CASE WHEN json_valid(payload_before) THEN payload_before ->> '$.${end}' END`;

/** Rows of the log that moved an end of an interface: few, so that no other write pays for these indexes. */
const moved = (end: End): string =>
  `entity_type = 'interface' AND action = 'update' AND ${was(end)} IS NOT NULL`;
const movedOnes = (end: End): string => `audit_logs (${was(end)}, entity_id) WHERE ${moved(end)}`;

/**
 * Which interfaces a record ever had: the live ones are indexed by their ends already, here are the deleted ones and those whose ends
 * were moved elsewhere.
 */
const indexes: Readonly<Record<string, string>> = {
  interfaces_from_id_deleted: `interfaces (from_id) WHERE deleted_at IS NOT NULL`,
  interfaces_to_id_deleted: `interfaces (to_id) WHERE deleted_at IS NOT NULL`,
  audit_logs_moved_from: movedOnes('from'),
  audit_logs_moved_to: movedOnes('to'),
};

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, of] of Object.entries(indexes))
    await sql.raw(`CREATE INDEX "${name}" ON ${of}`).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const name of Object.keys(indexes)) await sql.raw(`DROP INDEX "${name}"`).execute(db);
}
