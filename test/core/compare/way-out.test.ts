import { expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

const hanging = { type: 'student' as const, id: 'fresh', data: { name: 'Fresh', team_id: 'team-b' } };

test('a refresh blocked by live’s new reference to a record deleted in Play says what to do', async () => {
  const { ada, play, refresh, promote } = await twoSides(template);
  await play.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.create(hanging);
  const { data } = await refused('INVALID', refresh());
  expect(data.issues).toMatchObject([
    { path: 'student/fresh/team_id', code: 'deleted_in_play', gone: { id: 'team-b' } },
  ]);
  expect((await refresh({ dry: true })).problems).toEqual(data.issues);

  // Both ways lead out.
  await play.entities.restore({ type: 'team', id: 'team-b' });
  expect((await refresh({ dry: true })).problems).toEqual([]);
  await play.entities.remove({ type: 'team', id: 'team-b' });
  await promote({ only: [{ id: 'team-b' }] });
  expect(await refresh()).toMatchObject({ created: { students: 1 }, problems: [] });
});
