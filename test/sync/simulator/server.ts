import { jsonEqual } from '#shared/domain/json.ts';
import { applyPatch } from '#shared/domain/patch.ts';
import { isCovered } from '#shared/sync/covered.ts';
import type { FieldConflict, SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import { verdictOn } from '#shared/domain/verdict.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { Rules } from './rules.ts';

export interface Operation {
  op_id: string;
  replica: string;
  /** By its author's clock, in milliseconds. */
  created_at: number;
  /** The operation of somebody else that is offered again, which the server lost. */
  recovers: string | null;
  /** Who made it, where somebody else offers it. */
  author?: string | null;
  rows: readonly SyncRow[];
}

export interface Entry {
  seq: number;
  op_id: string;
  actor: string;
  replica: string;
  created_at: number;
  recovers: string | null;
  stamp: string;
  hash: string;
  previous_hash: string;
  rows: readonly SyncRow[];
  /** The rows as they were pushed. */
  sent: readonly SyncRow[];
  conflicts: readonly (FieldConflict & { winner: string; loser: string })[];
  /** Fields that had the value already, as `id/field`: what the rules say of them is not asked. */
  same: ReadonlySet<string>;
}

export interface Fork {
  generation: number;
  seq: number;
  hash: string;
}

export const genesis = 'genesis';

interface Durable {
  records: Map<string, SyncRecord>;
  entries: Entry[];
  /** Which stamp a field of a record was written with last. */
  stamps: Map<string, string>;
}

/** The server as the rules have it: one thing at a time, as its lock makes it. */
export class Server {
  readonly rules: Rules;
  readonly users: Map<string, Actor>;
  generation = 1;
  lineage: Fork[] = [];
  #state: Durable = { records: new Map(), entries: [], stamps: new Map() };
  #backup: Durable | null = null;
  /** Sessions by user: which refresh token is the current one. */
  readonly #turns = new Map<string, number>();
  readonly ended = new Set<string>();

  constructor(rules: Rules, users: Map<string, Actor>) {
    this.rules = rules;
    this.users = users;
  }

  get records(): ReadonlyMap<string, SyncRecord> {
    return this.#state.records;
  }

  get entries(): readonly Entry[] {
    return this.#state.entries;
  }

  get head(): { seq: number; hash: string } {
    const last = this.#state.entries.at(-1);
    return last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: genesis };
  }

  backUp(): void {
    this.#backup = copyOf(this.#state);
  }

  /** What was done since the backup is lost. */
  restore(): void {
    if (!this.#backup) return;
    this.#state = copyOf(this.#backup);
    if (!this.rules.server.drawsGeneration) return;
    this.lineage.push({ generation: this.generation, ...this.head });
    this.generation += 1;
  }

  /** The next refresh token for one that is shown; null where it is not taken. */
  refresh(user: string, turn: number): number | null {
    if (this.ended.has(user)) return null;
    const current = this.#turns.get(user) ?? 1;
    const { acceptsPredecessor, endsReused } = this.rules.server;
    if (turn < current - 1 || (turn === current - 1 && !acceptsPredecessor)) {
      if (endsReused || turn >= current - 1) this.ended.add(user);
      return null;
    }
    const next = Math.max(current, turn + 1);
    this.#turns.set(user, next);
    return next;
  }

  push(
    user: string,
    { operations, offset, now }: { operations: readonly Operation[]; offset: number; now: number },
  ): { accepted: string[]; known: { op_id: string; seq: number }[]; refused: string[]; taken: string[] } {
    const there: { op_id: string; seq: number }[] = [];
    const [accepted, refused, taken]: [string[], string[], string[]] = [[], [], []];
    for (const operation of operations) {
      const ids = [operation.op_id, operation.recovers];
      const found = this.#state.entries.filter(
        (entry) => ids.includes(entry.op_id) || (entry.recovers !== null && ids.includes(entry.recovers)),
      );
      const verdict = this.rules.server.knowsOperations ? this.#verdict(user, operation, found) : 'new';
      if (verdict === 'known') {
        accepted.push(operation.op_id);
        there.push({ op_id: operation.op_id, seq: Math.max(...found.map(({ seq }) => seq)) });
      }
      if (verdict === 'known') continue;
      if (verdict === 'taken') taken.push(operation.op_id);
      else if (this.#take(user, operation, offset, now)) accepted.push(operation.op_id);
      else refused.push(operation.op_id);
    }
    return { accepted, known: there, refused, taken };
  }

  #verdict(
    user: string,
    { op_id, recovers, author, replica, rows }: Operation,
    found: readonly Entry[],
  ): 'known' | 'taken' | 'new' {
    if (found.length === 0) return 'new';
    if (!this.rules.server.bindsOperations) return 'known';
    const taken = found.find((one) => one.op_id === op_id);
    const isOwn = taken?.actor === user && taken.replica === replica;
    if (isOwn && jsonEqual(taken.sent as never, rows as never)) return 'known';
    const isAuthored = found.some(
      (one) => one.op_id === recovers && one.actor === author && one.replica === replica,
    );
    const done = found.flatMap((one) => one.rows);
    if (isAuthored || isCovered(rows, done)) return 'known';
    return taken ? 'taken' : 'new';
  }

  #take(user: string, operation: Operation, offset: number, now: number): boolean {
    const { rules } = this;
    const { records, stamps, entries } = this.#state;
    const actor = this.users.get(user) as Actor;
    const stamp = rules.stampOf({ made: operation.created_at, offset, now }, operation.replica);
    const own = new Map<string, SyncRecord>();
    const find = (id: string): SyncRecord | undefined => own.get(id) ?? records.get(id);
    const rows: SyncRow[] = [];
    const same = new Set<string>();
    const conflicts: Entry['conflicts'][number][] = [];
    let refused = false;
    for (const row of operation.rows) {
      const current = find(row.id);
      if (rules.server.checksPermission && !may(actor, row, current)) refused = true;
      for (const field of Object.keys({ ...row.before, ...row.after }))
        if (current && current.payload[field] === row.after?.[field]) same.add(`${row.id}/${field}`);
      const isNewer = (field: string): boolean => {
        const newer = stamp >= (stamps.get(`${row.id}/${field}`) ?? '');
        return rules.server.newerWins ? newer : !newer;
      };
      const merged = rules.mergeRow(current, row, isNewer);
      if (typeof merged === 'string') refused = true;
      else {
        own.set(row.id, merged.record);
        rows.push(...merged.effective);
        for (const one of merged.conflicts) {
          const other = stamps.get(`${row.id}/${one.field}`) ?? '';
          const lostIsIncoming = one.kind === 'older' || one.kind === 'deleted';
          const [winner, loser] = lostIsIncoming ? [other, stamp] : [stamp, other];
          conflicts.push({ ...one, winner, loser });
        }
      }
      if (refused && rules.server.wholeOrNothing) return false;
    }
    for (const [id, record] of own) records.set(id, record);
    for (const row of rows)
      for (const field of new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})]))
        stamps.set(`${row.id}/${field}`, stamp);
    if (refused) return false;
    const { seq: last, hash: previous_hash } = this.head;
    const seq = rules.server.numbersInOrder || entries.length % 7 !== 3 ? last + 1 : last;
    const { op_id, replica, created_at, recovers } = operation;
    const hash = `${previous_hash.length > 400 ? previous_hash.slice(-300) : previous_hash}>${op_id.slice(-6)}`;
    entries.push({
      seq,
      op_id,
      actor: user,
      replica,
      created_at,
      recovers,
      stamp,
      previous_hash,
      hash,
      rows,
      sent: operation.rows,
      same,
      conflicts: rules.server.keepsConflicts ? conflicts : [],
    });
    return true;
  }

  /** What comes after a number; null where it is of another history. */
  pull(
    generation: number,
    after: number,
    most: number,
  ): { entries: Entry[]; next: { seq: number; hash: string }; head: number } | null {
    if (generation !== this.generation || after > this.head.seq) return null;
    const all = this.#state.entries.filter((entry) => entry.seq > after).slice(0, most);
    const told = this.rules.server.tellsAll ? all : all.filter((_, at) => at !== 1);
    const last = all.at(-1);
    const next = last ? { seq: last.seq, hash: last.hash } : this.head;
    return { entries: told, next, head: this.head.seq };
  }

  states(ids: readonly string[]): Map<string, SyncRecord> {
    return new Map(
      ids.flatMap((id) =>
        this.#state.records.has(id) ? [[id, this.#state.records.get(id) as SyncRecord]] : [],
      ),
    );
  }
}

function copyOf({ records, entries, stamps }: Durable): Durable {
  return { records: new Map(records), entries: [...entries], stamps: new Map(stamps) };
}

/** By the domain's permissions, as the server's own check has it. */
function may(actor: Actor, row: SyncRow, current: SyncRecord | undefined): boolean {
  const { type, id, action } = row;
  const before = current && !current.deleted ? current.payload : null;
  const wanted = action === 'update' ? applyPatch(current?.payload ?? {}, row) : row.after;
  const after = action === 'delete' ? null : action === 'restore' ? (current?.payload ?? row.after) : wanted;
  return verdictOn(actor, { type, id, before, after }, () => []).allowed;
}
