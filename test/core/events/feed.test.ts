import { fc } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ChangeEvent } from '#shared/contract/events.ts';
import type { Core } from '#core/open.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** Follows the changes of a workspace; what has come is in `seen`. */
class Follower {
  readonly seen: ChangeEvent[] = [];
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #wake = (): void => {};

  constructor(core: Core, cursor?: number) {
    this.#running = this.#follow(core, cursor);
    onTestFinished(() => this.stop());
  }

  async #follow(core: Core, cursor: number | undefined): Promise<void> {
    const client = core.client(core.session());
    for await (const change of await client.events.watch({ cursor }, { signal: this.#stop.signal })) {
      this.seen.push(change);
      this.#wake();
    }
  }

  async count(count: number): Promise<ChangeEvent[]> {
    while (this.seen.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.seen;
  }

  /** Resolves when the stream has ended. */
  ended(): Promise<void> {
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}

const lastId = (core: Core): number =>
  core.services.read.get<{ id: number }>('SELECT max(id) AS id FROM audit_transactions')?.id ?? 0;

describe('a change is reported', () => {
  test('for saved views and moved nodes, with their types', async () => {
    const workspace = await testWorkspace({ template });
    const follower = new Follower(workspace.core, lastId(workspace.core));
    const { view } = await workspace.as().views.create({ name: 'V', address: 'frames://live/teams' });
    await workspace.as().network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
    const [saved, moved] = await follower.count(2);
    expect(saved).toMatchObject({ label: 'view.create', types: ['view'], ids: [view.id] });
    expect(moved).toMatchObject({ label: 'positions.arrange', types: ['position'] });
  });

  test('by this process, with its records, label and actor', async () => {
    const workspace = await testWorkspace({ template });
    const follower = new Follower(workspace.core, lastId(workspace.core));
    const { op_id } = await workspace.as('Rea').entities.remove({ type: 'team', id: 'team-a' });
    const [change] = await follower.count(1);
    const rea = workspace.core.session('Rea').profile;
    expect(change).toEqual({
      cursor: lastId(workspace.core),
      op_id,
      label: 'team.delete',
      actor: rea,
      types: ['team'],
      ids: ['team-a'],
    });
  });

  test('by another process, which only shows in the file', async () => {
    const workspace = await testWorkspace({ template });
    const other = await workspace.another();
    const follower = new Follower(workspace.core, lastId(workspace.core));
    for (const size of [2, 3, 4]) {
      await other.client(other.session()).entities.update({ type: 'team', id: 'team-a', data: { size } });
      const seen = await follower.count(size - 1);
      expect(seen.at(-1)).toMatchObject({ label: 'team.update', ids: ['team-a'] });
    }
  });

  test('that gives the sandbox that is open another name, though its log does not hold it', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'Spring A');
    const play = await openSandbox(workspace, id);
    const follower = new Follower(play, lastId(play));
    const resize = (size: number) =>
      clientOf(play).entities.update({ type: 'team', id: 'team-a', data: { size } });
    await resize(2);
    await follower.count(1);
    await workspace.as().sandboxes.rename({ id, name: 'Spring B' });
    expect((await follower.count(2)).at(-1)).toMatchObject({ label: 'sandbox.rename', types: [] });
    await resize(3);
    expect((await follower.count(3)).at(-1)).toMatchObject({ label: 'team.update' });
  });
});

describe('the cursor', () => {
  test('without a cursor, only later changes are reported', async () => {
    const workspace = await testWorkspace({ template });
    const follower = new Follower(workspace.core);
    // The stream begins when it is first read; one turn later it does.
    await new Promise((resolve) => setImmediate(resolve));
    await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
    expect((await follower.count(1))[0]).toMatchObject({ label: 'team.update' });
  });

  test('continues exactly after any cursor', async () => {
    const workspace = await testWorkspace({ template });
    const query = 'SELECT id FROM audit_transactions ORDER BY id';
    const made = workspace.raw((db) => db.prepare(query).pluck().all() as number[]);
    const all = await new Follower(workspace.core, 0).count(made.length);
    expect(all.map(({ cursor }) => cursor)).toEqual(made);
    for (const [index, cursor] of made.slice(0, -1).entries()) {
      const rest = await new Follower(workspace.core, cursor).count(made.length - index - 1);
      expect(rest).toEqual(all.slice(index + 1));
    }
  });

  test('beyond the end, which another file has left behind, counts as now', async () => {
    const workspace = await testWorkspace({ template });
    const follower = new Follower(workspace.core, 999_999);
    await new Promise((resolve) => setImmediate(resolve));
    await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
    expect((await follower.count(1))[0]).toMatchObject({ label: 'team.update' });
  });

  test('never misses or repeats a change, whoever makes it', async () => {
    await fc.assert(
      fc.asyncProperty(histories({ minLength: 5, maxLength: 20 }), (steps) =>
        withWorkspace(template, async (workspace) => {
          const cores = [workspace.core, await workspace.another()];
          const start = lastId(workspace.core);
          const followers = cores.map((core) => new Follower(core, start));
          for (const step of steps) await perform(cores, step);
          const query = 'SELECT id FROM audit_transactions WHERE id > ? ORDER BY id';
          const made = workspace.raw((db) => db.prepare(query).pluck().all(start));
          for (const follower of followers) {
            const seen = await follower.count(made.length);
            expect(seen.map(({ cursor }) => cursor)).toEqual(made);
            await follower.stop();
          }
        }),
      ),
      { numRuns: 8 },
    );
  });
});

describe('following ends', () => {
  test('when the workspace is closed, even during a batch', async () => {
    const workspace = await testWorkspace({ template });
    const core = await workspace.another();
    const waiting = new Follower(core);
    const events = await core.client(core.session()).events.watch({ cursor: 0 });
    await events.next();
    await core.close();
    await waiting.ended();
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
});

describe('a change by another process', () => {
  test('is reported in much less than 100 ms', async () => {
    const workspace = await testWorkspace({ template });
    const other = await workspace.another();
    const follower = new Follower(workspace.core, lastId(workspace.core));
    const waits: number[] = [];
    for (const size of [2, 3, 4, 5, 6, 7, 8]) {
      await other.client(other.session()).entities.update({ type: 'team', id: 'team-a', data: { size } });
      const written = performance.now();
      await follower.count(size - 1);
      waits.push(performance.now() - written);
      // The next change comes at any moment between two looks.
      await new Promise((resolve) => setTimeout(resolve, size * 7));
    }
    const median = waits.toSorted((a, b) => a - b)[3];
    expect(median).toBeLessThan(70);
  });
});
