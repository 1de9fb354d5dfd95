import { issueWithCode } from '#shared/texts/issues.ts';
import { createHash } from 'node:crypto';
import type { FilesReport } from '#shared/contract/server/admin.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { ServerConfig } from '../config.ts';
import type { ActingUser, Database, Sql } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import { postgresFiles } from './storage.ts';
import type { FileStorage } from './storage.ts';

interface Files {
  fileStorage: FileStorage;
  now: () => number;
}

const notFound = (id: string): ServerFault<'DOCUMENT_NOT_FOUND'> =>
  new ServerFault('DOCUMENT_NOT_FOUND', { id });

async function assertVisible({ fileStorage }: Files, caller: ActingUser, id: string): Promise<void> {
  if ((await fileStorage.visibleHashes(caller, [id])).length === 0) throw notFound(id);
}

/** Returns the given files that the caller may see and that are not stored intact. */
export async function findMissingFiles(
  { fileStorage }: Files,
  caller: ActingUser,
  hashes: readonly string[],
): Promise<string[]> {
  const allowedHashes = await fileStorage.visibleHashes(caller, hashes);
  const storedHashes = new Set(await fileStorage.intactHashes(allowedHashes));
  return allowedHashes.filter((hash) => !storedHashes.has(hash));
}

/** The budgets of a user: for complete files, and for incomplete uploads. */
type Budget = 'files' | 'uploads';
type Outcome = 'complete' | 'incomplete' | 'wrong_hash' | { budget: Budget; limit: number };

/** Stores a part, and the file once all parts are there. Returns whether it is complete. Throws DOCUMENT_NOT_FOUND, VALIDATION_ERROR, TOO_LARGE. */
export async function storePart(
  services: Files & { config: Pick<ServerConfig, 'waitingBytes' | 'fileBytes'> },
  caller: ActingUser,
  { id, part, count, data }: { id: string; part: number; count: number; data: string },
): Promise<boolean> {
  const { fileStorage, now, config } = services;
  await assertVisible(services, caller, id);
  const time = isoTime(now());
  const bytes = Buffer.from(data, 'base64');
  const uploader = caller.id;
  const outcome = await fileStorage.write(uploader, id, async (writes): Promise<Outcome> => {
    if (await writes.isIntact(id)) return 'complete';
    const { waiting, stored } = await writes.usage(uploader, id, part);
    const exceeds = (budget: number, used: number): boolean => used + bytes.length > budget;
    if (exceeds(config.waitingBytes, waiting) || exceeds(config.fileBytes, stored)) {
      await writes.dropParts(id, uploader);
      return exceeds(config.waitingBytes, waiting)
        ? { budget: 'uploads', limit: config.waitingBytes }
        : { budget: 'files', limit: config.fileBytes };
    }
    // An upload begins with part 0, so that leftovers of another one cannot spoil it.
    if (part === 0) await writes.dropParts(id, uploader);
    await writes.putPart(id, uploader, part, bytes, time);
    const { parts, size } = await writes.measureUpload(id, uploader, count);
    if (parts !== count) return 'incomplete';
    const isOverBudget = stored + size > config.fileBytes;
    const isIntact =
      !isOverBudget && (await hashParts((index) => writes.partOfUpload(id, uploader, index))) === id;
    if (isIntact) await writes.complete({ id, uploader, count, size, time });
    else await writes.dropParts(id, uploader);
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

/** Returns the SHA-256 of parts 0, 1, … up to the first missing one. One part at a time, because a file can have 100 MB. */
async function hashParts(read: (part: number) => Promise<Buffer | undefined>): Promise<string> {
  const hash = createHash('sha256');
  for (let part = 0; ; part++) {
    const bytes = await read(part);
    if (!bytes) return hash.digest('hex');
    hash.update(bytes);
  }
}

/** Reads a part, and checks its hash. Throws DOCUMENT_NOT_FOUND, also for a damaged file. */
export async function readPart(
  services: Files,
  caller: ActingUser,
  { id, part }: { id: string; part: number },
): Promise<{ count: number; bytes: number; data: string }> {
  await assertVisible(services, caller, id);
  const row = await services.fileStorage.readPart(id, part);
  if (!row) throw notFound(id);
  const isPartIntact = createHash('sha256').update(row.bytes).digest().equals(row.hash);
  // The damaged bytes can be those of the part's hash; the file is then as its own hash says.
  if (!isPartIntact && !(await checkFile(services, id))) throw notFound(id);
  return { count: row.parts, bytes: row.size, data: row.bytes.toString('base64') };
}

/** The bytes of a file; null if it is missing, damaged or longer than `maxLength`. The caller checks that a visible document names it. */
export async function readWholeFile(
  { fileStorage }: Files,
  id: string,
  maxLength: number,
): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  for (let part = 0, count = 1; part < count; part++) {
    const row = await fileStorage.readPart(id, part);
    if (!row || row.size > maxLength) return null;
    count = row.parts;
    parts.push(row.bytes);
  }
  const bytes = Buffer.concat(parts);
  return createHash('sha256').update(bytes).digest('hex') === id ? bytes : null;
}

/** Hashes a stored file, and marks it as damaged if its bytes are not those of its hash. Returns whether it is intact; false also if it is missing. */
export async function checkFile({ fileStorage, now }: Files, id: string): Promise<boolean> {
  if ((await hashParts((part) => fileStorage.partOfFile(id, part))) === id) return true;
  // Hashed again under the lock, because an upload can have replaced the file meanwhile.
  return fileStorage.write('', id, async (writes) => {
    const isIntact = (await hashParts((part) => writes.partOfFile(id, part))) === id;
    if (!isIntact) await writes.markDamaged(id, isoTime(now()));
    return isIntact;
  });
}

/** Checks the copy of a file whose download had another hash. Returns whether it is intact. Throws DOCUMENT_NOT_FOUND. */
export async function checkReportedFile(services: Files, caller: ActingUser, id: string): Promise<boolean> {
  await assertVisible(services, caller, id);
  return checkFile(services, id);
}

/** Checks every stored file. Returns how many are intact, and the hashes of the damaged ones. */
export async function checkAllFiles(
  { database, now }: { database: Database; now: () => number },
  signal: AbortSignal,
): Promise<{ intact: number; damaged: string[] }> {
  const services = { fileStorage: postgresFiles(database), now };
  const files = await database.all<{ sha256: string }>('SELECT sha256 FROM files ORDER BY sha256');
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
export async function sweepFiles({ database }: { database: Database }, partsBefore: string): Promise<number> {
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
