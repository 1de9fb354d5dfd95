import type { ActingUser, Database, Sql } from '../db/database.ts';

/** What the rules for files read and write. Postgres implements it for the server, and arrays for the simulator of sync. */
export interface FileStorage {
  /** The hashes that a document names which the caller may see. */
  visibleHashes(caller: ActingUser, hashes: readonly string[]): Promise<string[]>;
  /** Those of the hashes whose file is stored and was not found damaged. */
  intactHashes(hashes: readonly string[]): Promise<string[]>;
  /** A part of a file that was not found damaged, with the SHA-256 of the part. */
  readPart(sha256: string, part: number): Promise<StoredPart | undefined>;
  /** The bytes of a part of a complete file, damaged or not. */
  partOfFile(sha256: string, part: number): Promise<Buffer | undefined>;
  /** Runs work in a transaction, alone with the uploads of a user and the writes of a file. */
  write<T>(uploader: string, sha256: string, work: (writes: FileWrites) => Promise<T>): Promise<T>;
}

export interface StoredPart {
  /** Of the whole file. */
  parts: number;
  size: number;
  bytes: Buffer;
  hash: Buffer;
}

export interface CompleteFile {
  id: string;
  uploader: string;
  count: number;
  size: number;
  time: string;
}

export interface FileWrites {
  isIntact(sha256: string): Promise<boolean>;
  /** Bytes of a user: in unfinished uploads without the given part, and in complete files. */
  usage(uploader: string, sha256: string, part: number): Promise<{ waiting: number; stored: number }>;
  dropParts(sha256: string, uploader: string): Promise<unknown>;
  putPart(sha256: string, uploader: string, part: number, bytes: Buffer, time: string): Promise<unknown>;
  /** The parts below `count` of an upload, and their bytes. */
  measureUpload(sha256: string, uploader: string, count: number): Promise<{ parts: number; size: number }>;
  partOfUpload(sha256: string, uploader: string, part: number): Promise<Buffer | undefined>;
  partOfFile(sha256: string, part: number): Promise<Buffer | undefined>;
  /** Moves the parts of an upload into the file, replacing a damaged copy. No statement changes them afterwards. */
  complete(file: CompleteFile): Promise<void>;
  markDamaged(sha256: string, time: string): Promise<unknown>;
}

export const postgresFiles = (database: Database): FileStorage => ({
  visibleHashes: async (caller, hashes) => {
    const rows = await database.readAsUser(caller, (sql) =>
      sql.all<{ sha256: string }>(visibleHashesQuery, [hashes]),
    );
    return rows.map(({ sha256 }) => sha256);
  },
  intactHashes: async (hashes) => {
    const rows = await database.all<{ sha256: string }>(intactHashesQuery, [hashes]);
    return rows.map(({ sha256 }) => sha256);
  },
  readPart: (sha256, part) => database.get<StoredPart>(readPartQuery, [sha256, part]),
  partOfFile: (sha256, part) => partOfFile(database, sha256, part),
  write: (uploader, sha256, work) =>
    database.transaction(async (sql) => {
      await sql.run(lockQuery, [uploader, sha256]);
      return work(postgresWrites(sql));
    }),
});

const postgresWrites = (sql: Sql): FileWrites => ({
  isIntact: async (sha256) => (await sql.get(isIntactQuery, [sha256])) !== undefined,
  usage: async (uploader, sha256, part) => {
    const usage = await sql.get<{ waiting: number; stored: number }>(usageQuery, [uploader, sha256, part]);
    return usage ?? { waiting: 0, stored: 0 };
  },
  dropParts: (sha256, uploader) => sql.run(dropParts, [sha256, uploader]),
  putPart: (sha256, uploader, part, bytes, time) => sql.run(addPart, [sha256, uploader, part, bytes, time]),
  measureUpload: async (sha256, uploader, count) => {
    const measured = await sql.get<{ parts: number; size: number }>(measureQuery, [sha256, uploader, count]);
    return measured ?? { parts: 0, size: 0 };
  },
  partOfUpload: async (sha256, uploader, part) =>
    (await sql.get<{ bytes: Buffer }>(partOfUploadQuery, [sha256, uploader, part]))?.bytes,
  partOfFile: (sha256, part) => partOfFile(sql, sha256, part),
  async complete({ id, uploader, count, size, time }) {
    await sql.run('DELETE FROM files WHERE sha256 = $1', [id]);
    await sql.run(insertFile, [id, uploader, count, size, time]);
    await sql.run(insertContents, [id, uploader, count]);
    await sql.run('DELETE FROM file_parts WHERE sha256 = $1', [id]);
  },
  markDamaged: (sha256, time) => sql.run(markDamaged, [sha256, time]),
});

const partOfFile = async (sql: Sql, sha256: string, part: number): Promise<Buffer | undefined> =>
  (await sql.get<{ bytes: Buffer }>(partOfFileQuery, [sha256, part]))?.bytes;

/** Row security filters the documents. */
const visibleHashesQuery = `SELECT DISTINCT t.payload #>> '{file,sha256}' AS sha256 FROM documents t
  WHERE t.payload #>> '{file,sha256}' = ANY ($1) AND t.deleted_at IS NULL AND frames_visible(t.id, NULL, NULL)`;
const intactHashesQuery = 'SELECT sha256 FROM files WHERE sha256 = ANY ($1) AND damaged_at IS NULL';
const isIntactQuery = 'SELECT 1 FROM files WHERE sha256 = $1 AND damaged_at IS NULL';
const readPartQuery = `SELECT f.parts, f.bytes::integer AS size, c.bytes, c.hash FROM files f JOIN file_contents c USING (sha256)
  WHERE f.sha256 = $1 AND c.part = $2 AND f.damaged_at IS NULL`;

/** Serialises uploads of one user, because they share a budget, and then all writes of one file. Both locks end with the transaction. */
const lockQuery = `SELECT pg_advisory_xact_lock(hashtextextended('uploads of ' || $1, 0)),
  pg_advisory_xact_lock(hashtextextended('file ' || $2, 0))`;
const usageQuery = `SELECT
  (SELECT coalesce(sum(length(bytes)), 0)::bigint FROM file_parts WHERE uploader = $1 AND NOT (sha256 = $2 AND part = $3)) AS waiting,
  (SELECT coalesce(sum(bytes), 0)::bigint FROM files WHERE uploader = $1 AND sha256 <> $2) AS stored`;
const addPart = `INSERT INTO file_parts (sha256, uploader, part, bytes, received_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (sha256, uploader, part) DO UPDATE SET bytes = excluded.bytes, received_at = excluded.received_at`;
const dropParts = 'DELETE FROM file_parts WHERE sha256 = $1 AND uploader = $2';
const measureQuery = `SELECT count(*)::integer AS parts, coalesce(sum(length(bytes)), 0)::bigint AS size FROM file_parts
  WHERE sha256 = $1 AND uploader = $2 AND part < $3`;
const partOfUploadQuery = 'SELECT bytes FROM file_parts WHERE sha256 = $1 AND uploader = $2 AND part = $3';
const partOfFileQuery = 'SELECT bytes FROM file_contents WHERE sha256 = $1 AND part = $2';
const insertFile =
  'INSERT INTO files (sha256, uploader, parts, bytes, created_at) VALUES ($1, $2, $3, $4, $5)';
const insertContents = `INSERT INTO file_contents (sha256, part, bytes, hash)
  SELECT sha256, part, bytes, sha256(bytes) FROM file_parts WHERE sha256 = $1 AND uploader = $2 AND part < $3`;
const markDamaged = 'UPDATE files SET damaged_at = $2 WHERE sha256 = $1 AND damaged_at IS NULL';
