import type { Connection } from '../../kernel/db/connection.ts';
import { checkpointInWorker, isWalLong } from '../../kernel/db/wal-checkpoint.ts';
import { NoWorker } from '../../kernel/workers/worker-pool.ts';
import type { Log } from '../../kernel/logger.ts';

/** Idle time before a checkpoint, in milliseconds. */
const pause = 300;
/** After this many commits a checkpoint runs without waiting, so that SQLite reuses the WAL instead of growing it. */
const commitLimit = 256;

/** Checkpoints the WAL outside of users' writes, and keeps the audit's head. */
export class Checkpointer {
  readonly #db: Connection;
  readonly #keepHead: () => void;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #commits = 0;
  #checkpointing: Promise<void> | undefined;

  constructor(db: Connection, keepHead: () => void, log: Log) {
    this.#db = db;
    this.#keepHead = keepHead;
    this.#log = log;
  }

  scheduleAfterCommit(): void {
    this.#commits += 1;
    if (this.#commits === commitLimit) setImmediate(() => this.#keepHeadAndCheckpoint());
    if (this.#commits >= commitLimit) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keepHeadAndCheckpoint(), pause);
    this.#timer.unref();
  }

  /** Checkpoints the rest. The file is no longer in use after that. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#checkpointing) await this.#checkpointing;
    this.#keepHeadAndCheckpoint(true);
  }

  #keepHeadAndCheckpoint(closing = false): void {
    if (!this.#db.raw.open) return;
    this.#commits = 0;
    try {
      this.#keepHead();
      if (!this.#db.raw.inTransaction && !this.#checkpointing) this.#checkpoint(closing);
    } catch (error) {
      this.#warn(error);
    }
  }

  #checkpoint(closing: boolean): void {
    if (closing || !isWalLong(this.#db)) {
      this.#db.raw.pragma('wal_checkpoint(PASSIVE)');
      return;
    }
    this.#checkpointing = checkpointInWorker(this.#db.raw.name)
      .catch((error: unknown) => this.#checkpointHere(error))
      .catch((error: unknown) => this.#warn(error))
      .finally(() => (this.#checkpointing = undefined));
  }

  /** Without a worker the checkpoint runs here: one at closing only would let the WAL grow for as long as the workspace is open. */
  #checkpointHere(error: unknown): void {
    if (!(error instanceof NoWorker)) throw error;
    this.#log.warn({ error: String(error) }, 'no thread to fold the log in');
    // During a transaction, the next commit schedules a checkpoint.
    const { open, inTransaction } = this.#db.raw;
    if (open && !inTransaction) this.#db.raw.pragma('wal_checkpoint(PASSIVE)');
  }

  #warn(error: unknown): void {
    this.#log.warn({ error: String(error) }, 'could not tidy up after writing');
  }
}
