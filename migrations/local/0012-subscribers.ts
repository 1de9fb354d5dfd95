import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** How far each durable subscriber has read the log, and its last error. None of it is audited. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const columns =
    'name TEXT NOT NULL PRIMARY KEY, cursor TEXT NOT NULL, updated_at TEXT NOT NULL, error TEXT';
  await sql.raw(`CREATE TABLE subscribers (${columns}) STRICT`).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE subscribers').execute(db);
}
