import type { Connection } from '../../kernel/db/connection.ts';
import { NoWorker, runInWorker } from '../../kernel/workers/worker-pool.ts';
import type { Log } from '../../kernel/logger.ts';
import { checkpointWal } from '../../kernel/db/tasks.ts';

const idleMs = 300;
/** After this many commits a checkpoint runs without waiting, so that SQLite reuses the WAL instead of growing it. */
const commitsUntilForced = 256;

/** Checkpoints the WAL outside of users' writes, and records the audit's head. */
export class Checkpointer {
  readonly #db: Connection;
  readonly #recordHead: () => void;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #commits = 0;
  #checkpointRun: Promise<void> | undefined;

  constructor(db: Connection, recordHead: () => void, log: Log) {
    this.#db = db;
    this.#recordHead = recordHead;
    this.#log = log;
  }

  scheduleAfterCommit(): void {
    this.#commits += 1;
    if (this.#commits === commitsUntilForced) setImmediate(() => this.#recordAndCheckpoint());
    if (this.#commits >= commitsUntilForced) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#recordAndCheckpoint(), idleMs);
    this.#timer.unref();
  }

  /** Checkpoints the rest of the WAL. After that, this process no longer uses the file. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#checkpointRun) await this.#checkpointRun;
    this.#recordAndCheckpoint(true);
  }

  #recordAndCheckpoint(isClosing = false): void {
    if (!this.#db.raw.open) return;
    this.#commits = 0;
    try {
      this.#recordHead();
      if (!this.#db.raw.inTransaction && !this.#checkpointRun) this.#checkpoint(isClosing);
    } catch (error) {
      this.#warn(error);
    }
  }

  #checkpoint(isClosing: boolean): void {
    if (isClosing || !isWalLong(this.#db)) {
      this.#db.raw.pragma('wal_checkpoint(PASSIVE)');
      return;
    }
    this.#checkpointRun = checkpointInWorker(this.#db.raw.name)
      .catch((error: unknown) => this.#checkpointOnThread(error))
      .catch((error: unknown) => this.#warn(error))
      .finally(() => (this.#checkpointRun = undefined));
  }

  /** Without a worker the checkpoint runs here: if it ran only at closing, the WAL would grow for as long as the workspace is open. */
  #checkpointOnThread(error: unknown): void {
    if (!(error instanceof NoWorker)) throw error;
    this.#log.warn({ error: String(error) }, 'no worker for a checkpoint');
    // During a transaction, the next commit schedules a checkpoint.
    const { open, inTransaction } = this.#db.raw;
    if (open && !inTransaction) this.#db.raw.pragma('wal_checkpoint(PASSIVE)');
  }

  #warn(error: unknown): void {
    this.#log.warn({ error: String(error) }, 'checkpoint after writing failed');
  }
}

/** WAL pages that a checkpoint writes within a few milliseconds. */
const shortWalPages = 500;

/** Whether the WAL has so many uncheckpointed pages that a checkpoint would delay other work. */
function isWalLong({ raw }: Connection): boolean {
  const [state] = raw.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  return state !== undefined && state.log - state.checkpointed > shortWalPages;
}

/** Checkpoints the WAL of an open file in a worker, as far as readers allow. Resolves after the worker has closed the file. Throws NoWorker. */
async function checkpointInWorker(file: string): Promise<void> {
  await runInWorker(checkpointWal, { file });
}
