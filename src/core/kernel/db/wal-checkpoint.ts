import { runInWorker } from '../workers/worker-pool.ts';
import { checkpointWal } from './tasks.ts';
import type { Connection } from './connection.ts';

/** WAL pages that a checkpoint writes within a few milliseconds. */
const shortWalPages = 500;

/** Whether the WAL has so many uncheckpointed pages that a checkpoint would delay other work. */
export function isWalLong({ raw }: Connection): boolean {
  const [state] = raw.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return state !== undefined && state.log - state.checkpointed > shortWalPages;
}

/** Checkpoints the WAL of an open file in a worker, as far as readers allow. Resolves after the worker has closed the file. Throws NoWorker. */
export async function checkpointInWorker(file: string): Promise<void> {
  await runInWorker(checkpointWal, { file });
}
