import { expect, onTestFinished, test, vi } from 'vitest';
import type { WorkspaceEvent } from '#shared/events/events.ts';
import { consume, forgetSubscriber, subscribersIn } from '#core/events/subscribers.ts';
import type { Core } from '#core/open.ts';
import { openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { refused } from '#test/support/refusal.ts';
import { erasePerson } from '#test/support/people.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

async function prepared(): Promise<TestWorkspace> {
  const workspace = await testWorkspace({ template });
  workspace.raw((db) => db.exec('CREATE TABLE effects (event TEXT NOT NULL, reader TEXT NOT NULL)'));
  return workspace;
}

type Handle = Parameters<typeof consume>[2];

/** Consumes until the test ends, or until it is stopped. */
function consuming(core: Core, name: string, handle: Handle): { stop: () => Promise<void> } {
  const controller = new AbortController();
  const context = core.context(core.session());
  const running = consume(context, name, handle, { signal: controller.signal, retryMs: 20 });
  const stop = async (): Promise<void> => {
    controller.abort();
    await running;
  };
  onTestFinished(stop);
  return { stop };
}

/** Writes each event into the database, with the cursor. */
const record =
  (reader: string): Handle =>
  async (events) =>
  ({ db }) => {
    for (const { id } of events) db.run('INSERT INTO effects (event, reader) VALUES (?, ?)', [id, reader]);
  };
const effects = ({ core }: TestWorkspace): string[] =>
  core.services.read.column('SELECT event FROM effects ORDER BY rowid');
const subscriber = ({ core }: TestWorkspace, name: string) =>
  subscribersIn(core.services.read).find((one) => one.name === name);

async function newEvents(workspace: TestWorkspace, work: () => Promise<unknown>): Promise<WorkspaceEvent[]> {
  const all = async () => (await workspace.as().events.read({ limit: 1000 })).events;
  const { length } = await all();
  await work();
  return (await all()).slice(length);
}

test('a subscriber begins with the next event, goes on after a restart, and handles each once', async () => {
  const workspace = await prepared();
  const { stop } = consuming(workspace.core, 'a', record('a'));
  await vi.waitFor(() => expect(subscriber(workspace, 'a')).toBeDefined());
  const teams = (from: number) => async (): Promise<void> => {
    for (let n = from; n < from + 5; n += 1)
      await workspace.as().entities.create({ type: 'team', data: { name: `T${n}` } });
  };
  const first = await newEvents(workspace, teams(0));
  await vi.waitFor(() => expect(effects(workspace)).toHaveLength(5));
  await stop();
  const second = await newEvents(workspace, teams(5));
  expect(subscriber(workspace, 'a')).toMatchObject({ behind: 5, error: null });
  await workspace.reopen();
  consuming(workspace.core, 'a', record('a'));
  await vi.waitFor(() => expect(subscriber(workspace, 'a')?.behind).toBe(0));
  expect(effects(workspace)).toEqual([...first, ...second].map(({ id }) => id));
});

test('several processes that consume under one name handle each event once, in order', async () => {
  const workspace = await prepared();
  const cores = [workspace.core, await workspace.another(), await workspace.another()];
  cores.forEach((core, at) => consuming(core, 'a', record(`${at}`)));
  await vi.waitFor(() => expect(subscriber(workspace, 'a')).toBeDefined());
  const written = await newEvents(workspace, async () => {
    for (let n = 0; n < 40; n += 1) {
      const core = cores[n % 3] as Core;
      await core.client(core.session()).entities.create({ type: 'team', data: { name: `${n}` } });
    }
  });
  await vi.waitFor(() => expect(subscriber(workspace, 'a')?.behind).toBe(0));
  expect(effects(workspace)).toEqual(written.map(({ id }) => id));
});

test('after an error nothing stays of the change; it is shown in Health, and later changes wait', async () => {
  const workspace = await prepared();
  let isBroken = true;
  consuming(workspace.core, 'a', async (events) => (write) => {
    for (const { id, data } of events) {
      write.db.run("INSERT INTO effects (event, reader) VALUES (?, 'a')", [id]);
      if (isBroken && data.title === 'Bad') throw new Error('no connection for Maja Holm');
    }
  });
  await vi.waitFor(() => expect(subscriber(workspace, 'a')).toBeDefined());
  const written = await newEvents(workspace, async () => {
    for (const name of ['Good', 'Bad', 'Later'])
      await workspace.as().entities.create({ type: 'team', data: { name } });
  });
  await vi.waitFor(() =>
    expect(subscriber(workspace, 'a')).toEqual({
      name: 'a',
      behind: 2,
      error: 'Error: no connection for Maja Holm',
    }),
  );
  expect(effects(workspace)).toEqual([written[0]?.id]);
  const finding = async () =>
    (await resultOf(await workspace.as().care.health({}))).findings.find(({ id }) => id === 'events');
  expect(await finding()).toMatchObject({
    state: 'warn',
    code: 'events.failing',
    params: { name: 'a', behind: 2 },
  });
  isBroken = false;
  await vi.waitFor(() => expect(effects(workspace)).toEqual(written.map(({ id }) => id)));
  expect(await finding()).toMatchObject({ state: 'good', code: 'events.read', params: { behind: 0 } });
});

test('an error keeps no name of an erased person, and sandboxes have no subscribers', async () => {
  const workspace = await prepared();
  const ada = workspace.as();
  await ada.entities.create({
    type: 'student',
    id: 'maja',
    data: { name: 'Maja Holm', university_id: 'uni-a' },
  });
  const { stop } = consuming(workspace.core, 'a', () => Promise.reject(new Error('of Maja Holm')));
  await vi.waitFor(() => expect(subscriber(workspace, 'a')).toBeDefined());
  await ada.entities.create({ type: 'team', data: { name: 'T' } });
  await vi.waitFor(() => expect(subscriber(workspace, 'a')?.error).toContain('Maja'));
  await stop();
  const sandbox = await openSandbox(workspace, (await take(ada, 'S')).id);
  expect(subscribersIn(sandbox.services.read)).toEqual([]);
  await erasePerson(ada, 'Maja Holm');
  expect(subscriber(workspace, 'a')).toMatchObject({ error: null });
});

test('what a subscriber writes to records is an event for it, too', async () => {
  const workspace = await prepared();
  consuming(workspace.core, 'a', async (events) => ({ records, audit }) => {
    for (const { type, id } of events) {
      if (type !== 'frames.team.created') continue;
      records.create({ type: 'task', id: `task_${id.slice(-6)}`, payload: { name: 'Greet' } });
      audit.label('records.change', {});
    }
  });
  await vi.waitFor(() => expect(subscriber(workspace, 'a')).toBeDefined());
  const events = await newEvents(workspace, async () => {
    await workspace.as().entities.create({ type: 'team', data: { name: 'T' } });
    await vi.waitFor(() => expect(subscriber(workspace, 'a')?.behind).toBe(0));
    await vi.waitFor(async () =>
      expect((await workspace.as().entities.list({ type: 'task' })).total).toBe(1),
    );
  });
  expect(events.map(({ type }) => type)).toEqual([
    'frames.team.created',
    'frames.task.created',
    'tasks.created',
  ]);
  expect((await workspace.verify()).chain).toMatchObject({ problems: [] });
});

test('a subscriber that is forgotten ends with the next change, and one that does not exist is refused', async () => {
  const workspace = await prepared();
  const { services } = workspace.core;
  const context = workspace.core.context(workspace.core.session());
  const running = consume(context, 'a', record('a'));
  await vi.waitFor(() => expect(subscriber(workspace, 'a')).toBeDefined());
  await forgetSubscriber(services, 'a');
  await workspace.as().entities.create({ type: 'team', data: { name: 'T' } });
  await running;
  expect(effects(workspace)).toEqual([]);
  expect(subscriber(workspace, 'a')).toBeUndefined();
  expect(await refused('NOT_FOUND', forgetSubscriber(services, 'a'))).toMatchObject({
    data: { type: 'subscriber', id: 'a' },
  });
});
