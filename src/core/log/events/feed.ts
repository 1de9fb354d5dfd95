import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Changed } from '#shared/contract/events.ts';
import { auditedTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { erasuresId } from '../audit/erased-rows.ts';
import { readHead } from '../audit/head.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { readSandboxFacts } from '../sandbox-facts.ts';
import { joinedUser } from '../session.ts';

/** Milliseconds between checks for commits of other processes. SQLite's `data_version` makes a check cheap. */
const pollInterval = 40;
/** A change of more records than this lists their types only. */
const maxIds = 200;
/** Labels of changes that are not in the log. */
const unlogged = { name: 'sandbox.rename', joined: 'sync.actor' } as const;
const slice = 4000;

interface HeaderRow {
  id: number;
  op_id: string;
  label: string;
  actor: string;
  changes: number;
}

const transactionsQuery =
  'SELECT id, op_id, label, actor, changes FROM audit_transactions WHERE id > ? ORDER BY id LIMIT 100';
const rowsQuery = 'SELECT DISTINCT entity_type, entity_id FROM audit_logs WHERE id >= ? AND id < ?';
const typesQuery = 'SELECT DISTINCT entity_type FROM audit_logs WHERE id >= ? AND id < ?';

/** Reports every commit by a cursor in the log, and two changes that the log lacks: a renamed sandbox, and another actor. */
export class ChangeFeed {
  readonly #db: Connection;
  readonly #byLog: boolean;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #version: unknown;
  #closed = false;
  #jumps = 0;
  #jumpLabel = '';

  /** With `byLog: false` only jumps are reported: for a copy that moves along a log and is not written to. */
  constructor(db: Connection, { byLog = true }: { byLog?: boolean } = {}) {
    this.#db = db;
    this.#byLog = byLog;
  }

  /** Call after a commit in this process. */
  wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Call when all data was replaced outside the log. Each follower gets one event and continues from the newest commit. */
  jump(label: string): void {
    this.#jumps += 1;
    this.#jumpLabel = label;
    this.wake();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.wake();
  }

  /** Yields every change after `cursor` (default: now) until the signal is aborted or the workspace closes. */
  async *follow(
    cursor: number | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Changed, void, void> {
    // A cursor beyond the end belongs to another file, so following starts now.
    const head = readHead(this.#db).id;
    let last = Math.min(cursor ?? head, head);
    const isOver = (): boolean => this.#closed || signal?.aborted === true;
    let jumps = this.#jumps;
    let lastUnlogged = this.#unlogged();
    while (!isOver()) {
      if (jumps !== this.#jumps) {
        jumps = this.#jumps;
        last = readHead(this.#db).id;
        yield {
          cursor: last,
          op_id: '',
          label: this.#jumpLabel,
          actor: '',
          types: [...auditedTypes],
          ids: null,
        };
        if (isOver()) return;
      }
      const now = this.#unlogged();
      const label = now.name === lastUnlogged.name ? unlogged.joined : unlogged.name;
      const isKnown = now.name === lastUnlogged.name && now.joined === lastUnlogged.joined;
      lastUnlogged = now;
      if (!isKnown) yield { cursor: last, op_id: '', label, actor: '', types: [], ids: [] };
      if (isOver()) return;
      const fresh = this.#byLog ? this.#db.all<HeaderRow>(transactionsQuery, [last]) : [];
      for (const header of fresh) {
        if (isOver()) return;
        const change = await this.#describe(header);
        if (isOver()) return;
        yield change;
        last = header.id;
      }
      if (fresh.length === 0 && jumps === this.#jumps) await this.#waitForNews(last, signal);
    }
  }

  /** The name of the open sandbox, and the user signed in at the server; empty without `byLog`. */
  #unlogged(): { name?: string | undefined; joined?: string | null } {
    if (!this.#byLog) return {};
    return { name: readSandboxFacts(this.#db)?.name, joined: joinedUser(this.#db) };
  }

  async #describe({ id, op_id, label, actor, changes }: HeaderRow): Promise<Changed> {
    const end = id + changes;
    if (changes > maxIds) {
      return { cursor: id, op_id, label, actor, types: await this.#typesOf(id, end), ids: null };
    }
    const changed = this.#db.all<{ entity_type: AuditedType; entity_id: string }>(rowsQuery, [id, end]);
    // An erasure changes records without adding a row for each.
    if (changed.some((row) => row.entity_id === erasuresId))
      return { cursor: id, op_id, label, actor, types: [...auditedTypes], ids: null };
    const changedTypes = [...new Set(changed.map((row) => row.entity_type))];
    return { cursor: id, op_id, label, actor, types: changedTypes, ids: changed.map((row) => row.entity_id) };
  }

  /** The types of many records; yields to the event loop in between. */
  async #typesOf(id: number, end: number): Promise<AuditedType[]> {
    const types = new Set<AuditedType>();
    for (let from = id; from < end && !this.#closed; from += slice) {
      for (const type of this.#db.column<AuditedType>(typesQuery, [from, Math.min(from + slice, end)]))
        types.add(type);
      await yieldToEventLoop();
    }
    return [...types];
  }

  #waitForNews(last: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal?.removeEventListener('abort', done);
        if (this.#waiting.size === 0) this.#stopPolling();
        resolve();
      };
      if (signal?.aborted || this.#closed || this.#hasMore(last)) return resolve();
      this.#waiting.add(done);
      signal?.addEventListener('abort', done);
      if (this.#byLog) this.#timer ??= setInterval(() => this.#poll(), pollInterval);
    });
  }

  #hasMore(last: number): boolean {
    return this.#byLog && readHead(this.#db).id > last;
  }

  #stopPolling(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #poll(): void {
    const version = this.#db.pragma('data_version');
    if (version === this.#version) return;
    this.#version = version;
    this.wake();
  }
}
