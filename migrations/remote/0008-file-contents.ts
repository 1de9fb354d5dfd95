import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * Parts of a complete file move to `file_contents`, which is written once and belongs to nobody, so that no later upload changes them. `hash` is the SHA-256 of a
 * part. `file_parts` keeps only uploads in progress. A file with `damaged_at` has other bytes than its hash says, and waits to be uploaded again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `CREATE TABLE file_contents (sha256 text NOT NULL REFERENCES files ON DELETE CASCADE DEFERRABLE, part integer NOT NULL, bytes bytea NOT NULL,
      hash bytea NOT NULL, PRIMARY KEY (sha256, part))`,
    `ALTER TABLE file_contents ALTER COLUMN bytes SET STORAGE EXTERNAL`,
    `INSERT INTO file_contents (sha256, part, bytes, hash) SELECT f.sha256, p.part, p.bytes, sha256(p.bytes)
      FROM files f JOIN file_parts p USING (sha256, uploader) WHERE p.part < f.parts`,
    `DELETE FROM file_parts p USING files f WHERE f.sha256 = p.sha256`,
    `ALTER TABLE files ADD damaged_at timestamptz`,
    `CREATE INDEX files_uploader ON files (uploader)`,
    `CREATE INDEX file_parts_uploader ON file_parts (uploader)`,
  ])
    await sql.raw(statement).execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `DELETE FROM files WHERE damaged_at IS NOT NULL`,
    `DELETE FROM file_parts p USING files f WHERE f.sha256 = p.sha256`,
    `INSERT INTO file_parts (sha256, uploader, part, bytes, received_at)
      SELECT f.sha256, f.uploader, c.part, c.bytes, f.created_at FROM files f JOIN file_contents c USING (sha256)`,
    `DROP TABLE file_contents`,
    `DROP INDEX files_uploader`,
    `DROP INDEX file_parts_uploader`,
    `ALTER TABLE files DROP damaged_at`,
  ])
    await sql.raw(statement).execute(db);
}
