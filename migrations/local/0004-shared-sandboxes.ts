import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Sandboxes that somebody shared with a university, audited like saved views. Nothing refers to them. No foreign key: a university that is not here
 * must not keep out what a server brings.
 */
const table = `CREATE TABLE shared_sandboxes (
  id TEXT NOT NULL PRIMARY KEY,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  deleted_at TEXT,
  name TEXT GENERATED ALWAYS AS (payload ->> '$.name') VIRTUAL,
  university_id TEXT GENERATED ALWAYS AS (payload ->> '$.university_id') VIRTUAL
) STRICT`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE shared_sandboxes').execute(db);
}
