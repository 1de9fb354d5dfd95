import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Files of documents by their SHA-256: parts belong to who uploads them, and `files` names whose parts are complete and have that hash. `knowledge` has the texts
 * of records, written by a job; those of the run that `knowledge_state` names are complete.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `CREATE TABLE files (sha256 text PRIMARY KEY, uploader text NOT NULL, parts integer NOT NULL, bytes bigint NOT NULL, created_at timestamptz NOT NULL)`,
    `CREATE TABLE file_parts (sha256 text NOT NULL, uploader text NOT NULL, part integer NOT NULL, bytes bytea NOT NULL, received_at timestamptz NOT NULL,
      PRIMARY KEY (sha256, uploader, part))`,
    // Files are compressed already.
    `ALTER TABLE file_parts ALTER COLUMN bytes SET STORAGE EXTERNAL`,
    `CREATE TABLE knowledge (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, run text NOT NULL, record text NOT NULL, type text NOT NULL, field text NOT NULL,
      text text NOT NULL, words tsvector NOT NULL)`,
    `CREATE INDEX knowledge_words ON knowledge USING gin (words)`,
    `CREATE INDEX knowledge_run ON knowledge (run)`,
    `CREATE TABLE knowledge_state (id integer PRIMARY KEY CHECK (id = 1), run text NOT NULL, generation text NOT NULL, seq bigint NOT NULL,
      trained_at timestamptz NOT NULL, records integer NOT NULL, passages integer NOT NULL)`,
    `CREATE INDEX documents_file ON documents ((payload #>> '{file,sha256}'))`,
  ])
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('DROP INDEX documents_file').execute(db);
  for (const table of ['knowledge_state', 'knowledge', 'file_parts', 'files'])
    await sql.raw(`DROP TABLE ${table}`).execute(db);
}
