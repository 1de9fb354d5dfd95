import { expect, test } from 'vitest';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const university = { type: 'university', id: 'uni-a' } as const;
const arrival = { type: 'team', id: 'arrival', data: { name: 'Arrival', university_id: 'uni-a' } } as const;

const teamsOf = async (client: Client): Promise<string[]> =>
  (await client.entities.list({ type: 'team' })).rows.map(({ id }) => id).toSorted();

test('what had gone with a university that came back alone stays gone when that goes and comes back again', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.checkpoints.create({ name: 'Then' });
  await ada.entities.remove({ ...university, with_contents: true });
  await resultOf(await ada.moments.restore({ at: 'Then', ids: ['uni-a'], along: false }));
  await ada.entities.create(arrival);
  await ada.entities.remove({ ...university, with_contents: true });
  expect((await ada.entities.restore(university)).contents).toEqual({ teams: 1 });
  expect(await teamsOf(ada)).toEqual(['arrival', 'team-b']);
  expect((await workspace.verify()).ok).toBe(true);
});

test('so does what was not there at a moment that everything was set back to', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.checkpoints.create({ name: 'Then' });
  await ada.entities.create(arrival);
  await ada.entities.remove({ ...university, with_contents: true });
  await resultOf(await ada.moments.restore({ at: 'Then', ids: null }));
  await ada.entities.remove({ ...university, with_contents: true });
  await ada.entities.restore(university);
  expect(await teamsOf(ada)).toEqual(['team-a', 'team-b']);
});
