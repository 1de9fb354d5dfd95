import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** Files of documents by their SHA-256. Parts belong to who uploads them; `files` names whose parts are complete and have that hash. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `CREATE TABLE files (sha256 text PRIMARY KEY, uploader text NOT NULL, parts integer NOT NULL, bytes bigint NOT NULL, created_at timestamptz NOT NULL)`,
    `CREATE TABLE file_parts (sha256 text NOT NULL, uploader text NOT NULL, part integer NOT NULL, bytes bytea NOT NULL, received_at timestamptz NOT NULL,
      PRIMARY KEY (sha256, uploader, part))`,
    // Files are compressed already.
    `ALTER TABLE file_parts ALTER COLUMN bytes SET STORAGE EXTERNAL`,
    `CREATE INDEX documents_file ON documents ((payload #>> '{file,sha256}'))`,
  ])
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP INDEX documents_file').execute(db);
  for (const table of ['file_parts', 'files']) await sql.raw(`DROP TABLE ${table}`).execute(db);
}
