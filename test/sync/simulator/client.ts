import type { JsonObject } from '#shared/domain/json.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { valueOf } from '#shared/domain/patch.ts';
import { isCovered } from '#shared/sync/covered.ts';
import type { SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import { nothingPending, pendingOfRows } from '#shared/sync/replay.ts';
import type { LocalChange, Pending } from '#shared/sync/replay.ts';
import { applyRow, followsOn, rowOf } from './rows.ts';
import type { Dice } from './random.ts';
import type { Rules } from './rules.ts';
import { genesis } from './server.ts';
import type { Entry, Fork, Operation } from './server.ts';

/** A transaction of a client's log. */
export interface Logged extends Operation {
  origin: 'own' | 'remote' | 'sync';
  /** Who made it, where that is somebody else. */
  actor?: string;
}

export interface Durable {
  records: Map<string, SyncRecord>;
  log: Logged[];
  /** Operations that are known to be at the server, with their numbers there. */
  acknowledged: Map<string, number>;
  quarantine: Set<string>;
  conflicts: number;
  cursor: { seq: number; hash: string };
  generation: number;
  turn: number;
  diverged: boolean;
  /** What differs is to be fetched once nothing is pending: others may have offered less than what is known here. */
  compares: boolean;
  made: number;
}

/** What a client asks of the server within a round; the world answers, or does not. */
export type Request =
  | { kind: 'refresh'; turn: number }
  | { kind: 'hello' }
  | { kind: 'push'; operations: Operation[]; offset: number }
  | { kind: 'pull'; generation: number; after: number }
  | { kind: 'states'; ids: string[] };

export interface Hello {
  generation: number;
  lineage: readonly Fork[];
  actor: Actor;
  now: number;
}

interface Pushed {
  known: { op_id: string; seq: number }[];
  refused: string[];
  taken: string[];
}

/** One workspace and its sync, with the durable part of it apart: a crash leaves that and nothing else. */
export class Client {
  readonly name: string;
  readonly rules: Rules;
  state: Durable;
  /** By the client's clock, in milliseconds. */
  readonly clock: () => number;
  actor: Actor;
  /** All operations that this client ever made, whatever became of its file. */
  readonly everMade = new Map<string, Logged>();

  constructor(name: string, rules: Rules, actor: Actor, clock: () => number) {
    this.name = name;
    this.rules = rules;
    this.actor = actor;
    this.clock = clock;
    this.state = {
      records: new Map(),
      log: [],
      acknowledged: new Map(),
      quarantine: new Set(),
      conflicts: 0,
      cursor: { seq: 0, hash: genesis },
      generation: 1,
      turn: 1,
      diverged: false,
      compares: false,
      made: 0,
    };
  }

  pending(): Logged[] {
    const { log, acknowledged, quarantine } = this.state;
    return log.filter(
      ({ op_id, origin }) => origin !== 'sync' && !acknowledged.has(op_id) && !quarantine.has(op_id),
    );
  }

  /** A person changes something here. */
  edit(dice: Dice, universe: readonly string[], fields: readonly string[], life: number): void {
    const rows: SyncRow[] = [];
    const count = dice.chance(0.25) ? 2 : 1;
    for (let at = 0; at < count; at++) {
      const id = dice.pick(universe);
      if (rows.some((row) => row.id === id)) continue;
      const row = this.#draw(dice, id, fields, life);
      if (row) rows.push(row);
    }
    if (rows.length === 0) return;
    this.state.made += 1;
    const op_id = `${this.name}-${life}-${this.state.made}-${this.everMade.size}`;
    const operation: Logged = {
      op_id,
      replica: this.name,
      created_at: this.clock(),
      rows,
      recovers: null,
      origin: 'own',
    };
    for (const row of rows) applyRow(this.state.records, row);
    this.state.log.push(operation);
    this.everMade.set(op_id, operation);
  }

  #draw(dice: Dice, id: string, fields: readonly string[], life: number): SyncRow | null {
    const current = this.state.records.get(id);
    const type = 'team' as const;
    const university = `u${id.slice(-1)}`;
    if (!current) {
      const after = { name: id, university_id: university, [dice.pick(fields)]: dice.below(5) };
      return { action: 'create', type, id, before: null, after };
    }
    if (current.deleted)
      return dice.chance(0.5) ? { action: 'restore', type, id, before: null, after: current.payload } : null;
    if (dice.chance(0.15)) return { action: 'delete', type, id, before: current.payload, after: null };
    const field = dice.pick(fields);
    const was = valueOf(current.payload, field);
    const will = dice.chance(0.2) ? undefined : `${this.name}${life}${dice.below(4)}`;
    if (was === will) return null;
    const side = (value: typeof was): JsonObject => (value === undefined ? {} : { [field]: value });
    return { action: 'update', type, id, before: side(was), after: side(will) };
  }

  pendingOf(id: string, pending: readonly Logged[]): Pending {
    if (!this.rules.client.protectsPending) return nothingPending;
    return pendingOfRows(pending.flatMap(({ rows }) => rows.filter((row) => row.id === id)));
  }

  /** One round: `yield` asks the server; what comes between two of them is durable as a whole. */
  *round(): Generator<Request, void, never> {
    const turn = (yield { kind: 'refresh', turn: this.state.turn }) as number | null;
    if (turn === null) return;
    this.state.turn = turn;
    const sent = this.clock();
    const hello = (yield { kind: 'hello' }) as Hello;
    const offset = this.rules.client.sendsOffset ? hello.now - (sent + this.clock()) / 2 : 0;
    this.actor = hello.actor;
    if (hello.generation !== this.state.generation && !this.#rewind(hello)) return;
    yield* this.#pull();
    for (let turns = 0; turns < 5 && this.pending().length > 0 && !this.state.diverged; turns++) {
      yield* this.#push(offset);
      yield* this.#pull();
    }
    if (this.state.compares && this.pending().length === 0) yield* this.#takeOver();
  }

  *#takeOver(): Generator<Request, void, never> {
    const ids = [...this.state.records.keys()];
    const states = (yield { kind: 'states', ids }) as Map<string, SyncRecord>;
    const pending = this.pending();
    const rows = ids.flatMap((id) =>
      this.#change(
        id,
        this.rules.replayState(this.state.records.get(id), states.get(id), this.pendingOf(id, pending)),
      ),
    );
    this.#logSync(rows);
    this.state.compares = false;
  }

  #rewind({ generation, lineage }: Hello): boolean {
    const { state } = this;
    if (!this.rules.client.rewinds) {
      state.generation = generation;
      return true;
    }
    const at = lineage.findIndex((one) => one.generation === state.generation);
    if (at === -1) {
      state.diverged = true;
      return false;
    }
    const fork = lineage.slice(at).reduce((first, one) => (one.seq < first.seq ? one : first));
    state.generation = generation;
    if (fork.seq >= state.cursor.seq) return true;
    for (const [op_id, seq] of state.acknowledged) if (seq > fork.seq) state.acknowledged.delete(op_id);
    state.cursor = { seq: fork.seq, hash: fork.hash };
    state.compares = true;
    return true;
  }

  *#push(offset: number): Generator<Request, void, never> {
    const pending = this.pending();
    for (let at = 0; at < pending.length; at += 3) {
      const some = pending.slice(at, at + 3);
      const operations = some.map((one) => this.#offered(one));
      if (!this.rules.client.waitsForAcknowledgement)
        for (const { op_id } of operations) this.state.acknowledged.set(op_id, this.state.cursor.seq);
      const { refused, taken, known } = (yield { kind: 'push', operations, offset }) as Pushed;
      this.#acknowledgePassed(some, operations, known);
      const again = operations
        .filter(({ op_id }) => taken.includes(op_id))
        .map((one): Operation => {
          const root = one.recovers ?? one.op_id;
          return { ...one, op_id: `${root}!${this.name}`, recovers: root, author: one.author ?? this.name };
        });
      if (again.length > 0) {
        const second = (yield { kind: 'push', operations: again, offset }) as Pushed;
        this.#acknowledgePassed(some, operations, second.known, again);
        refused.push(
          ...second.refused.map((op_id) => again.find((one) => one.op_id === op_id)?.recovers ?? ''),
        );
      }
      if (refused.length === 0) continue;
      const gone = some.filter((_, index) => {
        const { op_id, recovers } = operations[index] as Operation;
        return refused.includes(op_id) || (again.length > 0 && refused.includes(recovers ?? ''));
      });
      const own = gone.filter(({ origin }) => origin !== 'remote');
      // What others did is theirs to offer, where this one may not.
      for (const { op_id, origin } of gone) if (origin === 'remote') this.state.acknowledged.set(op_id, 0);
      if (own.length === 0) continue;
      const ids = own.flatMap(({ rows }) => rows.map(({ id }) => id));
      const states = (yield { kind: 'states', ids }) as Map<string, SyncRecord>;
      this.#takeBack(
        own.map(({ op_id }) => op_id),
        ids,
        states,
      );
      if (!this.rules.client.goesOnAfterRefusal) return;
    }
  }

  /** What the server has at numbers that were passed already comes with no pull. */
  #acknowledgePassed(
    some: readonly Logged[],
    operations: readonly Operation[],
    known: Pushed['known'],
    again: readonly Operation[] = [],
  ): void {
    for (const { op_id, seq } of known) {
      if (seq > this.state.cursor.seq || !this.rules.client.acknowledgesOwn) continue;
      const root = again.find((one) => one.op_id === op_id)?.recovers;
      const at = operations.findIndex((one) => one.op_id === op_id || (one.recovers ?? one.op_id) === root);
      const own = some[at];
      if (own) this.state.acknowledged.set(own.op_id, seq);
      this.state.compares = true;
    }
  }

  /** Of what came from others only what took effect is known here: it is no more than that when it is offered again. */
  #offered({ op_id, recovers, replica, created_at, rows, origin, actor }: Logged): Operation {
    const { keepsOpIds } = this.rules.client;
    const root = recovers ?? op_id;
    if (origin === 'remote') {
      const author = actor ?? null;
      return { op_id: `${root}@${this.state.generation}`, recovers: root, author, replica, created_at, rows };
    }
    const id = keepsOpIds ? op_id : `${op_id}~${this.state.cursor.seq}`;
    return { op_id: id, recovers: null, replica, created_at, rows };
  }

  #takeBack(
    refused: readonly string[],
    ids: readonly string[],
    states: ReadonlyMap<string, SyncRecord>,
  ): void {
    const { state, rules } = this;
    for (const op_id of refused) {
      if (rules.client.keepsRefused) state.quarantine.add(op_id);
      else {
        const at = state.log.findIndex((one) => one.op_id === op_id);
        const [gone] = state.log.splice(at, 1);
        if (gone) state.log.push({ ...gone, origin: 'sync' });
      }
    }
    if (!rules.client.takesBackRefused) return;
    const pending = this.pending();
    const rows: SyncRow[] = [];
    for (const id of new Set(ids)) {
      const current = state.records.get(id);
      rows.push(...this.#change(id, rules.replayState(current, states.get(id), this.pendingOf(id, pending))));
    }
    this.#logSync(rows);
  }

  *#pull(): Generator<Request, void, never> {
    for (let turns = 0; turns < 20; turns++) {
      const { generation, cursor } = this.state;
      const answer = (yield { kind: 'pull', generation, after: cursor.seq }) as {
        entries: Entry[];
        next: { seq: number; hash: string };
        head: number;
      } | null;
      if (!answer) return;
      if (!this.rules.client.movesCursorWithRecords) {
        // The cursor first, the records after another await: a crash in between loses them.
        this.state.cursor = answer.next;
        yield { kind: 'hello' };
      }
      if (this.rules.client.checksChain && !followsOn(answer.entries, cursor)) {
        this.state.diverged = true;
        return;
      }
      for (const entry of answer.entries) this.#apply(entry);
      this.state.cursor = answer.next;
      if (answer.next.seq >= answer.head) return;
    }
  }

  #apply(entry: Entry): void {
    const { state, rules } = this;
    // One form is as good as the other: as its author sent it, or as it was offered again to a restored server.
    const root = entry.recovers ?? entry.op_id;
    const named = state.log.filter(({ op_id, recovers }) => [op_id, recovers].includes(root));
    const known = named.filter(
      (one) =>
        !rules.server.bindsOperations ||
        entry.actor === (one.origin === 'own' ? this.name : one.actor) ||
        isCovered(one.rows, entry.rows),
    );
    // The log has each id once: somebody else used that of an operation which is here.
    const isTaken = named.some((one) => one.op_id === entry.op_id && !known.includes(one));
    const isOwn = known.length > 0;
    if (rules.client.acknowledgesOwn || !isOwn)
      for (const op_id of [...(isTaken ? [] : [entry.op_id]), ...known.map((one) => one.op_id)])
        state.acknowledged.set(op_id, entry.seq);
    for (const { op_id } of known) state.quarantine.delete(op_id);
    const pending = this.pending();
    const rows: SyncRow[] = [];
    for (const row of entry.rows) {
      if (row.action === 'delete' && !rules.client.appliesDeletes) continue;
      const changes = rules.replayRow(state.records.get(row.id), row, this.pendingOf(row.id, pending));
      rows.push(...this.#change(row.id, changes));
    }
    for (const [id, of] of Map.groupBy(entry.conflicts, (one) => one.id)) {
      const changes = rules.replayConflicts(state.records.get(id), of, this.pendingOf(id, pending));
      rows.push(...this.#change(id, changes));
    }
    if (entry.actor === this.name) state.conflicts += entry.conflicts.length;
    if (isOwn || isTaken) this.#logSync(rows);
    else {
      const { op_id, replica, created_at, recovers, actor } = entry;
      if (rows.length > 0)
        state.log.push({ op_id, replica, created_at, recovers, rows, origin: 'remote', actor });
    }
  }

  #logSync(rows: SyncRow[]): void {
    if (rows.length === 0) return;
    this.state.made += 1;
    const op_id = `${this.name}-sync-${this.state.made}-${this.state.log.length}`;
    this.state.log.push({
      op_id,
      replica: this.name,
      created_at: this.clock(),
      recovers: null,
      rows,
      origin: 'sync',
    });
  }

  /** Makes local changes of a record, and gives the rows of the log that say so. */
  #change(id: string, changes: readonly LocalChange[]): SyncRow[] {
    return changes.map((one): SyncRow => {
      const current = this.state.records.get(id);
      const payload = current?.payload ?? {};
      const row = rowOf(id, one, payload);
      applyRow(this.state.records, row);
      return row;
    });
  }
}
