import { jsonEqual } from '#shared/domain/json.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { millisecondsOf } from '#shared/sync/clock.ts';
import { patchFields } from '#shared/domain/patch.ts';
import type { SyncRecord } from '#shared/sync/operation.ts';
import { Client } from './client.ts';
import type { Durable, Request } from './client.ts';
import { Dice } from './random.ts';
import { applyRow } from './rows.ts';
import { unaccounted } from './accounted.ts';
import { soundRules } from './rules.ts';
import type { Rules } from './rules.ts';
import { Server } from './server.ts';
import type { Entry } from './server.ts';

/** How often each fault was injected. */
export type Faults = Record<
  | 'request_lost'
  | 'answer_lost'
  | 'repeated'
  | 'late'
  | 'partition'
  | 'crash'
  | 'client_restored'
  | 'server_restored'
  | 'forged'
  | 'role_changed'
  | 'skewed_clock',
  number
>;

const noFaults = (): Faults => ({
  request_lost: 0,
  answer_lost: 0,
  repeated: 0,
  late: 0,
  partition: 0,
  crash: 0,
  client_restored: 0,
  server_restored: 0,
  forged: 0,
  role_changed: 0,
  skewed_clock: 0,
});

const year = 365 * 24 * 3_600_000;
const universe = ['r-a', 'r-b', 'q-a', 'q-b'];
const fields = ['x', 'y', 'z'];

class Lost extends Error {}
class Crash extends Error {}

/** One history of some clients, a server and the network between them, all from a seed. */
export class World {
  readonly faults = noFaults();
  readonly #dice: Dice;
  readonly server: Server;
  readonly clients: Client[];
  readonly #partitioned = new Map<Client, number>();
  readonly #files = new Map<Client, Durable>();
  readonly #late: (() => void)[] = [];
  /** Who may write, when an operation was taken over: what the server checked, by another rule. */
  readonly #allowed: string[] = [];
  #time = 1_800_000_000_000;
  #quiet = false;
  #lives = 0;
  /** Operations that were in a file which is gone. */
  readonly #forgotten = new Set<string>();

  constructor(seed: number, rules: Rules = soundRules) {
    this.#dice = new Dice(seed);
    const users = new Map<string, Actor>();
    this.server = new Server(rules, users);
    const dice = this.#dice;
    this.clients = Array.from({ length: 2 + dice.below(2) }, (_, at) => {
      const name = `c${at}`;
      const role = at === 0 ? 'admin' : dice.pick(['researcher', 'editor', 'editor', 'viewer'] as const);
      const actor: Actor = { id: name, role, university_id: dice.pick(['ua', 'ub']) };
      users.set(name, actor);
      const skew = dice.chance(0.4) ? Math.round(((dice.below(200) - 100) / 100) * year) : 0;
      if (skew !== 0) this.faults.skewed_clock += 1;
      return new Client(name, rules, actor, () => this.#time + skew);
    });
  }

  /** Lets things happen, then lets all faults be over, and checks what must hold. Returns what does not. */
  run(): string[] {
    const dice = this.#dice;
    const problems: string[] = [];
    try {
      const steps = 12 + dice.below(25);
      for (let at = 0; at < steps; at++) {
        this.#time += 1 + dice.below(60_000);
        this.#step();
        problems.push(...this.#always());
      }
      this.#settle();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
    return [...problems, ...(problems.length === 0 ? this.#finally() : [])];
  }

  #step(): void {
    const dice = this.#dice;
    const client = dice.pick(this.clients);
    const roll = dice.below(100);
    if (roll < 45) {
      if (client.actor.role !== 'viewer' || dice.chance(0.3))
        client.edit(dice, universe, fields, this.#lives);
    } else if (roll < 82) this.#round(client);
    else if (roll < 86) {
      this.#partitioned.set(client, this.#time + dice.below(300_000));
      this.faults.partition += 1;
    } else if (roll < 89) this.#files.set(client, structuredClone(client.state));
    else if (roll < 91) this.#restoreClient(client);
    else if (roll < 93) this.server.backUp();
    else if (roll < 95) this.#restoreServer();
    else if (roll < 98) this.#changeRole(client);
    else for (const late of this.#late.splice(0)) late();
  }

  #restoreClient(client: Client): void {
    const file = this.#files.get(client);
    if (!file) return;
    this.faults.client_restored += 1;
    this.#lives += 1;
    // Who is signed in is no part of the file.
    client.state = { ...structuredClone(file), turn: client.state.turn };
    for (const op_id of client.everMade.keys())
      if (!client.state.log.some((one) => one.op_id === op_id)) this.#forgotten.add(op_id);
  }

  /** Entries of a member who used the id of somebody else's operation. */
  readonly #forged = new Set<Entry>();

  #isAtServer = (op_id: string): boolean =>
    this.server.entries.some(
      (entry) => !this.#forged.has(entry) && [entry.op_id, entry.recovers].includes(op_id),
    );

  /** A member pushes a change of their own with the id of an operation that the server has lost. */
  #forge(): void {
    const dice = this.#dice;
    const member = dice.pick(this.clients);
    const lost = this.clients
      .filter((client) => client !== member)
      .flatMap((client) => [...client.everMade.keys()])
      .filter((op_id) => !this.#isAtServer(op_id));
    const actor = this.server.users.get(member.name) as Actor;
    const [id] = [...this.server.records].find(([, record]) => !record.deleted) ?? [];
    if (lost.length === 0 || id === undefined || !['admin', 'researcher'].includes(actor.role)) return;
    const root = dice.pick(lost);
    const isOwnId = dice.chance(0.5);
    const operation = {
      op_id: isOwnId ? root : `forged-${root}-${this.#time}`,
      recovers: isOwnId ? null : root,
      replica: member.name,
      created_at: member.clock(),
      rows: [
        {
          action: 'update' as const,
          type: 'team' as const,
          id,
          before: {},
          after: { note: `forged ${this.#time}` },
        },
      ],
    };
    const { entries } = this.server;
    const before = entries.length;
    this.server.push(member.name, { operations: [operation], offset: 0, now: this.#time });
    for (const entry of this.server.entries.slice(before)) this.#forged.add(entry);
    this.faults.forged += 1;
  }

  #restoreServer(): void {
    this.server.restore();
    this.faults.server_restored += 1;
    if (this.#dice.chance(0.5)) this.#forge();
  }

  #changeRole(client: Client): void {
    if (client.name === 'c0') return;
    const dice = this.#dice;
    const role = dice.pick(['researcher', 'editor', 'viewer'] as const);
    this.server.users.set(client.name, { id: client.name, role, university_id: dice.pick(['ua', 'ub']) });
    this.faults.role_changed += 1;
  }

  /** A round of one client; what happens on the way may end it at any await. */
  #round(client: Client): void {
    if ((this.#partitioned.get(client) ?? 0) > this.#time && !this.#quiet) return;
    const steps = client.round();
    try {
      let next = steps.next();
      while (!next.done) {
        const answer = this.#carry(client, next.value);
        next = steps.next(answer as never);
      }
    } catch (error) {
      if (!(error instanceof Lost) && !(error instanceof Crash)) throw error;
    }
  }

  #carry(client: Client, request: Request): unknown {
    const dice = this.#dice;
    this.#time += dice.below(200);
    const faulty = !this.#quiet;
    if (faulty && dice.chance(0.04)) throw this.#fault('request_lost', new Lost());
    if (faulty && request.kind === 'push' && dice.chance(0.05)) {
      // It arrives later, when its sender has long given up on it.
      this.#late.push(() => void this.#serve(client, request));
      throw this.#fault('late', new Lost());
    }
    const answer = this.#serve(client, request);
    if (faulty && request.kind === 'push' && dice.chance(0.08)) {
      this.faults.repeated += 1;
      this.#serve(client, request);
    }
    if (faulty && dice.chance(0.05)) throw this.#fault('answer_lost', new Lost());
    if (faulty && dice.chance(0.03)) throw this.#fault('crash', new Crash());
    return answer;
  }

  #fault<E>(name: keyof Faults, error: E): E {
    this.faults[name] += 1;
    return error;
  }

  #serve(client: Client, request: Request): unknown {
    const { server } = this;
    const now = this.#time;
    switch (request.kind) {
      case 'refresh':
        return server.refresh(client.name, request.turn);
      case 'hello':
        return {
          generation: server.generation,
          lineage: server.lineage,
          actor: server.users.get(client.name),
          now,
        };
      case 'push': {
        const before = new Map(server.records);
        const actor = server.users.get(client.name) as Actor;
        const answer = server.push(client.name, { ...request, now });
        this.#watch(actor, before);
        return answer;
      }
      case 'pull':
        return server.pull(request.generation, request.after, 4);
      case 'states':
        return server.states(request.ids);
    }
  }

  /** By a rule of the test's own: nobody but researchers and admins changes what is not of their university, and a viewer nothing. */
  #watch(actor: Actor, before: ReadonlyMap<string, SyncRecord>): void {
    if (actor.role === 'admin' || actor.role === 'researcher') return;
    for (const [id, record] of this.server.records) {
      const old = before.get(id);
      if (old && old.deleted === record.deleted && jsonEqual(old.payload, record.payload)) continue;
      const own = `u${id.slice(-1)}` === actor.university_id;
      if (actor.role === 'viewer' || !own) this.#allowed.push(`${actor.id} (${actor.role}) changed ${id}`);
    }
  }

  /** What holds at any time. */
  #always(): string[] {
    const problems = [...this.#allowed];
    for (const client of this.clients) {
      const last = new Map<string, { value: unknown; isPending: boolean }>();
      const pending = new Set(client.pending().map(({ op_id }) => op_id));
      for (const { rows, origin, op_id } of client.state.log) {
        if (origin === 'sync' || client.state.quarantine.has(op_id)) continue;
        const isPending = pending.has(op_id);
        for (const row of rows) {
          if (row.action === 'create' || row.action === 'update')
            for (const field of patchFields(row))
              last.set(`${row.id}/${field}`, { value: row.after?.[field], isPending });
        }
      }
      // What was deleted here, and restored, shows the fields it had, refused ones too, until the server has answered.
      const restored = new Set(
        client
          .pending()
          .flatMap(({ rows }) => rows.flatMap(({ action, id }) => (action === 'restore' ? [id] : []))),
      );
      for (const [key, { value, isPending }] of last) {
        const [id = '', field = ''] = key.split('/');
        const record = client.state.records.get(id);
        if (!isPending || !record || record.deleted || restored.has(id)) continue;
        // What was offered once, and met another value then, is offered again to a restored server as it was.
        if (client.state.compares || record.payload[field] === value) continue;
        problems.push(`${client.name}: a pending value of ${key} does not stand`);
      }
    }
    return problems;
  }

  /** Faults are over and nobody writes: everybody syncs a few times. */
  #settle(): void {
    this.#quiet = true;
    for (const late of this.#late.splice(0)) late();
    for (let turn = 0; turn < 6; turn++) for (const client of this.clients) this.#round(client);
  }

  #finally(): string[] {
    const problems: string[] = [];
    const { server, clients } = this;
    for (const client of clients) {
      const { state, name } = client;
      if (server.ended.has(name)) problems.push(`${name} was signed out`);
      if (state.diverged) problems.push(`${name} takes the server for another one`);
      const pending = client.pending();
      if (pending.length > 0) problems.push(`${name} has ${pending.length} pending`);
      problems.push(...differences(name, state.records, server.records), ...replayed(client));
      for (const [op_id, made] of client.everMade)
        if (!this.#isAtServer(op_id) && !state.quarantine.has(op_id) && !this.#forgotten.has(op_id))
          problems.push(`${name} lost ${made.op_id}`);
    }
    problems.push(...this.#checkEntries());
    return problems;
  }

  #checkEntries(): string[] {
    const problems: string[] = [];
    const seen = new Set<string>();
    const made = new Map(this.clients.flatMap((client) => [...client.everMade]));
    for (const entry of this.server.entries) {
      if (this.#forged.has(entry)) continue;
      const { op_id, recovers, rows, conflicts, stamp, same } = entry;
      if (seen.has(op_id)) problems.push(`${op_id} is in the history twice`);
      seen.add(op_id);
      const own = made.get(recovers ?? op_id);
      if (!own) {
        problems.push(`${op_id} was made by nobody`);
        continue;
      }
      if (!/^[0-9a-f]{12}-[0-9a-f]{4}-/.test(stamp)) problems.push(`${op_id} has the stamp ${stamp}`);
      if (millisecondsOf(stamp) > this.#time) problems.push(`${op_id} is stamped in the future`);
      const author = this.clients.find(({ name }) => name === own.replica);
      const skew = author ? author.clock() - this.#time : 0;
      const happened = own.created_at - skew;
      if (recovers === null && Math.abs(millisecondsOf(stamp) - happened) > 60_000)
        problems.push(
          `${op_id} is stamped ${millisecondsOf(stamp) - happened} ms away from when it happened`,
        );
      for (const one of conflicts)
        if (one.kind !== 'deleted' && one.kind !== 'deletes' && one.winner < one.loser)
          problems.push(`${op_id}: an older value stayed`);
      problems.push(...unaccounted(op_id, own.rows, { rows, conflicts, recovers, same }));
    }
    return problems;
  }
}

function differences(
  name: string,
  ours: ReadonlyMap<string, SyncRecord>,
  theirs: ReadonlyMap<string, SyncRecord>,
): string[] {
  const live = (record: SyncRecord | undefined) => (record && !record.deleted ? record.payload : null);
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((id) => {
    const [here, there] = [live(ours.get(id)), live(theirs.get(id))];
    return jsonEqual(here, there)
      ? []
      : [`${name} differs in ${id}: ${JSON.stringify(here)} and ${JSON.stringify(there)}`];
  });
}

function replayed({ name, state }: Client): string[] {
  const records = new Map<string, SyncRecord>();
  try {
    for (const { rows } of state.log) for (const row of rows) applyRow(records, row);
  } catch (error) {
    return [`${name}: the log does not replay: ${String(error)}`];
  }
  for (const [id, record] of state.records)
    if (
      !jsonEqual(records.get(id)?.payload ?? null, record.payload) ||
      records.get(id)?.deleted !== record.deleted
    )
      return [`${name}: ${id} is not what the log says`];
  return [];
}
