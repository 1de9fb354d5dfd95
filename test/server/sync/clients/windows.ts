import { fc } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Core } from '#core/open.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { comparedBy } from '#test/support/compare.ts';
import { resultOf, take } from '#test/support/sandboxes.ts';
import { openSeeded } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { password } from '../../support/server.ts';
import type { TestServer, TestUser } from '../../support/server.ts';
import { SharedWorkspace } from './workspace.ts';

const teams = [0, 1, 2];

const assertSame = (actual: unknown, wanted: unknown, about?: string): void =>
  expect(actual, about).toEqual(wanted);
const assertOneOf = (actual: unknown, wanted: readonly unknown[]): void => expect(wanted).toContain(actual);

/** What follows the log as a window does: it reads again what comes next only where it is told of something. */
interface Window {
  client: Client;
  /** The profile that was chosen for it: it acts while nobody is signed in at a server. */
  profile: string;
  /** A window on a sandbox has an undo of its own. */
  isLive: boolean;
  shown: string;
  told: number;
  onTold: () => void;
}

/** An edit of one person, in the order in which they were made. */
interface Edit {
  op: string;
  by: string;
  isLive: boolean;
}

export type Move =
  | {
      kind: 'edit' | 'undo' | 'redo' | 'leave' | 'signOut' | 'signIn' | 'restore' | 'promote';
      window: number;
    }
  | { kind: 'join' | 'switch'; window: number; to: number };

const window = fc.nat({ max: 3 });
const to = fc.nat({ max: 1 });
export const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('edit' as const, 'undo' as const), window }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'redo' as const,
        'leave' as const,
        'signOut' as const,
        'signIn' as const,
        'restore' as const,
        'promote' as const,
      ),
      window,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('join' as const, 'switch' as const), window, to }),
  },
);

let run = 0;

/** Four windows on one workspace: two of one process, one of another process, and one on a sandbox. */
export class Windows {
  readonly #server: TestServer;
  readonly #users: readonly TestUser[];
  readonly #one: SharedWorkspace;
  readonly #ids: readonly string[];
  readonly #all: Window[] = [];
  readonly #others: Core[] = [];
  readonly #ending = new AbortController();
  /** Which profile of this workspace signed in as which user. */
  readonly #same = new Set<string>();
  readonly #edits: Edit[] = [];
  #profiles: string[] = [];
  #backup = '';
  #sandbox = '';
  #size = 10;

  /** How many moves were made. */
  made = 0;

  constructor(server: TestServer, users: readonly TestUser[]) {
    [this.#server, this.#users] = [server, users];
    run += 1;
    const { clock } = server;
    this.#one = new SharedWorkspace(run * 100, { now: () => ++clock.now, elapsed: () => clock.now });
    this.#ids = teams.map((at) => `team_${run}_${at}`);
  }

  async open(): Promise<void> {
    await this.#one.open();
    const { core } = this.#one;
    const first = this.#one.client();
    for (const id of this.#ids)
      await first.entities.create({ type: 'team', id, data: { name: id, size: 1 } });
    const second = await first.workspace.createProfile({ name: 'Second', role: 'admin' });
    this.#profiles = [core.session().profile, second.id];
    this.#backup = (await resultOf(await first.backups.create({}))).id;
    this.#sandbox = (await take(first, 'Play')).id;
    const other = await this.#one.openBeside();
    const { source, files } = core.services;
    const target = { kind: 'sandbox', id: this.#sandbox } as const;
    const play = await openSeeded({
      folder: files.folder,
      seed: run * 100 + 50,
      clock: source.clock,
      target,
    });
    this.#others.push(other, play);
    for (const of of [core, core, other, play]) await this.#open(of, of !== play);
  }

  async #open(core: Core, isLive: boolean): Promise<void> {
    const session = core.session(this.#profiles[0]);
    const client = core.client(session);
    const one: Window = {
      client,
      profile: session.profile,
      isLive,
      shown: await showing(client),
      told: 0,
      onTold: () => {},
    };
    this.#all.push(one);
    const changes = await client.events.watch({}, { signal: this.#ending.signal });
    void (async () => {
      for await (const _ of changes) {
        one.told += 1;
        one.onTold();
      }
    })().catch(() => undefined);
  }

  /** Makes a move, and checks in every window what comes next there. */
  async perform(move: Move): Promise<void> {
    this.made += 1;
    const one = this.#all[move.window] as Window;
    const told = this.#all.map((window) => window.told);
    await this.#enact(one, move);
    // Undo took away a profile that had changed nothing: who acted as it has to choose another.
    for (const other of this.#all) {
      const profiles = await other.client.workspace.profiles({});
      if (!profiles.some(({ id }) => id === other.profile)) await this.#actAs(other, profiles[0]?.id ?? '');
    }
    for (const [at, window] of this.#all.entries()) {
      const now = await showing(window.client);
      if (now !== window.shown && !(move.kind === 'switch' && window === one))
        await isTold(window, told[at] ?? 0);
      window.shown = now;
      await this.#expectOwn(window);
    }
  }

  async #enact(one: Window, move: Move): Promise<void> {
    const { client } = one;
    if (move.kind === 'edit') return this.#edit(one);
    if (move.kind === 'undo' || move.kind === 'redo') return this.#step(one, move.kind);
    const live = one.isLive ? client : (this.#all[0] as Window).client;
    try {
      if (move.kind === 'join') await this.#join(one, this.#users[move.to] as TestUser, live);
      else if (move.kind === 'leave') await live.sync.leave({ keep_unsent: true });
      else if (move.kind === 'signOut') await live.sync.signOut({});
      else if (move.kind === 'signIn') await live.sync.signIn({ password });
      else if (move.kind === 'restore') await this.#restore(live);
      else if (move.kind === 'promote') await this.#promote(live);
      else if (move.kind === 'switch') {
        await this.#actAs(one, this.#profiles[move.to] as string);
      }
    } catch (error) {
      // A researcher restores nothing, and nobody switches profiles while somebody is signed in.
      assertOneOf(refusalIn(error).code, ['SYNC', 'UNKNOWN_ACTOR', 'FORBIDDEN']);
    }
  }

  async #actAs(one: Window, profile: string): Promise<void> {
    await one.client.workspace.actAs({ profile });
    one.profile = profile;
  }

  async #join({ profile, isLive }: Window, { user }: TestUser, live: Client): Promise<void> {
    const chosen = isLive ? profile : (this.#all[0] as Window).profile;
    await resultOf(
      await live.sync.join({ url: this.#server.api.url, email: user.email, password, share: 'all' }),
    );
    const { server: joined } = await live.sync.status({});
    if (joined?.user.id === user.id) this.#same.add(`${chosen} ${user.id}`);
  }

  async #restore(live: Client): Promise<void> {
    const { head } = await resultOf(await live.backups.restore({ id: this.#backup, dry: true }));
    await resultOf(await live.backups.restore({ id: this.#backup, seen: head }));
  }

  async #promote(client: Client): Promise<void> {
    const { rows, live, play } = await comparedBy(client, this.#sandbox);
    if (rows.length === 0) return;
    await resultOf(
      await client.sandboxes.promote({ id: this.#sandbox, conflicts: 'play', seen: { live, play } }),
    );
  }

  /** Whoever makes a change can take it back at once, in every window in which they act. */
  async #edit(one: Window): Promise<void> {
    const { client, isLive } = one;
    const id = this.#ids[this.#size % this.#ids.length] as string;
    this.#size += 1;
    // Undoing everything takes the team away too.
    if ((await client.entities.find({ id })).deleted_at !== null) return;
    const { op_id } = await client.entities.update({ type: 'team', id, data: { size: this.#size } });
    if (op_id === null) throw new Error('the edit changed nothing');
    const by = await actorOf(client);
    this.#edits.push({ op: op_id, by, isLive });
    for (const other of this.#all) {
      if (other.isLive !== isLive || !this.#isSame(by, await actorOf(other.client))) continue;
      assertSame((await other.client.history.nextSteps({})).undo?.op_id, op_id);
    }
  }

  /** What a window says comes next is what is taken, whatever happened since it was opened. */
  async #step({ client }: Window, direction: 'undo' | 'redo'): Promise<void> {
    const next = (await client.history.nextSteps({}))[direction];
    if (!next) return;
    try {
      await client.history[direction]({ expect: next.op_id, on_conflict: 'ask' });
    } catch (error) {
      const { code } = refusalIn(error);
      // People are the server's to change while the workspace is shared.
      const isOfProfile = next.label.startsWith('profile.');
      assertOneOf(code, isOfProfile ? ['FORBIDDEN', 'UNDO_CONFLICT'] : ['UNDO_CONFLICT']);
      return;
    }
    const { undo, redo } = await client.history.nextSteps({});
    assertSame((direction === 'undo' ? redo : undo)?.op_id, next.op_id);
  }

  /** Nothing that somebody has made is somebody else's because they joined, left, signed in or out. */
  async #expectOwn({ client, isLive }: Window): Promise<void> {
    const me = await actorOf(client);
    const { undo, redo } = await client.history.steps({ limit: 200 });
    const state = await client.history.nextSteps({});
    assertSame(state.undo?.op_id, undo.find(({ blocked }) => blocked === null)?.op_id);
    assertSame(state.redo?.op_id, redo[0]?.op_id);
    const others = new Set(undo.filter(({ blocked }) => blocked === 'others').map(({ op_id }) => op_id));
    for (const { op, by, isLive: inLive } of this.#edits)
      if (inLive === isLive && this.#isSame(by, me))
        assertSame(others.has(op), false, `${op} of ${by} for ${me}`);
  }

  #isSame(one: string, other: string): boolean {
    return one === other || this.#same.has(`${one} ${other}`) || this.#same.has(`${other} ${one}`);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    for (const core of this.#others) await core.close();
    assertSame(await this.#one.problems(), []);
    await this.#one.remove();
  }
}

const actorOf = async (client: Client): Promise<string> => (await client.workspace.info({})).actor.id;

/** What hangs on who acts: their name, and what they can take back. */
const showing = async (client: Client): Promise<string> =>
  JSON.stringify([await actorOf(client), await client.history.nextSteps({})]);

const isTold = (window: Window, before: number): Promise<void> =>
  new Promise((resolve) => {
    window.onTold = () => window.told > before && resolve();
    window.onTold();
  });
