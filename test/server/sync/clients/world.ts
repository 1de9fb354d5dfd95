import { hash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { partBytes } from '#shared/contract/server/files.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { sharedTypes } from '#shared/sync/operation.ts';
import { Dice } from '#test/sync/simulator/random.ts';
import { contentPath } from '#core/kernel/files/contents.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { backupDefaults } from '#server/config.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { backUp, restore } from '../../support/backups.ts';
import { chainProblems } from '../../support/chain.ts';
import { create, operation, push } from '../../support/push.ts';
import { addUser, bootstrap, password, signIn, startServer } from '../../support/server.ts';
import type { TestServer, TestUser } from '../../support/server.ts';
import type { Api } from '../../support/api.ts';
import { differences } from './differences.ts';
import { ErasedPeople, peopleOperation } from './erased-people.ts';
import { startFaultyNetwork } from './proxy.ts';
import type { Fate, FaultyNetwork } from './proxy.ts';
import { SharedWorkspace } from './workspace.ts';

const year = 365 * 24 * 3_600_000;
const universities = ['ua', 'ub'];
const fates: readonly Fate[] = ['lost', 'answer_lost', 'repeated', 'late'];
/** Two people can attach the same file; the last has two parts. */
const contents = ['A valve.', 'A rotator.', 'A cable.\n'.repeat(partBytes / 9 + 1)].map((text) =>
  Buffer.from(text),
);

interface Party {
  workspace: SharedWorkspace;
  user: TestUser;
  isJoined: boolean;
}

/** Some workspaces, a server on Postgres and a network that fails, from a seed: the real programs, all of them. */
export class RealWorld {
  readonly #dice: Dice;
  readonly #server: TestServer;
  readonly #network: FaultyNetwork;
  readonly #parties: Party[] = [];
  readonly #admin: Api;
  readonly #backups: string;
  readonly #people: ErasedPeople;
  readonly injected: Record<string, number> = {};
  #faulty = false;
  #backup: string | null = null;
  #kill: AbortController | null = null;

  private constructor(dice: Dice, server: TestServer, network: FaultyNetwork, admin: Api, backups: string) {
    this.#backups = backups;
    this.#dice = dice;
    this.#people = new ErasedPeople(dice);
    this.#server = server;
    this.#network = network;
    this.#admin = admin;
  }

  static async create(seed: number): Promise<RealWorld> {
    const dice = new Dice(seed);
    const folder = makeFolder();
    const server = await startServer({ backups: { ...backupDefaults, intervalHours: 0, folder } });
    let world: RealWorld | null = null;
    const network = await startFaultyNetwork(server.api.url, (path) => world?.fateOf(path) ?? 'arrives');
    const admin = server.api.as(await bootstrap(server));
    await push(admin, [operation(universities.map((id) => create('university', id, { name: id })))]);
    await push(admin, [peopleOperation(dice.pick(universities))]);
    world = new RealWorld(dice, server, network, admin, folder);
    const count = 2 + dice.below(2);
    for (let at = 0; at < count; at++) await world.#add(seed * 100 + at * 10);
    return world;
  }

  async #add(seed: number): Promise<void> {
    const dice = this.#dice;
    const role = dice.pick(['researcher', 'editor', 'editor'] as const);
    const user = await addUser(this.#admin, {
      role,
      university_id: dice.pick(universities),
      sees: this.#sees(),
    });
    const skew = dice.chance(0.4) ? Math.round(((dice.below(200) - 100) / 100) * year) : 0;
    if (skew !== 0) this.#count('skewed_clock');
    const { clock } = this.#server;
    const workspace = new SharedWorkspace(seed, { now: () => ++clock.now + skew, elapsed: () => clock.now });
    await workspace.open();
    const party = { workspace, user, isJoined: false };
    this.#parties.push(party);
    // Some come later, and have by their first download what others did until then.
    if (dice.chance(0.7)) await this.#join(party);
  }

  #sees(): 'all' | 'university' {
    return this.#dice.chance(0.3) ? 'university' : 'all';
  }

  async #join(party: Party): Promise<void> {
    const { workspace, user } = party;
    try {
      await workspace.join(this.#network.url, user.user.email, password);
      party.isJoined = true;
    } catch (error) {
      // The download had come to its end, and what follows it is an ordinary sync.
      const { reason } = (error as { data?: { reason?: string } }).data ?? {};
      party.isJoined = reason === 'joined_already';
      if (!this.#faulty && !party.isJoined) throw error;
    }
  }

  fateOf(path: string): Fate {
    if (!this.#faulty) return 'arrives';
    const dice = this.#dice;
    if (dice.chance(0.06)) {
      this.#count('crash');
      this.#kill?.abort();
    }
    // Only parts of files have other bytes: of the rest, TLS sees it.
    if (path.includes('/files/') && dice.chance(0.2)) {
      this.#count('wrong_bytes');
      return 'wrong_bytes';
    }
    if (!dice.chance(0.3)) return 'arrives';
    const fate = dice.pick(fates);
    // Nobody sends these twice, nor later.
    if (!/\/sync\/push|\/files\//.test(path) && (fate === 'late' || fate === 'repeated')) return 'arrives';
    this.#count(fate);
    return fate;
  }

  #count(name: string): void {
    this.injected[name] = (this.injected[name] ?? 0) + 1;
  }

  async run(steps: number): Promise<string[]> {
    this.#faulty = true;
    for (let at = 0; at < steps; at++) {
      this.#server.clock.now += 1 + this.#dice.below(60_000);
      await this.#step();
    }
    this.#faulty = false;
    await this.#network.deliverLate();
    for (const party of this.#parties) if (!party.isJoined) await this.#join(party);
    await this.#syncAll();
    for (const { workspace } of this.#parties) await this.#repairWhatIsLeft(workspace);
    await this.#people.eraseAgain(await this.#signedIn());
    await this.#syncAll();
    return this.#problems();
  }

  async #syncAll(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) for (const { workspace } of this.#parties) await workspace.sync();
  }

  /** What only one workspace has since the server was restored, and its person may not give to it, is there until they repair. */
  async #repairWhatIsLeft(workspace: SharedWorkspace): Promise<void> {
    const { in_step } = await workspace.client().sync.status({});
    if (in_step || !this.injected['server_restored']) return;
    this.#count('repaired');
    for await (const _ of await workspace.client().sync.repair({}));
  }

  async #step(): Promise<void> {
    const dice = this.#dice;
    const party = dice.pick(this.#parties);
    const { workspace, user } = party;
    const roll = dice.below(100);
    if (!party.isJoined) return this.#join(party);
    if (roll < 10) return this.#attach(workspace);
    if (roll < 18) return this.#fetch(workspace);
    if (roll < 48) return this.#edit(workspace);
    if (roll < 74) {
      this.#kill = new AbortController();
      await workspace.sync(this.#kill.signal);
    } else if (roll < 78) await workspace.keepCopy();
    else if (roll < 80) {
      if (await workspace.putCopyBack()) this.#count('client_restored');
    } else if (roll < 84) {
      const role = dice.pick(['researcher', 'editor', 'viewer'] as const);
      const admin = await this.#signedIn();
      const university_id = dice.pick(universities);
      await admin.patch(`users/${user.user.id}`, { role, university_id, sees: this.#sees() });
      this.#count('role_changed');
    } else if (roll < 88) this.#backup = await backUp(await this.#signedIn());
    else if (roll < 92) await this.#restoreServer();
    else if (roll < 98) {
      await this.#people.erase(await this.#signedIn());
      this.#count('erased');
    } else await this.#network.deliverLate();
  }

  /** The access tokens of the beginning do not last. */
  async #signedIn(): Promise<Api> {
    return this.#admin.as(await signIn(this.#server.api, 'admin@example.org'));
  }

  /** Puts the server back to where it was, if there is a backup of that. */
  async #restoreServer(): Promise<void> {
    if (this.#backup === null) return;
    const { state, problem } = await restore(await this.#signedIn(), this.#backup);
    if (state !== 'completed') throw new Error(String(problem));
    this.#count('server_restored');
  }

  /** A person changes something; what they may not, or is not there any more, they do not. */
  async #edit(workspace: SharedWorkspace): Promise<void> {
    const dice = this.#dice;
    const client = workspace.client();
    const id = `team_${dice.below(5)}`;
    const type = 'team' as const;
    try {
      if (dice.chance(0.3)) return await this.#people.write(client);
      const roll = dice.below(10);
      if (roll < 3) {
        const data = {
          name: `made ${dice.below(3)}`,
          university_id: dice.chance(0.2) ? null : dice.pick(universities),
          size: 1 + dice.below(9),
        };
        await client.entities.create({ type, id, data });
      } else if (roll < 8) {
        const field = dice.pick(['name', 'size', 'experience', 'note', 'university_id']);
        const value =
          field === 'university_id'
            ? dice.pick([...universities, null])
            : field === 'size' || field === 'experience'
              ? 1 + dice.below(30)
              : `text ${dice.below(4)}`;
        const data = { [field]: value };
        await client.entities.update(
          dice.chance(0.2) && field === 'note' ? { type, id, data: {}, unset: [field] } : { type, id, data },
        );
      } else if (roll === 8) await client.entities.remove({ type, id });
      else await client.entities.restore({ type, id });
    } catch (error) {
      if (!isCode(error, ['NOT_FOUND', 'DUPLICATE_ID', 'FORBIDDEN', 'ALREADY', 'INVALID'])) throw error;
    }
  }

  /** A person attaches a file, perhaps one that another has attached too. */
  async #attach(workspace: SharedWorkspace): Promise<void> {
    const { core } = workspace;
    const bytes = this.#dice.pick(contents);
    const path = join(core.services.files.folder, '..', `${hash('sha256', bytes)}.txt`);
    writeFileSync(path, bytes);
    const grant = core.grants.issue(path, 'read');
    try {
      await resultOf(await workspace.client().documents.attach({ grant }));
      this.#count('attached');
    } catch (error) {
      if (!isCode(error, ['FORBIDDEN'])) throw error;
    }
  }

  /** A person opens a document whose file may be at the server only. */
  async #fetch(workspace: SharedWorkspace): Promise<void> {
    const { rows } = await workspace.client().entities.list({ type: 'document' });
    if (rows.length === 0) return;
    const { id } = this.#dice.pick(rows);
    try {
      const { fetched } = await resultOf(await workspace.client().sync.fetchFile({ id }));
      if (fetched) this.#count('fetched');
    } catch (error) {
      if (!isCode(error, ['SYNC', 'NOT_FOUND'])) throw error;
    }
  }

  /** After faults are over, files that somebody has and may send are at the server, and all are what their hash says. */
  async #fileProblems(): Promise<string[]> {
    const stored = await this.#server.database.all<{ sha256: string; bytes: Buffer }>(
      `SELECT sha256, string_agg(bytes, ''::bytea ORDER BY part) AS bytes FROM file_contents GROUP BY sha256`,
    );
    const problems = stored.flatMap(({ sha256, bytes }) =>
      hash('sha256', bytes) === sha256 ? [] : [`the server has other bytes as ${sha256}`],
    );
    const there = new Set(stored.map(({ sha256 }) => sha256));
    for (const [at, { workspace }] of this.#parties.entries()) {
      const { documents } = workspace.core.services.files;
      const { server } = await workspace.client().sync.status({});
      const { rows } = await workspace.client().entities.list({ type: 'document' });
      for (const { id, payload } of rows) {
        const { sha256 } = payload['file'] as { sha256: string };
        const path = contentPath({ documents }, sha256);
        if (!existsSync(path)) continue;
        if (hash('sha256', readFileSync(path)) !== sha256)
          problems.push(`workspace ${at} has other bytes as ${sha256}`);
        if (server?.user.role !== 'viewer' && !there.has(sha256))
          problems.push(`workspace ${at} did not send the file of ${id}`);
      }
    }
    return problems;
  }

  async #problems(): Promise<string[]> {
    const problems: string[] = [];
    const theirs = await this.#serverRecords();
    for (const [at, { workspace }] of this.#parties.entries()) {
      const status = await workspace.client().sync.status({});
      if (!status.in_step || status.pending > 0 || status.state !== 'idle')
        problems.push(`workspace ${at} is ${JSON.stringify({ ...status, server: null })}`);
      problems.push(...(await workspace.problems()).map((problem) => `workspace ${at}: ${problem}`));
      const { user } = status.server ?? {};
      const isSeen = (payload: JsonObject): boolean =>
        user?.sees === 'all' || !('university_id' in payload) || 'role' in payload
          ? true
          : [null, user?.university_id].includes(payload['university_id'] as string | null);
      const seen = new Map([...theirs].filter(([, payload]) => isSeen(payload)));
      problems.push(...differences(at, workspace, seen), ...(await this.#lost(at, workspace)));
    }
    const workspaces = this.#parties.map(({ workspace }) => workspace);
    return [
      ...problems,
      ...(await this.#fileProblems()),
      ...(await this.#forbidden()),
      ...(await chainProblems(this.#server.database)),
      ...(await this.#people.problems(workspaces, this.#server.database)),
    ];
  }

  async #serverRecords(): Promise<Map<string, JsonObject>> {
    const all = new Map<string, JsonObject>();
    for (const type of sharedTypes)
      for (const { id, payload } of await this.#server.database.all<{ id: string; payload: JsonObject }>(
        `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NULL`,
      ))
        all.set(id, payload);
    return all;
  }

  /** Each change that is in the log, and was made here or is to be offered again by this workspace, is at the server or in quarantine. */
  async #lost(at: number, workspace: SharedWorkspace): Promise<string[]> {
    const { read } = workspace.core.services;
    const made = read.column<string>(
      `SELECT op_id FROM audit_transactions t WHERE label LIKE 'team.%' AND NOT EXISTS (SELECT 1 FROM sync_quarantine q WHERE q.id = t.id)
         AND NOT EXISTS (SELECT 1 FROM sync_operations o WHERE o.id = t.id AND o.seq = 0)`,
    );
    const rows = await this.#server.database.all<{ op_id: string }>(
      `SELECT op_id FROM audit_transactions WHERE op_id = ANY ($1::text[])
       UNION ALL SELECT recovers FROM audit_transactions WHERE recovers = ANY ($1::text[])`,
      [made],
    );
    const there = new Set(rows.map(({ op_id }) => op_id));
    return made.filter((op_id) => !there.has(op_id)).map((op_id) => `workspace ${at} lost ${op_id}`);
  }

  /** By a rule of the test's own, from the server's history: whoever is an editor there changed what is of the own university alone. */
  async #forbidden(): Promise<string[]> {
    const rows = await this.#server.database.all<{ id: number; actor: string; universities: string[] }>(
      `SELECT l.id, l.actor, l.universities FROM audit_logs l WHERE l.entity_type = 'team' ORDER BY l.id`,
    );
    const changes = await this.#server.database.all<{
      id: number;
      user: string;
      role: string;
      university: string;
    }>(
      `SELECT l.id, l.entity_id AS user, coalesce(l.payload_after->>'role', '') AS role, coalesce(l.payload_after->>'university_id', '') AS university
       FROM audit_logs l WHERE l.entity_type = 'profile' ORDER BY l.id`,
    );
    return rows.flatMap(({ id, actor, universities: of }) => {
      const before = changes.filter((change) => change.user === actor && change.id < id);
      const role = before.findLast((change) => change.role !== '')?.role;
      const university = before.findLast((change) => change.university !== '')?.university;
      const isFree = role === 'admin' || role === 'researcher';
      const isOwn = role === 'editor' && of.every((one) => one === university);
      return isFree || isOwn ? [] : [`${actor} (${role ?? 'nobody'}) wrote row ${id} of ${of.join(', ')}`];
    });
  }

  async stop(): Promise<void> {
    for (const { workspace } of this.#parties) await workspace.remove();
    await this.#network.stop();
    await this.#server.stop();
    removeFolder(this.#backups);
  }
}

const isCode = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof ORPCError && codes.includes((error as ORPCError<string, unknown>).code);
