import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Fault } from '#shared/contract/faults.ts';
import type { Head } from '../audit/head.ts';
import type { AuditSource, Origin } from '../audit/audit-transaction.ts';
import { AuditTransaction } from '../audit/audit-transaction.ts';
import type { Connection, WriteHandle } from '../../kernel/db/connection.ts';
import { RecordWriter } from '../records/record-writer.ts';
import type { HasContent } from '../records/record-writer.ts';
import { actorOf, actingProfile } from '../session.ts';
import type { Session } from '../session.ts';
import type { WriteContext } from './write-context.ts';
import { runSpilling } from '../../kernel/db/spill.ts';
import { beginImmediate } from '../../kernel/db/begin-immediate.ts';
import type { HolderRegistry } from '../../kernel/db/holders.ts';
import type { Log } from '../../kernel/logger.ts';

interface QueuedWork {
  /** A command is synchronous and can share a commit; a job has a transaction of its own. */
  kind: 'command' | 'job';
  label: string;
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export interface Series {
  readonly db: WriteHandle;
  /** Writes one transaction; `origin` is null for a transaction of this replica. Returns null if nothing changed. */
  write(
    actor: string,
    origin: Origin | null,
    change: (records: RecordWriter, audit: AuditTransaction) => void,
  ): Head | null;
}

export interface QueueOptions {
  connection: Connection;
  source: AuditSource;
  holders: HolderRegistry;
  log: Log;
  /** Throws if writing is not allowed. Called when work is queued, when it starts, and before a job commits. */
  assertWritable?: (() => void) | undefined;
  hasContent?: HasContent | undefined;
  /** Rolls back every successful transaction, but answers as if it had been committed. */
  dryRun?: boolean | undefined;
  /** Called after each commit with the new audit head; null if nothing audited changed. */
  onCommit(head: Head | null): void;
}

function isConstraintError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT');
}

/** Commands that share one commit; each has a savepoint. */
const maxGroupSize = 32;
/** Milliseconds of continuous writing before yielding to the event loop. */
const sliceMs = 10;

/** The only way to write: a command or job has a transaction with its audit. Waiting commands share a commit; one can fail by itself. */
export class WriteQueue {
  readonly #options: QueueOptions;
  readonly #queue: QueuedWork[] = [];
  #running: Promise<void> | null = null;
  #isClosed = false;
  #lastYield = 0;
  #head: Head | null = null;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Runs `work` in a transaction; resolves when it is durable. Rejects with the error of `work` or `assertWritable`, BUSY or CANCELLED. */
  command<T>(session: Session, work: (context: WriteContext) => T): Promise<T> {
    return this.#add('command', session.requestId, () => this.#runAudited(session, work)) as Promise<T>;
  }

  /** Like `command` for long asynchronous work. Waiting processes see `label`. */
  job<T>(session: Session, label: string, work: (context: WriteContext) => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      const { context, finish } = this.#beginAudit(session);
      const result = await work(context);
      finish();
      return result;
    };
    return this.#add('job', label, run) as Promise<T>;
  }

  /** Like `job` for operations of other replicas: an audit transaction each, by its author, one commit, no permission checks. */
  series<T>(label: string, work: (series: Series) => Promise<T>): Promise<T> {
    return this.#add('job', label, () => work(this.#beginSeries())) as Promise<T>;
  }

  /** Like `command` for tables that are not audited. Checks no permissions. */
  unaudited<T>(work: (db: WriteHandle) => T): Promise<T> {
    return this.#add('command', 'state', () => work(this.#options.connection.write)) as Promise<T>;
  }

  #beginSeries(): Series {
    const { connection, source, hasContent } = this.#options;
    const db = connection.write;
    return {
      db,
      write: (actor, origin, change) => {
        const audit = new AuditTransaction(db, source, actor, this.#head ?? undefined, origin);
        const records = new RecordWriter(db, audit, hasContent);
        change(records, audit);
        records.flush();
        const head = audit.finish();
        if (head) this.#head = head;
        return head;
      },
    };
  }

  checkpoint(): void {
    this.#options.connection.pragma('wal_checkpoint(PASSIVE)');
  }

  /** Finishes queued work and accepts no more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#running) await this.#running;
  }

  #add(kind: QueuedWork['kind'], label: string, run: () => unknown): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new Fault('CANCELLED', {}));
    return new Promise((resolve, reject) => {
      this.#options.assertWritable?.();
      this.#queue.push({ kind, label, run, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  async #drain(): Promise<void> {
    // Commands that arrive in the same turn share a commit.
    await Promise.resolve();
    try {
      await this.#runQueue();
    } catch (error) {
      // Unexpected. Rejecting keeps callers from waiting forever; the file is in the state of the last commit.
      this.#running = null;
      this.#options.log.error({ error: String(error) }, 'the write queue failed');
      for (const item of this.#queue.splice(0)) item.reject(error);
    }
  }

  async #runQueue(): Promise<void> {
    const { clock } = this.#options.source;
    while (this.#queue.length > 0) {
      if (this.#queue[0]?.kind === 'job') await this.#runJob(this.#queue.shift() as QueuedWork);
      else await this.#runGroup(this.#takeGroup());
      if (clock.elapsed() - this.#lastYield < sliceMs) continue;
      await yieldToEventLoop();
      this.#lastYield = clock.elapsed();
    }
    // Must run in the same turn as the last check of the queue: work added from now on starts a new run.
    this.#running = null;
  }

  #takeGroup(): QueuedWork[] {
    const end = this.#queue.findIndex((item) => item.kind === 'job');
    return this.#queue.splice(0, Math.min(maxGroupSize, end === -1 ? this.#queue.length : end));
  }

  async #runGroup(group: QueuedWork[]): Promise<void> {
    const { connection, holders } = this.#options;
    const replies: (() => void)[] = [];
    this.#head = null;
    try {
      await beginImmediate(connection, holders);
      this.#options.assertWritable?.();
      for (const item of group) replies.push(this.#runCommand(item, group.length > 1));
      this.#commit();
    } catch (error) {
      this.#rollBack();
      // A constraint checked at commit does not name the command at fault, so each is retried alone.
      if (group.length > 1 && isConstraintError(error))
        for (const item of group) await this.#runGroup([item]);
      else for (const item of group) item.reject(error);
      return;
    }
    for (const reply of replies) reply();
    this.#notifyCommitted();
  }

  #commit(): void {
    const { connection, dryRun } = this.#options;
    if (!dryRun) {
      connection.write.run('COMMIT');
      return;
    }
    connection.write.run('ROLLBACK');
    this.#head = null;
  }

  /** SQLite rolls back by itself if the disk is full or fails. If this rollback fails, SQLite recovers at the next opening. */
  #rollBack(): void {
    const { connection } = this.#options;
    try {
      if (connection.raw.inTransaction) connection.exec('ROLLBACK');
    } catch (error) {
      this.#options.log.error({ error: String(error) }, 'rollback failed');
    }
  }

  /** Runs one command inside the open transaction. Returns the function that answers its caller after the commit. */
  #runCommand(item: QueuedWork, isShared: boolean): () => void {
    const { connection } = this.#options;
    if (!isShared) {
      const value = item.run();
      return () => item.resolve(value);
    }
    connection.write.run('SAVEPOINT command');
    try {
      const value = item.run();
      connection.write.run('RELEASE command');
      return () => item.resolve(value);
    } catch (error) {
      if (!connection.raw.inTransaction) throw error;
      connection.exec('ROLLBACK TO command; RELEASE command');
      return () => item.reject(error);
    }
  }

  async #runJob(item: QueuedWork): Promise<void> {
    const { connection, holders } = this.#options;
    this.#head = null;
    try {
      await beginImmediate(connection, holders);
      const endWrite = holders.startWrite(item.label);
      try {
        this.#options.assertWritable?.();
        const value = await runSpilling(connection, async () => await item.run());
        this.#options.assertWritable?.();
        this.#commit();
        item.resolve(value);
      } finally {
        endWrite();
      }
    } catch (error) {
      this.#rollBack();
      item.reject(error);
      return;
    }
    this.#notifyCommitted();
  }

  #runAudited<T>(session: Session, work: (context: WriteContext) => T): T {
    const { context, finish } = this.#beginAudit(session);
    const result = work(context);
    finish();
    return result;
  }

  #beginAudit(session: Session): { context: WriteContext; finish: () => void } {
    const { connection, source, hasContent } = this.#options;
    const db = connection.write;
    const actor = { ...actorOf(actingProfile(db, session)), agent: session.agent };
    const audit = new AuditTransaction(db, source, actor.id, this.#head ?? undefined);
    audit.setAgent(session.agent);
    const records = new RecordWriter(db, audit, hasContent);
    const finish = (): void => {
      records.flush();
      const head = audit.finish();
      if (!head) return;
      this.#head = head;
      const { op_id, changes } = audit;
      this.#options.log.info(
        { requestId: session.requestId, op_id, label: audit.labelCode, changes },
        'written',
      );
    };
    return { context: { db, audit, records, actor, ids: source.ids }, finish };
  }

  #notifyCommitted(): void {
    this.#options.onCommit(this.#head);
  }
}

export type WriteQueueMethods = Pick<
  WriteQueue,
  'command' | 'job' | 'series' | 'unaudited' | 'checkpoint' | 'close'
>;
