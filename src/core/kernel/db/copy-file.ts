import type { Log } from '../logger.ts';
import { openConnection } from './connection.ts';
import { copyLasting, copyPassing } from './tasks.ts';
import type { CopyProgress } from './tasks.ts';
import { isLarge } from './in-worker.ts';
import { runInWorker, NoWorker } from '../workers/worker-pool.ts';

interface Copying {
  log: Log;
  /** Told how many pages are done, of how many; may throw to give up. */
  step: (done: number, total: number) => void;
  /** Whether the copy is gone before long, so that it need not reach the disk. */
  passing?: boolean;
}

/**
 * Copies a database to a new file through SQLite, as it is at one moment whatever others write meanwhile: in a thread, unless it is so small
 * that it is done before one has begun. The copy is a closed file by itself, without a log. Throws what SQLite throws, and what `step` throws.
 */
export async function copyFile(
  file: string,
  image: string,
  { log, step, passing = false }: Copying,
): Promise<void> {
  if (!isLarge(file) && !isLarge(`${file}-wal`)) return copyHere(file, image, { log, step });
  try {
    const onProgress = ({ done, total }: CopyProgress): void => step(done, total);
    await runInWorker(passing ? copyPassing : copyLasting, { file, image }, { onProgress });
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error;
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
