import type { Log } from '../log.ts';
import { openConnection } from './connection.ts';
import type { CopyTold } from './deeds.ts';
import { isLarge } from './in-thread.ts';
import { inThread, NoThread } from '../threads/run.ts';

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
    const hear = ({ done, total }: CopyTold): void => step(done, total);
    await inThread(passing ? 'copyPassing' : 'copyLasting', { file, image }, { hear });
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
