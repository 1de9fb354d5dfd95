import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { ChangeEvent } from '#shared/contract/events.ts';
import { auditedTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { erasuresId } from '../audit/erased-rows.ts';
import { readHead } from '../audit/head.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { readSandboxFacts } from '../sandbox-facts.ts';
import { joinedUserId } from '../session.ts';

/** Time between checks for commits of other processes. SQLite's `data_version` makes a check cheap. */
const pollIntervalMs = 40;
/** A change of more records than this lists their types only. */
const maxIds = 200;
/** Labels of changes that are not in the log. */
const unloggedLabels = { name: 'sandbox.rename', joined: 'sync.actor' } as const;
const rowsPerSlice = 4000;

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

/** Reports every commit after a cursor, and two changes that the log lacks: a renamed sandbox, and another actor. */
export class ChangeFeed {
  readonly #db: Connection;
  readonly #readsLog: boolean;
  readonly #wakeCallbacks = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #dataVersion: unknown;
  #isClosed = false;
  #replacements = 0;
  #replacementLabel = '';

  /** With `readsLog: false` only replacements are reported: for a copy that moves to other points of a log and is not written to. */
  constructor(db: Connection, { readsLog = true }: { readsLog?: boolean } = {}) {
    this.#db = db;
    this.#readsLog = readsLog;
  }

  /** Call after a commit in this process. */
  wake(): void {
    for (const wake of this.#wakeCallbacks) wake();
  }

  /** Call when all data was replaced outside the log. Each follower gets one event and continues from the newest commit. */
  reportReplacement(label: string): void {
    this.#replacements += 1;
    this.#replacementLabel = label;
    this.wake();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.wake();
  }

  /** Yields every change after `cursor` (default: now) until the signal is aborted or the workspace closes. */
  async *follow(
    cursor: number | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ChangeEvent, void, void> {
    // A cursor beyond the end belongs to another file, so following starts now.
    const head = readHead(this.#db).id;
    let lastId = Math.min(cursor ?? head, head);
    const isOver = (): boolean => this.#isClosed || signal?.aborted === true;
    let seenReplacements = this.#replacements;
    let lastUnlogged = this.#readUnlogged();
    while (!isOver()) {
      if (seenReplacements !== this.#replacements) {
        seenReplacements = this.#replacements;
        lastId = readHead(this.#db).id;
        yield {
          cursor: lastId,
          op_id: '',
          label: this.#replacementLabel,
          actor: '',
          types: [...auditedTypes],
          ids: null,
        };
        if (isOver()) return;
      }
      const current = this.#readUnlogged();
      const label = current.name === lastUnlogged.name ? unloggedLabels.joined : unloggedLabels.name;
      const isUnchanged = current.name === lastUnlogged.name && current.joined === lastUnlogged.joined;
      lastUnlogged = current;
      if (!isUnchanged) yield { cursor: lastId, op_id: '', label, actor: '', types: [], ids: [] };
      if (isOver()) return;
      const headers = this.#readsLog ? this.#db.all<HeaderRow>(transactionsQuery, [lastId]) : [];
      for (const header of headers) {
        if (isOver()) return;
        const change = await this.#describe(header);
        if (isOver()) return;
        yield change;
        lastId = header.id;
      }
      if (headers.length === 0 && seenReplacements === this.#replacements)
        await this.waitForChange(lastId, signal);
    }
  }

  /** The name of the open sandbox, and the user signed in at the server; empty without `readsLog`. */
  #readUnlogged(): { name?: string | undefined; joined?: string | null } {
    if (!this.#readsLog) return {};
    return { name: readSandboxFacts(this.#db)?.name, joined: joinedUserId(this.#db) };
  }

  async #describe({ id, op_id, label, actor, changes }: HeaderRow): Promise<ChangeEvent> {
    const end = id + changes;
    if (changes > maxIds) {
      return { cursor: id, op_id, label, actor, types: await this.#typesOf(id, end), ids: null };
    }
    const rows = this.#db.all<{ entity_type: AuditedType; entity_id: string }>(rowsQuery, [id, end]);
    // An erasure changes records without adding a row for each.
    if (rows.some((row) => row.entity_id === erasuresId))
      return { cursor: id, op_id, label, actor, types: [...auditedTypes], ids: null };
    const changedTypes = [...new Set(rows.map((row) => row.entity_type))];
    return { cursor: id, op_id, label, actor, types: changedTypes, ids: rows.map((row) => row.entity_id) };
  }

  /** The types of many records; yields to the event loop in between. */
  async #typesOf(id: number, end: number): Promise<AuditedType[]> {
    const types = new Set<AuditedType>();
    for (let from = id; from < end && !this.#isClosed; from += rowsPerSlice) {
      for (const type of this.#db.column<AuditedType>(typesQuery, [from, Math.min(from + rowsPerSlice, end)]))
        types.add(type);
      await yieldToEventLoop();
    }
    return [...types];
  }

  /** Resolves if the newest transaction is or becomes later than `lastId`, on any other commit, on abort, and when the workspace closes. */
  waitForChange(lastId: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        this.#wakeCallbacks.delete(finish);
        signal?.removeEventListener('abort', finish);
        if (this.#wakeCallbacks.size === 0) this.#stopPolling();
        resolve();
      };
      if (signal?.aborted || this.#isClosed || this.#hasMore(lastId)) return resolve();
      this.#wakeCallbacks.add(finish);
      signal?.addEventListener('abort', finish);
      if (this.#readsLog) this.#timer ??= setInterval(() => this.#poll(), pollIntervalMs);
    });
  }

  #hasMore(lastId: number): boolean {
    return this.#readsLog && readHead(this.#db).id > lastId;
  }

  #stopPolling(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #poll(): void {
    const version = this.#db.pragma('data_version');
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.wake();
  }
}
