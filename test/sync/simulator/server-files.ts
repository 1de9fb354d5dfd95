import { createHash } from 'node:crypto';
import type { FileStorage, FileWrites } from '#server/files/storage.ts';

/** A complete file of the server; replaced, never changed, so a shallow copy is a backup. */
export interface ServerFile {
  uploader: string;
  parts: readonly Buffer[];
  /** SHA-256 of each part, as it was when the file was completed. */
  hashes: readonly Buffer[];
  damaged_at: string | null;
}

export interface FileTables {
  files: Map<string, ServerFile>;
  /** Parts of unfinished uploads, by file, uploader and number. */
  uploads: Map<string, Buffer>;
}

export const sha256Of = (...parts: readonly Buffer[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

export const isIntactFile = (id: string, { parts }: ServerFile): boolean =>
  sha256Of(...parts).toString('hex') === id;

/** The server's files over arrays, like the Postgres of `server/files/storage.ts`. */
export function memoryFiles(
  tables: FileTables,
  visibleHashes: (hashes: readonly string[]) => string[],
): FileStorage {
  const { files, uploads } = tables;
  const keyOf = (id: string, uploader: string, part: number): string => `${id} ${uploader} ${part}`;
  const partsOf = (id: string, uploader: string, count: number): Buffer[] =>
    Array.from({ length: count }, (_, part) => uploads.get(keyOf(id, uploader, part))).flatMap(
      (bytes) => bytes ?? [],
    );
  const isIntact = (id: string): boolean => files.get(id)?.damaged_at === null;
  const partOfFile = async (id: string, part: number): Promise<Buffer | undefined> =>
    files.get(id)?.parts[part];
  const dropUploads = (isDropped: (key: string) => boolean): void => {
    for (const key of uploads.keys()) if (isDropped(key)) uploads.delete(key);
  };
  const writes: FileWrites = {
    isIntact: async (id) => isIntact(id),
    usage: async () => ({ waiting: 0, stored: 0 }),
    dropParts: async (id, uploader) => dropUploads((key) => key.startsWith(`${id} ${uploader} `)),
    putPart: async (id, uploader, part, bytes) => uploads.set(keyOf(id, uploader, part), bytes),
    measureUpload: async (id, uploader, count) => {
      const parts = partsOf(id, uploader, count);
      return { parts: parts.length, size: parts.reduce((size, { length }) => size + length, 0) };
    },
    partOfUpload: async (id, uploader, part) => uploads.get(keyOf(id, uploader, part)),
    partOfFile,
    async complete({ id, uploader, count }) {
      const parts = partsOf(id, uploader, count);
      files.set(id, { uploader, parts, hashes: parts.map((part) => sha256Of(part)), damaged_at: null });
      dropUploads((key) => key.startsWith(`${id} `));
    },
    async markDamaged(id, time) {
      const file = files.get(id);
      if (file) files.set(id, { ...file, damaged_at: file.damaged_at ?? time });
    },
  };
  return {
    visibleHashes: async (_caller, hashes) => visibleHashes(hashes),
    intactHashes: async (hashes) => hashes.filter(isIntact),
    async readPart(id, part) {
      const { parts = [], hashes = [] } = files.get(id) ?? {};
      const [bytes, hash] = [parts[part], hashes[part]];
      if (!isIntact(id) || !bytes || !hash) return undefined;
      return { parts: parts.length, size: parts.reduce((size, { length }) => size + length, 0), bytes, hash };
    },
    partOfFile,
    write: (_uploader, _id, work) => work(writes),
  };
}
