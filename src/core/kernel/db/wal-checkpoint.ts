import { runInWorker } from '../workers/worker-pool.ts';
import { checkpointWal } from './tasks.ts';
import type { Connection } from './connection.ts';

/** Pages of a log that are folded in without anybody noticing: a few milliseconds. */
const few = 500;

/** Whether a file's log holds so much that is not in the file yet that folding it in would hold others up. */
export function isLongLog({ raw }: Connection): boolean {
  const [found] = raw.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return found !== undefined && found.log - found.checkpointed > few;
}

/** Folds the log of a file that is open here into it in a thread, as far as readers let it. Ends when the thread has let go of the file. Throws NoWorker. */
export async function checkpointInWorker(file: string): Promise<void> {
  await runInWorker(checkpointWal, { file });
}
