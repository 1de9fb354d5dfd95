import type { Log } from '../logger.ts';
import { openConnection } from './connection.ts';
import { copyDurableTask, copyTemporaryTask } from './tasks.ts';
import type { CopyProgress } from './tasks.ts';
import { isLarge } from './worker-queries.ts';
import { runInWorker, NoWorker } from '../workers/worker-pool.ts';

interface CopyOptions {
  log: Log;
  /** Receives copied and total pages. Can throw to cancel. */
  step: (done: number, total: number) => void;
  /** The copy is short-lived and need not be fsynced. */
  isTemporary?: boolean;
}

/** Copies a snapshot to a new closed file without WAL, in a worker if large. Throws SQLite's errors and the errors of `step`. */
export async function copyFile(
  file: string,
  copyPath: string,
  { log, step, isTemporary = false }: CopyOptions,
): Promise<void> {
  if (!isLarge(file) && !isLarge(`${file}-wal`)) return copyOnThisThread(file, copyPath, { log, step });
  try {
    const onProgress = ({ done, total }: CopyProgress): void => step(done, total);
    await runInWorker(isTemporary ? copyTemporaryTask : copyDurableTask, { file, copyPath }, { onProgress });
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error;
    log.warn({ error: String(error) }, 'no worker for a copy');
    await copyOnThisThread(file, copyPath, { log, step });
  }
}

async function copyOnThisThread(file: string, copyPath: string, { log, step }: CopyOptions): Promise<void> {
  const source = openConnection(file, { mode: 'read', log });
  try {
    source.exec('BEGIN');
    source.get('SELECT count(*) FROM sqlite_schema');
    await source.raw.backup(copyPath, {
      progress({ totalPages, remainingPages }) {
        step(totalPages - remainingPages, totalPages);
        return 64;
      },
    });
  } finally {
    source.close();
  }
  using copy = openConnection(copyPath, { mode: 'write', log });
  copy.pragma('journal_mode = DELETE');
}
