import { closeSync, fdatasync } from 'node:fs';
import Database from 'better-sqlite3';
import { openFileSync, writeNewFileSync } from '#files/open-file.ts';
import { defineTask } from '../workers/task.ts';
import type { OnTaskProgress } from '../workers/task.ts';

export type QueryRow = Readonly<Record<string, string | number | null>>;

export interface FileQueries {
  file: string;
  queries: readonly string[];
}

export const queryFile = defineTask('queryFile', ({ file, queries }: FileQueries): QueryRow[][] => {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    db.exec('BEGIN');
    return queries.map((sql) => db.prepare(sql).all() as QueryRow[]);
  } finally {
    db.close();
  }
});

export const vacuumFile = defineTask('vacuumFile', ({ file }: { file: string }): void => {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.exec('VACUUM');
  } finally {
    db.close();
  }
});

/** Vacuums a file in place and truncates its WAL, so that no overwritten data remains. False if an older reader prevented it. */
export const scrubFile = defineTask('scrubFile', ({ file }: { file: string }): boolean => {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.exec('VACUUM');
    const [state] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return state?.busy === 0;
  } finally {
    db.close();
  }
});

export const checkpointWal = defineTask('checkpointWal', ({ file }: { file: string }): void => {
  const db = new Database(file, { fileMustExist: true, timeout: 0 });
  try {
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
});

export interface CopyInput {
  file: string;
  copyPath: string;
}

export interface CopyProgress {
  done: number;
  total: number;
}

const pagesPerStep = 1024;

/** Opens a snapshot of a file. Without a transaction, a concurrent write would restart the copy. */
function openSnapshot(file: string): Database.Database {
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    return source;
  } catch (error) {
    source.close();
    throw error;
  }
}

/** Copies a database to a new, closed file without a WAL. SQLite fsyncs at the end; fsyncs in between keep that one short, because it delays commits. */
async function copyDurably(
  { file, copyPath }: CopyInput,
  onProgress: OnTaskProgress<CopyProgress>,
): Promise<void> {
  let handle: number | undefined;
  let pendingFsync: Promise<void> | undefined;
  const startFsync = (): void => {
    const target = (handle ??= openFileSync(copyPath, { access: 'change' }));
    pendingFsync ??= new Promise<void>((resolve) => fdatasync(target, () => resolve())).then(
      () => (pendingFsync = undefined),
    );
  };
  const source = openSnapshot(file);
  try {
    await source.backup(copyPath, {
      progress({ totalPages, remainingPages }) {
        onProgress({ done: totalPages - remainingPages, total: totalPages });
        startFsync();
        return pagesPerStep;
      },
    });
  } finally {
    await pendingFsync;
    if (handle !== undefined) closeSync(handle);
    source.close();
  }
  const copy = new Database(copyPath, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

export const copyDurableTask = defineTask('copyDurably', copyDurably);

const maxInMemoryBytes = 256 * 2 ** 20;
/** Offsets of the read and write version in the database header; 1 means a rollback journal instead of a WAL. */
const headerVersionOffsets = [18, 19];

/** Whether any page is all zeros: `serialize` returns such a page in place of an unreadable one. */
function hasEmptyPage(bytes: Buffer, pageBytes: number): boolean {
  const zeroPage = Buffer.alloc(pageBytes);
  for (let offset = 0; offset < bytes.length; offset += pageBytes)
    if (bytes.compare(zeroPage, 0, pageBytes, offset, offset + pageBytes) === 0) return true;
  return false;
}

/** Like `copyDurably`, for a short-lived copy: goes through memory unless the file is too large, and does not fsync. */
async function copyThroughMemory(input: CopyInput, onProgress: OnTaskProgress<CopyProgress>): Promise<void> {
  const source = openSnapshot(input.file);
  try {
    const readPragma = (name: string): number => Number(source.pragma(name, { simple: true }));
    const [pageCount, pageBytes] = [readPragma('page_count'), readPragma('page_size')];
    if (pageCount * pageBytes > maxInMemoryBytes) return await copyDurably(input, onProgress);
    onProgress({ done: 0, total: pageCount });
    const bytes = source.serialize();
    try {
      // The durable copy throws if the page is really unreadable.
      if (hasEmptyPage(bytes, pageBytes)) return await copyDurably(input, onProgress);
      for (const offset of headerVersionOffsets) bytes[offset] = 1;
      writeNewFileSync(input.copyPath, bytes);
    } finally {
      // Frees the memory now instead of at the next garbage collection.
      (bytes.buffer as ArrayBuffer).transfer(0);
    }
    onProgress({ done: pageCount, total: pageCount });
  } finally {
    source.close();
  }
}
export const copyTemporaryTask = defineTask('copyThroughMemory', copyThroughMemory);
