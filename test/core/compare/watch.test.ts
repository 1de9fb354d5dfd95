import { expect, onTestFinished, test } from 'vitest';
import type { WatchedState } from '#shared/contract/compare.ts';
import { comparedBy } from '#test/support/compare.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** Watches a sandbox and live; gives the way to what is told next, which fails with the stream. */
async function watched(client: Client, id: string): Promise<() => Promise<WatchedState>> {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const told = (await client.sandboxes.watch({ id }, { signal: stop.signal }))[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await told.next();
    if (done) throw new Error('it ended');
    return value;
  };
}

async function open() {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Play');
  const play = clientOf(await openSandbox(workspace, id));
  const resize = (client: Client, size: number) =>
    client.entities.update({ type: 'team', id: 'team-a', data: { size } });
  const headsNow = async (): Promise<WatchedState> => {
    const { live, play: other, to } = await comparedBy(workspace.as(), id);
    return { live, play: other, name: to.name };
  };
  return { workspace, id, play, resize, headsNow };
}

test('a window of the sandbox is notified of writes to live', async () => {
  const { workspace, id, play, resize, headsNow } = await open();
  const next = await watched(play, id);
  expect(await next()).toEqual(await headsNow());
  for (const size of [11, 12]) {
    await resize(clientOf(await workspace.another()), size);
    expect(await next()).toEqual(await headsNow());
  }
});

test('a window of live is notified of writes to a sandbox', async () => {
  const { workspace, id, play, resize, headsNow } = await open();
  const next = await watched(workspace.as(), id);
  const before = await next();
  await resize(play, 11);
  const after = await next();
  expect(after).toEqual(await headsNow());
  expect(after.live).toEqual(before.live);
  expect(after.play).not.toEqual(before.play);
});

test('watchers are notified of the sandbox’s new name', async () => {
  const { workspace, id, headsNow } = await open();
  const next = await watched(workspace.as(), id);
  const before = await next();
  const other = clientOf(await workspace.another());
  await other.sandboxes.rename({ id, name: 'Spring' });
  expect(await next()).toEqual({ ...before, name: 'Spring' });
  expect(await headsNow()).toEqual({ ...before, name: 'Spring' });
});
