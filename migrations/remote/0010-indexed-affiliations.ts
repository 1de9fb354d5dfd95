import { sql } from 'kysely';
import type { Kysely } from 'kysely';

const affiliations = 'frames_affiliations(text[])';

/**
 * A connection keeps the plan that the function had when the table was small: without this, each push reads all records of a server that
 * has grown since.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`ALTER FUNCTION ${affiliations} SET enable_seqscan = off`).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`ALTER FUNCTION ${affiliations} RESET enable_seqscan`).execute(db);
}
