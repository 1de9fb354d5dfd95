import type { Connection } from '../../kernel/db/connection.ts';
import { checkpointInWorker, isLongLog } from '../../kernel/db/wal-checkpoint.ts';
import { NoWorker } from '../../kernel/workers/worker-pool.ts';
import type { Log } from '../../kernel/logger.ts';

/** How long writing must have paused before the log of the file is folded in, in milliseconds. */
const pause = 300;
/** After this many commits it is folded in without a pause, so that the log is written over again rather than made longer. */
const busy = 256;

/** Keeps the write-ahead log short outside of people's writes, and has the audit's head written down. */
export class Checkpointer {
  readonly #db: Connection;
  readonly #keepHead: () => void;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #commits = 0;
  #folding: Promise<void> | undefined;

  constructor(db: Connection, keepHead: () => void, log: Log) {
    this.#db = db;
    this.#keepHead = keepHead;
    this.#log = log;
  }

  /** Something was committed: tidy up once nobody writes. */
  later(): void {
    this.#commits += 1;
    if (this.#commits === busy) setImmediate(() => this.#tidy());
    if (this.#commits >= busy) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tidy(), pause);
    this.#timer.unref();
  }

  /** Folds in what is left; nothing holds the file any more when it has ended. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#folding) await this.#folding;
    this.#tidy(true);
  }

  #tidy(closing = false): void {
    if (!this.#db.raw.open) return;
    this.#commits = 0;
    try {
      this.#keepHead();
      if (!this.#db.raw.inTransaction && !this.#folding) this.#fold(closing);
    } catch (error) {
      this.#warn(error);
    }
  }

  #fold(closing: boolean): void {
    if (closing || !isLongLog(this.#db)) {
      this.#db.raw.pragma('wal_checkpoint(PASSIVE)');
      return;
    }
    this.#folding = checkpointInWorker(this.#db.raw.name)
      .catch((error: unknown) => this.#foldHere(error))
      .catch((error: unknown) => this.#warn(error))
      .finally(() => (this.#folding = undefined));
  }

  /** Where no thread can be had it is done here: a log that is folded in only at closing grows for as long as the workspace is open. */
  #foldHere(why: unknown): void {
    if (!(why instanceof NoWorker)) throw why;
    this.#log.warn({ error: String(why) }, 'no thread to fold the log in');
    // Whoever writes just now has it done after their commit.
    const { open, inTransaction } = this.#db.raw;
    if (open && !inTransaction) this.#db.raw.pragma('wal_checkpoint(PASSIVE)');
  }

  #warn(error: unknown): void {
    this.#log.warn({ error: String(error) }, 'could not tidy up after writing');
  }
}
