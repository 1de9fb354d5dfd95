import { issueWithCode } from '#shared/texts/issues.ts';
import { createHash } from 'node:crypto';
import type { FilesReport } from '#shared/contract/server/admin.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { ServerConfig } from '../config.ts';
import type { ActingUser, Database, Sql } from '../db/database.ts';
import { isoTime } from '../db/time.ts';

interface Files {
  database: Database;
  now: () => number;
}

const notFound = (id: string): ServerFault<'DOCUMENT_NOT_FOUND'> =>
  new ServerFault('DOCUMENT_NOT_FOUND', { id });

const selectVisibleHashes = `SELECT DISTINCT t.payload #>> '{file,sha256}' AS sha256 FROM documents t
  WHERE t.payload #>> '{file,sha256}' = ANY ($1) AND t.deleted_at IS NULL AND frames_visible(t.id, NULL, NULL)`;

/** Returns the hashes named by a document that the caller may see. Row security filters the documents. */
async function visibleHashes(
  { database }: Files,
  caller: ActingUser,
  hashes: readonly string[],
): Promise<string[]> {
  const rows = await database.readAsUser(caller, (sql) =>
    sql.all<{ sha256: string }>(selectVisibleHashes, [hashes]),
  );
  return rows.map((row) => row.sha256);
}

/** Returns the given files that the caller may see and that are not stored intact. */
export async function findMissingFiles(
  services: Files,
  caller: ActingUser,
  hashes: readonly string[],
): Promise<string[]> {
  const allowedHashes = await visibleHashes(services, caller, hashes);
  const storedRows = await services.database.all<{ sha256: string }>(
    'SELECT sha256 FROM files WHERE sha256 = ANY ($1) AND damaged_at IS NULL',
    [allowedHashes],
  );
  const storedHashes = new Set(storedRows.map((row) => row.sha256));
  return allowedHashes.filter((hash) => !storedHashes.has(hash));
}

/** Serialises uploads of one user, because they share a budget, and then all writes of one file. Both locks end with the transaction. */
const lockQuery = `SELECT pg_advisory_xact_lock(hashtextextended('uploads of ' || $1, 0)),
  pg_advisory_xact_lock(hashtextextended('file ' || $2, 0))`;
const addPart = `INSERT INTO file_parts (sha256, uploader, part, bytes, received_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (sha256, uploader, part) DO UPDATE SET bytes = excluded.bytes, received_at = excluded.received_at`;
const dropParts = 'DELETE FROM file_parts WHERE sha256 = $1 AND uploader = $2';
const isStoredQuery = 'SELECT 1 FROM files WHERE sha256 = $1 AND damaged_at IS NULL';
/** Bytes of a user: in unfinished uploads without the given part, and in complete files. */
const usageQuery = `SELECT
  (SELECT coalesce(sum(length(bytes)), 0)::bigint FROM file_parts WHERE uploader = $1 AND NOT (sha256 = $2 AND part = $3)) AS waiting,
  (SELECT coalesce(sum(bytes), 0)::bigint FROM files WHERE uploader = $1 AND sha256 <> $2) AS stored`;

/** A number is the budget in bytes that the part exceeds. */
type Budget = 'files' | 'uploads';
type Outcome = 'complete' | 'incomplete' | 'wrong_hash' | { budget: Budget; limit: number };

/** Stores a part, and the file once all parts are there. Returns whether it is complete. Throws DOCUMENT_NOT_FOUND, VALIDATION_ERROR, TOO_LARGE. */
export async function storePart(
  services: Files & { config: Pick<ServerConfig, 'waitingBytes' | 'fileBytes'> },
  caller: ActingUser,
  { id, part, count, data }: { id: string; part: number; count: number; data: string },
): Promise<boolean> {
  const { database, now, config } = services;
  if ((await visibleHashes(services, caller, [id])).length === 0) throw notFound(id);
  const time = isoTime(now());
  const bytes = Buffer.from(data, 'base64');
  const outcome = await database.transaction(async (sql): Promise<Outcome> => {
    await sql.run(lockQuery, [caller.id, id]);
    if (await sql.get(isStoredQuery, [id])) return 'complete';
    const usage = await sql.get<{ waiting: number; stored: number }>(usageQuery, [caller.id, id, part]);
    const { waiting = 0, stored = 0 } = usage ?? {};
    const exceeds = (budget: number, used: number): boolean => used + bytes.length > budget;
    if (exceeds(config.waitingBytes, waiting) || exceeds(config.fileBytes, stored)) {
      await sql.run(dropParts, [id, caller.id]);
      return exceeds(config.waitingBytes, waiting)
        ? { budget: 'uploads', limit: config.waitingBytes }
        : { budget: 'files', limit: config.fileBytes };
    }
    // An upload begins with part 0, so that leftovers of another one cannot spoil it.
    if (part === 0) await sql.run(dropParts, [id, caller.id]);
    await sql.run(addPart, [id, caller.id, part, bytes, time]);
    const parts = await sql.get<{ n: number; size: number }>(
      `SELECT count(*)::integer AS n, sum(length(bytes))::bigint AS size FROM file_parts WHERE sha256 = $1 AND uploader = $2 AND part < $3`,
      [id, caller.id, count],
    );
    if (parts?.n !== count) return 'incomplete';
    const isOverBudget = stored + parts.size > config.fileBytes;
    const isIntact = !isOverBudget && (await hashParts(sql, partOfUpload, [id, caller.id])) === id;
    if (isIntact) await completeFile(sql, { id, uploader: caller.id, count, size: parts.size, time });
    else await sql.run(dropParts, [id, caller.id]);
    if (isOverBudget) return { budget: 'files', limit: config.fileBytes };
    return isIntact ? 'complete' : 'wrong_hash';
  });
  if (typeof outcome === 'object')
    throw new ServerFault('TOO_LARGE', { limit: outcome.limit }, outcome.budget);
  if (outcome === 'wrong_hash')
    throw new ServerFault('VALIDATION_ERROR', {
      issues: [issueWithCode('data', 'invalid', 'other_hash')],
    });
  return outcome === 'complete';
}

/** Moves verified parts into the file, replacing a damaged copy. No statement changes them afterwards. */
async function completeFile(
  sql: Sql,
  {
    id,
    uploader,
    count,
    size,
    time,
  }: { id: string; uploader: string; count: number; size: number; time: string },
): Promise<void> {
  await sql.run('DELETE FROM files WHERE sha256 = $1', [id]);
  await sql.run(
    'INSERT INTO files (sha256, uploader, parts, bytes, created_at) VALUES ($1, $2, $3, $4, $5)',
    [id, uploader, count, size, time],
  );
  await sql.run(
    `INSERT INTO file_contents (sha256, part, bytes, hash)
      SELECT sha256, part, bytes, sha256(bytes) FROM file_parts WHERE sha256 = $1 AND uploader = $2 AND part < $3`,
    [id, uploader, count],
  );
  await sql.run('DELETE FROM file_parts WHERE sha256 = $1', [id]);
}

const partOfUpload = 'SELECT bytes FROM file_parts WHERE sha256 = $1 AND uploader = $2 AND part = $3';
const partOfFile = 'SELECT bytes FROM file_contents WHERE sha256 = $1 AND part = $2';

/** Returns the SHA-256 of parts 0, 1, … up to the first missing one. One part at a time, because a file can have 100 MB. */
async function hashParts(sql: Sql, partQuery: string, values: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (let part = 0; ; part++) {
    const row = await sql.get<{ bytes: Buffer }>(partQuery, [...values, part]);
    if (!row) return hash.digest('hex');
    hash.update(row.bytes);
  }
}

/** Reads a part, and checks its hash. Throws DOCUMENT_NOT_FOUND, also for a damaged file. */
export async function readPart(
  services: Files,
  caller: ActingUser,
  { id, part }: { id: string; part: number },
): Promise<{ count: number; bytes: number; data: string }> {
  if ((await visibleHashes(services, caller, [id])).length === 0) throw notFound(id);
  const row = await services.database.get<{ parts: number; size: number; bytes: Buffer; hash: Buffer }>(
    `SELECT f.parts, f.bytes::integer AS size, c.bytes, c.hash FROM files f JOIN file_contents c USING (sha256)
      WHERE f.sha256 = $1 AND c.part = $2 AND f.damaged_at IS NULL`,
    [id, part],
  );
  if (!row) throw notFound(id);
  if (!createHash('sha256').update(row.bytes).digest().equals(row.hash)) {
    await checkFile(services, id);
    throw notFound(id);
  }
  return { count: row.parts, bytes: row.size, data: row.bytes.toString('base64') };
}

/** Hashes a stored file, and marks it as damaged if its bytes are not those of its hash. Returns whether it is intact; false also if it is missing. */
export async function checkFile({ database, now }: Files, id: string): Promise<boolean> {
  if ((await hashParts(database, partOfFile, [id])) === id) return true;
  // Hashed again under the lock, because an upload can have replaced the file meanwhile.
  return database.transaction(async (sql) => {
    await sql.run(lockQuery, ['', id]);
    const isIntact = (await hashParts(sql, partOfFile, [id])) === id;
    if (!isIntact)
      await sql.run('UPDATE files SET damaged_at = $2 WHERE sha256 = $1 AND damaged_at IS NULL', [
        id,
        isoTime(now()),
      ]);
    return isIntact;
  });
}

/** Checks the copy of a file whose download had another hash. Returns whether it is intact. Throws DOCUMENT_NOT_FOUND. */
export async function checkReportedFile(services: Files, caller: ActingUser, id: string): Promise<boolean> {
  if ((await visibleHashes(services, caller, [id])).length === 0) throw notFound(id);
  return checkFile(services, id);
}

/** Checks every stored file. Returns how many are intact, and the hashes of the damaged ones. */
export async function checkAllFiles(
  services: Files,
  signal: AbortSignal,
): Promise<{ intact: number; damaged: string[] }> {
  const files = await services.database.all<{ sha256: string }>('SELECT sha256 FROM files ORDER BY sha256');
  const damaged: string[] = [];
  for (const { sha256 } of files) {
    signal.throwIfAborted();
    if (!(await checkFile(services, sha256))) damaged.push(sha256);
  }
  return { intact: files.length - damaged.length, damaged };
}

const fileProblemsQuery = `SELECT d.id, d.payload ->> 'name' AS name, d.payload #>> '{file,sha256}' AS sha256,
    CASE WHEN f.damaged_at IS NULL THEN 'missing' ELSE 'damaged' END AS problem
  FROM documents d LEFT JOIN files f ON f.sha256 = d.payload #>> '{file,sha256}'
  WHERE d.payload #>> '{file,sha256}' IS NOT NULL AND d.deleted_at IS NULL AND (f.sha256 IS NULL OR f.damaged_at IS NOT NULL) ORDER BY d.id`;

/** Counts the stored files that no check has found damaged, and lists the documents without one. */
export async function readFilesReport(sql: Sql): Promise<FilesReport> {
  const stored = await sql.get<{ count: number; bytes: number }>(
    'SELECT count(*) AS count, coalesce(sum(bytes), 0)::float8 AS bytes FROM files WHERE damaged_at IS NULL',
  );
  const problems = await sql.all<FilesReport['problems'][number]>(fileProblemsQuery);
  return { count: stored?.count ?? 0, bytes: stored?.bytes ?? 0, problems };
}

/** When a file was last found damaged. A workspace offers its files again once this changes. */
export async function lastDamageTime(sql: Sql): Promise<string | null> {
  const row = await sql.get<{ at: string | null }>('SELECT max(damaged_at) AS at FROM files');
  return row?.at ?? null;
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
    `DELETE FROM file_parts p WHERE p.received_at < $1
      OR NOT EXISTS (SELECT 1 FROM (${namedHashesQuery}) AS named (sha256) WHERE named.sha256 = p.sha256)`,
    [partsBefore],
  );
  return removedCount;
}
