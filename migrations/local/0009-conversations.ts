import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Conversations of Ask: questions, statements and what was sent, as JSON. None of it is audited, so that deleting one removes it. */
const columns = `id TEXT NOT NULL PRIMARY KEY, project_id TEXT, turns TEXT NOT NULL CHECK (json_valid(turns)),
  created_by TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`CREATE TABLE conversations (${columns}) STRICT`).execute(db);
  await sql.raw('CREATE INDEX conversations_updated_at ON conversations (updated_at DESC, id)').execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP TABLE conversations').execute(db);
}
