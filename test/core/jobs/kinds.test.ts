import { expect, test } from 'vitest';
import { readFacts } from '#core/log/workspace-facts.ts';
import { meaningIndex } from '#core/search/meaning/meaning-index.ts';
import { HashEmbedder } from '#test/support/hash-embedder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

/** Milliseconds between two looks at the queue. */
const poll = 10;

test('train enables search by meaning, and rebuilding the index keeps it', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  const meaning = meaningIndex(workspace.core.services, () => new HashEmbedder());
  await ada.entities.create({
    type: 'team',
    id: 'team-a',
    data: { name: 'Alpha', description: 'Packs of battery cells' },
  });
  for (const kind of ['train', 'index'] as const) {
    const { id } = await ada.jobs.enqueue({ job: { kind } });
    await workspace.core.runJobs({ poll }).waitUntilEmpty();
    expect(await ada.jobs.show({ id })).toMatchObject({ state: 'completed', error: null });
    expect(meaning?.status()).toMatchObject({ state: 'ready', texts: 2, trained: 2 });
  }
});

test('schedules give the next due time', async () => {
  const workspace = await testWorkspace();
  const day = 86_400_000;
  const schedules = await workspace.as().jobs.schedules({});
  expect(schedules.map(({ kind, every }) => [kind, every])).toEqual([
    ['index', day],
    ['verify', 7 * day],
  ]);
  const { created_at } = readFacts(workspace.core.services.read);
  for (const { every, last, next } of schedules)
    expect([last, Date.parse(next)]).toEqual([null, Date.parse(created_at) + every]);
});
