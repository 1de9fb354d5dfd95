import { closeSync, fdatasync, openSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { defineTask } from '../workers/task.ts';
import type { OnProgress } from '../workers/task.ts';

/** What SQLite says to a query, row by row. */
export type ThreadRow = Readonly<Record<string, string | number | null>>;

export interface FileQueries {
  file: string;
  queries: readonly string[];
}

/** Answers queries that SQLite runs as one long call, all from one snapshot of the file. */
export const queryFile = defineTask('queryFile', ({ file, queries }: FileQueries): ThreadRow[][] => {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    db.exec('BEGIN');
    return queries.map((sql) => db.prepare(sql).all() as ThreadRow[]);
  } finally {
    db.close();
  }
});

/** Writes a file anew in its place, without what is free in it. */
export const vacuumFile = defineTask('vacuumFile', ({ file }: { file: string }): void => {
  const db = new Database(file, { fileMustExist: true });
  try {
    db.exec('VACUUM');
  } finally {
    db.close();
  }
});

/**
 * Writes a file anew in its place and empties its WAL, so that nothing is left in it of what was overwritten. Others may have it open. Returns false where
 * somebody reads an older state, so that the WAL still has that.
 */
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

/** Writes the WAL of a file into it, as far as readers allow. */
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
  image: string;
}

/** How many pages are copied, of how many. */
export interface CopyProgress {
  done: number;
  total: number;
}

const pagesPerStep = 1024;

/** Opens a file at one moment of it: without a transaction a write of others would make a copy begin anew. */
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

/**
 * Copies a database to a new file, a closed one by itself, without a log. What is copied goes to the disk along the way: bringing all of
 * it there at the end would hold up who commits meanwhile.
 */
async function copyDurably({ file, image }: CopyInput, onProgress: OnProgress<CopyProgress>): Promise<void> {
  let handle: number | undefined;
  let syncing: Promise<void> | undefined;
  const sync = (): void => {
    const target = (handle ??= openSync(image, 'r+'));
    syncing ??= new Promise<void>((resolve) => fdatasync(target, () => resolve())).then(
      () => (syncing = undefined),
    );
  };
  const source = openSnapshot(file);
  try {
    await source.backup(image, {
      progress({ totalPages, remainingPages }) {
        onProgress({ done: totalPages - remainingPages, total: totalPages });
        sync();
        return pagesPerStep;
      },
    });
  } finally {
    await syncing;
    if (handle !== undefined) closeSync(handle);
    source.close();
  }
  const copy = new Database(image, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

export const copyLasting = defineTask('copyLasting', copyDurably);

/** The longest file that is copied through memory, in bytes. */
const longest = 256 * 2 ** 20;
/** Where a database says how it is to be written and read; 1 is: without a log beside it. */
const modes = [18, 19];

/** Whether a page holds nothing but zeros: that is what SQLite gives out instead of a page that it cannot read. */
function hasEmptyPage(bytes: Buffer, size: number): boolean {
  const empty = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size)
    if (bytes.compare(empty, 0, size, at, at + size) === 0) return true;
  return false;
}

/**
 * As `copyLasting`, of a copy that is gone before long: it goes through memory where it is not too long for that, and nothing waits for the
 * disk.
 */
async function copyThroughMemory(input: CopyInput, onProgress: OnProgress<CopyProgress>): Promise<void> {
  const source = openSnapshot(input.file);
  try {
    const count = (name: string): number => Number(source.pragma(name, { simple: true }));
    const [total, size] = [count('page_count'), count('page_size')];
    if (total * size > longest) return await copyDurably(input, onProgress);
    onProgress({ done: 0, total });
    const bytes = source.serialize();
    try {
      // Whether such a page is one that cannot be read, the other way says.
      if (hasEmptyPage(bytes, size)) return await copyDurably(input, onProgress);
      for (const at of modes) bytes[at] = 1;
      writeFileSync(input.image, bytes, { flag: 'wx' });
    } finally {
      // Given back at once, and not when memory is tidied up some time.
      (bytes.buffer as ArrayBuffer).transfer(0);
    }
    onProgress({ done: total, total });
  } finally {
    source.close();
  }
}
export const copyPassing = defineTask('copyPassing', copyThroughMemory);
