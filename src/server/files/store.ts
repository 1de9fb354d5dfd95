import { issueWithCode } from '#shared/texts/issues.ts';
import { createHash } from 'node:crypto';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { Caller, Services } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { isoTime } from '../db/time.ts';

type Files = Pick<Services, 'database' | 'now'>;

const notFound = (id: string): ServerFault<'DOCUMENT_NOT_FOUND'> =>
  new ServerFault('DOCUMENT_NOT_FOUND', { id });

const selectVisibleHashes = `SELECT DISTINCT t.payload #>> '{file,sha256}' AS sha256 FROM documents t
  WHERE t.payload #>> '{file,sha256}' = ANY ($1) AND t.deleted_at IS NULL AND frames_visible(t.id, NULL, NULL)`;

/** Returns the hashes named by a document that the caller may see. Row security filters the documents. */
async function visibleHashes(
  { database }: Files,
  caller: Caller,
  hashes: readonly string[],
): Promise<string[]> {
  const rows = await database.readAsUser(caller, (sql) =>
    sql.all<{ sha256: string }>(selectVisibleHashes, [hashes]),
  );
  return rows.map((row) => row.sha256);
}

export async function findMissingFiles(
  services: Files,
  caller: Caller,
  hashes: readonly string[],
): Promise<string[]> {
  const allowedHashes = await visibleHashes(services, caller, hashes);
  const storedRows = await services.database.all<{ sha256: string }>(
    'SELECT sha256 FROM files WHERE sha256 = ANY ($1)',
    [allowedHashes],
  );
  const storedHashes = new Set(storedRows.map((row) => row.sha256));
  return allowedHashes.filter((hash) => !storedHashes.has(hash));
}

const addPart = `INSERT INTO file_parts (sha256, uploader, part, bytes, received_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (sha256, uploader, part) DO UPDATE SET bytes = excluded.bytes, received_at = excluded.received_at`;
const dropParts = 'DELETE FROM file_parts WHERE sha256 = $1 AND uploader = $2';

/** Stores a part, and the file once all parts are there. Returns whether it is complete. Throws DOCUMENT_NOT_FOUND, VALIDATION_ERROR. */
export async function storePart(
  services: Files,
  caller: Caller,
  { id, part, count, data }: { id: string; part: number; count: number; data: string },
): Promise<boolean> {
  const { database, now } = services;
  if ((await visibleHashes(services, caller, [id])).length === 0) throw notFound(id);
  const time = isoTime(now());
  const outcome = await database.transaction(async (sql) => {
    if (await sql.get('SELECT 1 AS there FROM files WHERE sha256 = $1', [id])) return 'complete';
    await sql.run(addPart, [id, caller.id, part, Buffer.from(data, 'base64'), time]);
    const parts = await sql.get<{ n: number }>(
      'SELECT count(*)::integer AS n FROM file_parts WHERE sha256 = $1 AND uploader = $2 AND part < $3',
      [id, caller.id, count],
    );
    if (parts?.n !== count) return 'incomplete';
    const bytes = await verifyParts(sql, { id, count, uploader: caller.id });
    if (bytes === null) {
      await sql.run(dropParts, [id, caller.id]);
      return 'wrong_hash';
    }
    await sql.run(
      'INSERT INTO files (sha256, uploader, parts, bytes, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [id, caller.id, count, bytes, time],
    );
    return 'complete';
  });
  if (outcome === 'wrong_hash')
    throw new ServerFault('VALIDATION_ERROR', {
      issues: [issueWithCode('data', 'invalid', 'other_hash')],
    });
  return outcome === 'complete';
}

const selectPart = 'SELECT bytes FROM file_parts WHERE sha256 = $1 AND uploader = $2 AND part = $3';

/** Returns the total size of the parts in bytes; null if their hash does not match. */
async function verifyParts(
  sql: Sql,
  { id, count, uploader }: { id: string; count: number; uploader: string },
): Promise<number | null> {
  const hash = createHash('sha256');
  let length = 0;
  for (let part = 0; part < count; part++) {
    const row = await sql.get<{ bytes: Buffer }>(selectPart, [id, uploader, part]);
    if (!row) return null;
    hash.update(row.bytes);
    length += row.bytes.length;
  }
  return hash.digest('hex') === id ? length : null;
}

/** Throws DOCUMENT_NOT_FOUND. */
export async function readPart(
  services: Files,
  caller: Caller,
  { id, part }: { id: string; part: number },
): Promise<{ count: number; bytes: number; data: string }> {
  if ((await visibleHashes(services, caller, [id])).length === 0) throw notFound(id);
  const row = await services.database.get<{ parts: number; size: number; bytes: Buffer }>(
    `SELECT f.parts, f.bytes::integer AS size, p.bytes FROM files f
      JOIN file_parts p ON p.sha256 = f.sha256 AND p.uploader = f.uploader WHERE f.sha256 = $1 AND p.part = $2`,
    [id, part],
  );
  if (!row) throw notFound(id);
  return { count: row.parts, bytes: row.size, data: row.bytes.toString('base64') };
}

const namedHashesQuery = `SELECT payload #>> '{file,sha256}' FROM documents
  UNION SELECT payload_before #>> '{file,sha256}' FROM audit_logs WHERE entity_type = 'document'
  UNION SELECT payload_after #>> '{file,sha256}' FROM audit_logs WHERE entity_type = 'document'`;

/** Deletes files that no document and no history names, and orphaned parts. Returns the number of deleted files. */
export async function sweepFiles(
  { database }: Pick<Files, 'database'>,
  partsBefore: string,
): Promise<number> {
  const removedCount = await database.run(
    `DELETE FROM files WHERE sha256 NOT IN (SELECT sha256 FROM (${namedHashesQuery}) AS named (sha256) WHERE sha256 IS NOT NULL)`,
  );
  await database.run(
    `DELETE FROM file_parts p WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.sha256 = p.sha256 AND f.uploader = p.uploader)
      AND (p.received_at < $1 OR NOT EXISTS (SELECT 1 FROM (${namedHashesQuery}) AS named (sha256) WHERE named.sha256 = p.sha256))`,
    [partsBefore],
  );
  return removedCount;
}
