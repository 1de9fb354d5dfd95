import type { Log } from '../log.ts';
import { openConnection } from './connection.ts';
import { isLarge } from './in-thread.ts';
import { inThread, NoThread } from './thread.ts';

/** Pages that are copied between two looks at whether it is still wanted. */
const together = 1024;

/**
 * A reading transaction of its own makes it one moment of the source: without it a write of others would make the copy begin anew. What is
 * copied goes to the disk along the way: bringing all of it there at the end would hold up who commits meanwhile. Last it is made a file by
 * itself and not the middle of a write-ahead log.
 */
const copying = `
  const { closeSync, fdatasync, openSync } = require('node:fs');
  const { file, image, together } = workerData;
  let handle, syncing;
  const sync = () => {
    handle ??= openSync(image, 'r+');
    syncing ??= new Promise((resolve) => fdatasync(handle, () => resolve())).then(() => (syncing = undefined));
  };
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(image, {
      progress({ totalPages, remainingPages }) {
        tell({ done: totalPages - remainingPages, total: totalPages });
        sync();
        return together;
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
`;

interface Copying {
  log: Log;
  /** Told how many pages are done, of how many; may throw to give up. */
  step: (done: number, total: number) => void;
}

/**
 * Copies a database to a new file through SQLite, as it is at one moment whatever others write meanwhile: in a thread, unless it is so small
 * that it is done before one has begun. The copy is a closed file by itself, without a log. Throws what SQLite throws, and what `step` throws.
 */
export async function copyFile(file: string, image: string, { log, step }: Copying): Promise<void> {
  if (!isLarge(file) && !isLarge(`${file}-wal`)) return copyHere(file, image, { log, step });
  try {
    await inThread(
      copying,
      { file, image, together },
      { hear: ({ done, total }: { done: number; total: number }) => step(done, total) },
    );
  } catch (error) {
    if (!(error instanceof NoThread)) throw error;
    log.warn({ error: String(error) }, 'no thread for a copy');
    await copyHere(file, image, { log, step });
  }
}

async function copyHere(file: string, image: string, { log, step }: Copying): Promise<void> {
  const source = openConnection(file, { mode: 'read', log });
  try {
    source.exec('BEGIN');
    source.get('SELECT count(*) FROM sqlite_schema');
    await source.raw.backup(image, {
      progress({ totalPages, remainingPages }) {
        step(totalPages - remainingPages, totalPages);
        return 64;
      },
    });
  } finally {
    source.close();
  }
  const copy = openConnection(image, { mode: 'write', log });
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
