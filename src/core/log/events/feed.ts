import { setImmediate as breathe } from 'node:timers/promises';
import type { Changed } from '#shared/contract/events.ts';
import { auditedTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { erasuresId } from '../audit/erased-rows.ts';
import { readHead } from '../audit/head.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { readSandboxFacts } from '../sandbox-facts.ts';
import { joinedUser } from '../session.ts';

/** How often to look whether another process has written, in milliseconds. SQLite's `data_version` makes looking cheap. */
const interval = 40;
/** Above this many records a change names their types only. */
const mostIds = 200;
/** Labels of changes that no log names. */
const unlogged = { name: 'sandbox.rename', joined: 'sync.actor' } as const;
const slice = 4000;

interface HeaderRow {
  id: number;
  op_id: string;
  label: string;
  actor: string;
  changes: number;
}

const after =
  'SELECT id, op_id, label, actor, changes FROM audit_transactions WHERE id > ? ORDER BY id LIMIT 100';
const rows = 'SELECT DISTINCT entity_type, entity_id FROM audit_logs WHERE id >= ? AND id < ?';
const types = 'SELECT DISTINCT entity_type FROM audit_logs WHERE id >= ? AND id < ?';

/**
 * Tells of every commit by reading the log, whoever made it: this process at once, another one when the file's version moves.
 * It never misses one, because it goes on from a cursor. It also tells what the log does not say: a new name of the open sandbox, and another user
 * who is signed in at the server, because they act from then on.
 */
export class ChangeFeed {
  readonly #db: Connection;
  readonly #byLog: boolean;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #version: unknown;
  #closed = false;
  #jumps = 0;
  #jumped = '';

  /** Without `byLog` only jumps are told: for a copy that is moved along a log, and not written to. */
  constructor(db: Connection, { byLog = true }: { byLog?: boolean } = {}) {
    this.#db = db;
    this.#byLog = byLog;
  }

  /** Something was committed here. */
  wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Everything is another by now, and not by what the log tells: whoever follows hears of it once, and goes on from the newest commit. */
  jump(label: string): void {
    this.#jumps += 1;
    this.#jumped = label;
    this.wake();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.wake();
  }

  /** Every change after `cursor`, by default after now, until the signal is raised or the workspace is closed. */
  async *follow(
    cursor: number | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Changed, void, void> {
    // A cursor beyond the end is that of another file: there is nothing to go on from but now.
    const head = readHead(this.#db).id;
    let last = Math.min(cursor ?? head, head);
    const over = (): boolean => this.#closed || signal?.aborted === true;
    let jumps = this.#jumps;
    let known = this.#unlogged();
    while (!over()) {
      if (jumps !== this.#jumps) {
        jumps = this.#jumps;
        last = readHead(this.#db).id;
        yield {
          cursor: last,
          op_id: '',
          label: this.#jumped,
          actor: '',
          types: [...auditedTypes],
          ids: null,
        };
        if (over()) return;
      }
      const now = this.#unlogged();
      const label = now.name === known.name ? unlogged.joined : unlogged.name;
      const isKnown = now.name === known.name && now.joined === known.joined;
      known = now;
      if (!isKnown) yield { cursor: last, op_id: '', label, actor: '', types: [], ids: [] };
      if (over()) return;
      const fresh = this.#byLog ? this.#db.all<HeaderRow>(after, [last]) : [];
      for (const header of fresh) {
        if (over()) return;
        const change = await this.#describe(header);
        if (over()) return;
        yield change;
        last = header.id;
      }
      if (fresh.length === 0 && jumps === this.#jumps) await this.#news(last, signal);
    }
  }

  /** The name of the open sandbox, and who is signed in at the server; nothing where only jumps are told. */
  #unlogged(): { name?: string | undefined; joined?: string | null } {
    if (!this.#byLog) return {};
    return { name: readSandboxFacts(this.#db)?.name, joined: joinedUser(this.#db) };
  }

  async #describe({ id, op_id, label, actor, changes }: HeaderRow): Promise<Changed> {
    const end = id + changes;
    if (changes > mostIds) {
      return { cursor: id, op_id, label, actor, types: await this.#typesOf(id, end), ids: null };
    }
    const changed = this.#db.all<{ entity_type: AuditedType; entity_id: string }>(rows, [id, end]);
    // An erasure changes records that no row of its own names.
    if (changed.some((row) => row.entity_id === erasuresId))
      return { cursor: id, op_id, label, actor, types: [...auditedTypes], ids: null };
    const named = [...new Set(changed.map((row) => row.entity_type))];
    return { cursor: id, op_id, label, actor, types: named, ids: changed.map((row) => row.entity_id) };
  }

  /** The types of many records; others have their turn in between. */
  async #typesOf(id: number, end: number): Promise<AuditedType[]> {
    const found = new Set<AuditedType>();
    for (let from = id; from < end && !this.#closed; from += slice) {
      for (const type of this.#db.column<AuditedType>(types, [from, Math.min(from + slice, end)]))
        found.add(type);
      await breathe();
    }
    return [...found];
  }

  #news(last: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        signal?.removeEventListener('abort', done);
        if (this.#waiting.size === 0) this.#stopLooking();
        resolve();
      };
      if (signal?.aborted || this.#closed || this.#hasMore(last)) return resolve();
      this.#waiting.add(done);
      signal?.addEventListener('abort', done);
      if (this.#byLog) this.#timer ??= setInterval(() => this.#look(), interval);
    });
  }

  #hasMore(last: number): boolean {
    return this.#byLog && readHead(this.#db).id > last;
  }

  #stopLooking(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const version = this.#db.pragma('data_version');
    if (version === this.#version) return;
    this.#version = version;
    this.wake();
  }
}
