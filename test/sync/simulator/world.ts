import type { User } from '#shared/contract/server/users.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import type { SyncRecord, SyncRow } from '#shared/sync/operation.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Remote } from '#core/sync/remote.ts';
import { makeFolder, removeFolder } from './folder.ts';
import { checkHistory, checkLog, differences, findUnprotected, recordsOf } from './checks.ts';
import { Client, emptyWorkspace } from './client.ts';
import { DocumentFiles } from './documents.ts';
import { noFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { ClientJobs } from './jobs.ts';
import { Dice } from './random.ts';
import { copyTables, Server } from './server.ts';
import { isIntactFile } from './server-files.ts';
import type { FileCall, Tables } from './server.ts';

const year = 365 * 24 * 3_600_000;
const begin = 1_800_000_000_000;
const universe = ['r-a', 'r-b', 'q-a', 'q-b'];
const fields = ['x', 'y', 'z'];
const names = ['c0', 'c1', 'c2'];

/** A message with another first byte in its part of a file, if it has one. */
function withOtherBytes<T>(message: T): T {
  const { data } = message as { data?: string };
  if (data === undefined) return message;
  return { ...message, data: `${data.startsWith('A') ? 'B' : 'A'}${data.slice(1)}` };
}

class Lost extends Error {}
class Crash extends Error {}

/** A server with people and universities, and a workspace that has downloaded them. */
export interface Start {
  tables: Tables;
  image: Buffer;
}

const userOf = (id: string, role: User['role'], university_id: string): User => {
  const time = new Date(begin).toISOString();
  const [name, email] = [id, `${id}@example.org`];
  return {
    id,
    email,
    name,
    role,
    university_id,
    sees: 'all',
    active: true,
    created_at: time,
    updated_at: time,
  };
};

/** Made once per process, because migrations and the first download take longer than a history. */
export async function makeStart(): Promise<Start> {
  const clock = (): number => begin - year;
  const server = new Server(clock);
  const create = (type: SyncRow['type'], id: string, after: SyncRow['after']): SyncRow => {
    return { action: 'create', type, id, before: null, after };
  };
  await server.create([
    ...['ua', 'ub'].map((id) => create('university', id, { name: id })),
    ...names.map((id) => create('profile', id, { name: id, role: 'admin', university_id: 'ua' })),
  ]);
  const user = userOf('c0', 'admin', 'ua');
  server.users.set('c0', user);
  const client = new Client({ user, image: await emptyWorkspace(), seed: 0, clock, permit: () => {} });
  const remote = connect(
    (call, input) => server.call('c0', call, input),
    (call, input) => server.callFiles('c0', call, input),
  );
  client.join(user, await remote.sync.hello({ share: 'all', schema: operationSchema }));
  await client.round(remote, false);
  const image = client.image();
  client.close();
  return { tables: server.tables, image };
}

type Call = keyof Remote['sync'];

/** The calls of the contract that sync makes, each answered by `answer`. */
function connect(
  answer: (call: Call, input: unknown) => Promise<unknown>,
  answerFiles: (call: FileCall, input: unknown) => Promise<unknown>,
): Remote {
  const calls: Call[] = ['hello', 'push', 'pull', 'records', 'snapshot', 'erasures', 'digest'];
  const sync = Object.fromEntries(calls.map((call) => [call, (input: unknown) => answer(call, input)]));
  const fileCalls: FileCall[] = ['missing', 'store', 'read', 'check'];
  const files = Object.fromEntries(
    fileCalls.map((call) => [call, (input: unknown) => answerFiles(call, input)]),
  );
  return { sync, files } as unknown as Remote;
}

/** One history of some clients, a server and the network between them, all from a seed. */
export class World {
  readonly faults = noFaults();
  readonly #dice: Dice;
  /** Its own, so that the search index changes no history. */
  readonly #indexDice: Dice;
  readonly #isIndexed: boolean;
  /** In some histories, because they write real files. */
  readonly #documents: DocumentFiles | null = null;
  readonly #folder: string | null = null;
  readonly server: Server;
  readonly clients: Client[];
  /** Of the clients, in some histories. */
  readonly #jobs = new Map<Client, ClientJobs>();
  readonly #jobDice: Dice;
  readonly #partitioned = new Map<Client, number>();
  readonly #files = new Map<Client, Buffer>();
  readonly #late: (() => Promise<unknown>)[] = [];
  /** Changes at the server that another rule forbids. */
  readonly #forbidden: string[] = [];
  #time = begin;
  #quiet = false;
  #lives = 0;
  /** Operations that were in a file which is gone. */
  readonly #forgotten = new Set<string>();

  constructor(seed: number, { tables, image }: Start) {
    this.#dice = new Dice(seed);
    this.#indexDice = new Dice(seed + 1_000_000_007);
    this.#isIndexed = seed % 4 === 0;
    const isFiled = seed % 8 === 1;
    if (isFiled) this.#folder = makeFolder();
    const dice = this.#dice;
    const most = { pulled: 4, pushed: dice.chance(0.3) ? 2 : 200 };
    this.server = new Server(() => this.#time, most, copyTables(tables));
    this.clients = names.slice(0, 2 + dice.below(2)).map((name, at) => {
      const role = at === 0 ? 'admin' : dice.pick(['researcher', 'editor', 'editor', 'viewer'] as const);
      const user = userOf(name, role, dice.pick(['ua', 'ub']));
      this.server.users.set(name, user);
      const skew = dice.chance(0.4) ? Math.round(((dice.below(200) - 100) / 100) * year) : 0;
      if (skew !== 0) this.faults.skewed_clock += 1;
      const permit = (): void => {
        if (!this.#quiet && dice.chance(0.002)) throw this.#fault('crash', new Crash());
      };
      const clock = (): number => this.#time + skew;
      return new Client({ user, image, seed: seed * 8 + at, clock, permit, folder: this.#folder ?? '' });
    });
    const { server, clients, faults } = this;
    this.#jobDice = new Dice(seed + 3_000_000_019);
    if (seed % 4 === 2)
      for (const client of clients) this.#jobs.set(client, new ClientJobs(() => client.services(), faults));
    if (isFiled)
      this.#documents = new DocumentFiles({ dice: new Dice(seed + 2_000_000_011), server, clients, faults });
  }

  /** Lets things happen, then lets all faults be over, and checks what must hold. Returns what does not. */
  async run(): Promise<string[]> {
    const dice = this.#dice;
    const problems: string[] = [];
    try {
      const steps = 12 + dice.below(25);
      for (let at = 0; at < steps && problems.length === 0; at++) {
        this.#time += 1 + dice.below(60_000);
        const client = dice.pick(this.clients);
        await this.#step(client);
        this.#updateIndex();
        problems.push(...(await this.#stepJobs(client)));
        if (this.#documents) problems.push(...(await this.#stepDocuments(client, this.#documents)));
        problems.push(...this.#forbidden, ...findUnprotected(client));
      }
      if (problems.length === 0) {
        await this.#settle();
        problems.push(...this.#forbidden, ...this.#finally(), ...((await this.#documents?.finally()) ?? []));
      }
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
    for (const client of this.clients) client.close();
    if (this.#folder !== null) removeFolder(this.#folder);
    return problems;
  }

  async #stepJobs(client: Client): Promise<string[]> {
    const jobs = this.#jobs.get(client);
    if (!jobs) return [];
    try {
      for (let at = 0; at < 3; at++) await jobs.step(this.#jobDice);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      jobs.stopAll();
    }
    return jobs.problems();
  }

  async #stepDocuments(client: Client, documents: DocumentFiles): Promise<string[]> {
    try {
      return await documents.step(client, (sha256) => this.#fetch(client, sha256));
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      return documents.wrongFiles(client);
    }
  }

  async #fetch(client: Client, sha256: string): Promise<void> {
    try {
      await client.fetch(this.#remoteOf(client), sha256);
    } catch (error) {
      const isExpected = error instanceof Lost || error instanceof Crash || isFault(error);
      if (!isExpected) throw error;
      if (!isFault(error) || !('reason' in error.data) || error.data.reason !== 'server_error') return;
      // The client blames the network: the server has said that its file is intact.
      const file = this.server.tables.files.get(sha256);
      if (file && !isIntactFile(sha256, file)) this.#forbidden.push(`the server takes ${sha256} for intact`);
    }
  }

  #remoteOf(client: Client): Remote {
    return connect(
      (call, input) => this.#carry(call, () => this.#serve(client, call, input)),
      (call, input) => this.#carryFile(client, call, input),
    );
  }

  /** Parts of files can arrive with other bytes: of the rest, TLS sees it. */
  async #carryFile(client: Client, call: FileCall, input: unknown): Promise<unknown> {
    const isWrong = !this.#quiet && (call === 'store' || call === 'read') && this.#dice.chance(0.1);
    if (isWrong) this.faults.wrong_bytes += 1;
    const spoilt = <T>(message: T): T => (isWrong ? withOtherBytes(message) : message);
    return this.#carry(`files.${call}`, async () =>
      spoilt(await this.server.callFiles(client.name, call, spoilt(input))),
    );
  }

  /** Somebody searches, in every fourth history, and perhaps ends the program meanwhile. */
  #updateIndex(): void {
    const dice = this.#indexDice;
    if (!this.#isIndexed || !dice.chance(0.4)) return;
    const isInterrupted = dice.chance(0.3);
    if (dice.pick(this.clients).index.update(isInterrupted)) this.faults.index_interrupted += 1;
  }

  async #step(client: Client): Promise<void> {
    const dice = this.#dice;
    const roll = dice.below(100);
    if (roll < 45) await this.#edit(client);
    else if (roll < 82) await this.#round(client, dice.chance(0.2));
    else if (roll < 86) {
      this.#partitioned.set(client, this.#time + dice.below(300_000));
      this.faults.partition += 1;
    } else if (roll < 89) this.#files.set(client, client.image());
    else if (roll < 91) this.#restoreClient(client);
    else if (roll < 93) this.server.backUp();
    else if (roll < 95) await this.#restoreServer();
    else if (roll < 98) this.#changeRole(client);
    else await this.#deliverLate();
  }

  async #edit(client: Client): Promise<void> {
    const { role } = this.server.users.get(client.name) as User;
    if (role === 'viewer' && !this.#dice.chance(0.3)) return;
    try {
      await client.edit(this.#dice, universe, fields, this.#lives);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }

  async #deliverLate(): Promise<void> {
    for (const late of this.#late.splice(0)) await late();
  }

  #restoreClient(client: Client): void {
    const image = this.#files.get(client);
    if (!image) return;
    this.faults.client_restored += 1;
    this.#lives += 1;
    client.restore(image);
    this.#jobs.get(client)?.stopAll();
    const there = new Set(client.log().map(({ op_id }) => op_id));
    for (const op_id of client.everMade.keys()) if (!there.has(op_id)) this.#forgotten.add(op_id);
  }

  /** Hashes of operations of a member who used the id of somebody else's. */
  readonly #forged = new Set<string>();

  #idsAtServer(): Set<string | null> {
    const own = this.server.tables.transactions.filter(({ hash }) => !this.#forged.has(hash));
    return new Set(own.flatMap(({ op_id, recovers }) => [op_id, recovers]));
  }

  /** A member pushes a change of their own with the id of an operation that the server has lost. */
  async #forge(): Promise<void> {
    const dice = this.#dice;
    const member = dice.pick(this.clients);
    const atServer = this.#idsAtServer();
    const lost = this.clients
      .filter((client) => client !== member)
      .flatMap((client) => [...client.everMade.keys()])
      .filter((op_id) => !atServer.has(op_id));
    const { role } = this.server.users.get(member.name) as User;
    const { tables } = this.server;
    const [id] = [...tables.records].find(([, { type, deleted }]) => type === 'team' && !deleted) ?? [];
    if (lost.length === 0 || id === undefined || !['admin', 'researcher'].includes(role)) return;
    const root = dice.pick(lost);
    const isOwnId = dice.chance(0.5);
    const note = `forged ${this.#time}`;
    const operation = {
      op_id: isOwnId ? root : `forged-${root}-${this.#time}`,
      recovers: isOwnId ? null : root,
      schema: operationSchema,
      replica: member.name,
      hlc: '',
      label: 'record.update',
      params: {},
      undoes: null,
      redoes: null,
      author: null,
      seen: null,
      part: null,
      created_at: new Date(member.clock()).toISOString(),
      rows: [{ action: 'update' as const, type: 'team' as const, id, before: {}, after: { note } }],
    };
    const known = tables.transactions.length;
    const { generation } = tables.server;
    await this.server.call(member.name, 'push', { generation, clock_offset: 0, operations: [operation] });
    for (const { hash } of tables.transactions.slice(known)) this.#forged.add(hash);
    this.faults.forged += 1;
  }

  async #restoreServer(): Promise<void> {
    this.server.restore();
    this.faults.server_restored += 1;
    if (this.#dice.chance(0.5)) await this.#forge();
  }

  #changeRole(client: Client): void {
    if (client.name === 'c0') return;
    const dice = this.#dice;
    const role = dice.pick(['researcher', 'editor', 'viewer'] as const);
    this.server.users.set(client.name, userOf(client.name, role, dice.pick(['ua', 'ub'])));
    this.faults.role_changed += 1;
  }

  /** A round of one client, which any request or write may end. */
  async #round(client: Client, isForNews = false): Promise<void> {
    if ((this.#partitioned.get(client) ?? 0) > this.#time && !this.#quiet) return;
    try {
      const turn = await this.#carry('refresh', async () => this.server.refresh(client.name, client.turn));
      if (turn === null) return;
      client.turn = turn;
      await client.round(this.#remoteOf(client), isForNews);
    } catch (error) {
      if (!(error instanceof Lost) && !(error instanceof Crash)) throw error;
    }
  }

  async #carry<T>(call: string, serve: () => Promise<T>): Promise<T> {
    const dice = this.#dice;
    this.#time += dice.below(200);
    if (this.#quiet) return serve();
    if (dice.chance(0.04)) throw this.#fault('request_lost', new Lost());
    if ((call === 'push' || call === 'files.store') && dice.chance(0.05)) {
      // It arrives after its sender has given up on it, perhaps at a restored server, which refuses it.
      this.#late.push(() => serve().catch(() => {}));
      throw this.#fault('late', new Lost());
    }
    const answer = await serve();
    if ((call === 'push' || call === 'files.store') && dice.chance(0.08)) {
      this.faults.repeated += 1;
      await serve();
    }
    if (dice.chance(0.05)) throw this.#fault('answer_lost', new Lost());
    if (dice.chance(0.03)) throw this.#fault('crash', new Crash());
    return answer;
  }

  #fault<E>(name: keyof Faults, error: E): E {
    this.faults[name] += 1;
    return error;
  }

  async #serve(client: Client, call: Call, input: unknown): Promise<unknown> {
    const before = new Map(this.server.tables.records);
    const user = this.server.users.get(client.name) as User;
    const answer = await this.server.call(client.name, call, input);
    if (call === 'push') this.#watch(user, before);
    return answer;
  }

  /** A rule of the test's own: an editor changes only records of their university, a viewer none. */
  #watch({ id: user, role, university_id }: User, before: ReadonlyMap<string, SyncRecord>): void {
    if (role === 'admin' || role === 'researcher') return;
    for (const [id, record] of this.server.tables.records) {
      const old = before.get(id);
      if (old && old.deleted === record.deleted && jsonEqual(old.payload, record.payload)) continue;
      if (role === 'viewer' || `u${id.slice(-1)}` !== university_id)
        this.#forbidden.push(`${user} (${role}) changed ${id}`);
    }
  }

  /** Faults are over and nobody writes: everybody syncs until all are in step, at most six times. */
  async #settle(): Promise<void> {
    this.#quiet = true;
    await this.#deliverLate();
    for (let turn = 0; turn < 6; turn++) {
      for (const client of this.clients) await this.#round(client);
      const { head_seq, generation } = this.server.tables.server;
      const isSettled = this.clients.every(({ state }) => {
        const { in_step, cursor } = state;
        return in_step && cursor.seq === head_seq && state.generation === generation;
      });
      if (isSettled) break;
    }
    if (this.#documents) await this.#settleDocuments(this.#documents);
    for (const jobs of this.#jobs.values()) await jobs.settle(() => (this.#time += 11 * 60_000));
  }

  /** The server has checked its files; then everybody sends what it lacks, and fetches what they lack. */
  async #settleDocuments(documents: DocumentFiles): Promise<void> {
    await documents.checkServer();
    for (let turn = 0; turn < 3; turn++)
      for (const client of this.clients) {
        await this.#round(client);
        await documents.fetchAll(client, (sha256) => this.#fetch(client, sha256));
      }
  }

  /** A client's records without those that a restored server lost and that the user may not create again: they stay on the client. */
  #shared(client: Client): Map<string, SyncRecord> {
    const { role, university_id } = this.server.users.get(client.name) as User;
    const { records } = this.server.tables;
    const isKept = (id: string): boolean => {
      const mayCreate = role === 'editor' ? university_id === `u${id.slice(-1)}` : role !== 'viewer';
      return this.faults.server_restored > 0 && !records.has(id) && !mayCreate;
    };
    return new Map([...client.records()].filter(([id]) => !isKept(id)));
  }

  #finally(): string[] {
    const problems: string[] = [];
    const { server, clients } = this;
    const atServer = this.#idsAtServer();
    for (const client of clients) {
      const { name } = client;
      if (server.ended.has(name)) problems.push(`${name} was signed out`);
      const pending = client.pending();
      if (pending.length > 0) problems.push(`${name} has ${pending.length} pending`);
      const quarantine = client.quarantine();
      problems.push(...differences(name, this.#shared(client), recordsOf(server)), ...checkLog(client));
      if (this.#isIndexed) problems.push(...client.indexProblems());
      const jobs = this.#jobs.get(client);
      if (jobs) problems.push(...jobs.problems(), ...jobs.open());
      for (const op_id of client.everMade.keys())
        if (!atServer.has(op_id) && !quarantine.has(op_id) && !this.#forgotten.has(op_id))
          problems.push(`${name} lost ${op_id}`);
    }
    return [...problems, ...checkHistory(server, { clients, forged: this.#forged, now: this.#time })];
  }
}
