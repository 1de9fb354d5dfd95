import { expect, test } from 'vitest';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const both = () => twoSides(template);

test('what live hung on a record since is named where its deletion takes it along, before what Play has without it too', async () => {
  const { ada, play, promote } = await both();
  await play.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.create({ type: 'interface', id: 'fresh', data: { from: 'team-a', to: 'team-b' } });
  await ada.entities.update({ type: 'student', id: 'student-a', data: { team_id: 'team-b' } });
  const would = await promote({ dry: true });
  expect(would.removed).toEqual({ teams: 1, interfaces: 1 });
  expect(would.along).toEqual({ links: 1, references: 2 });
  expect(would.records.filter(({ action }) => action === 'along')).toEqual([
    {
      type: 'student',
      id: 'student-a',
      title: 'Alpine student',
      university: 'Alpine university',
      action: 'along',
    },
    {
      type: 'interface',
      id: 'fresh',
      title: 'Alpine team → Bay team',
      university: 'Alpine university',
      action: 'along',
    },
    { type: 'student', id: 'student-b', title: 'Bay student', university: 'Bay university', action: 'along' },
  ]);
  const done = await promote();
  expect(done.records).toEqual(would.records);
  expect(await ada.history.undo({})).toMatchObject({ left: [] });
  expect((await ada.entities.get({ type: 'interface', id: 'fresh' })).deleted_at).toBeNull();
});

test('a link that Play moved away and that is left out is named where it would go with its former end, and that is refused', async () => {
  const { ada, play, promote } = await both();
  await play.entities.update({ type: 'interface', id: 'link', data: { to: 'project-b' } });
  await play.entities.remove({ type: 'team', id: 'team-b' });
  const would = await promote({ except: [{ type: 'interface', id: 'link' }], dry: true });
  expect(would.records).toContainEqual({
    type: 'interface',
    id: 'link',
    title: 'Alpine team → Bay team',
    university: 'Alpine university',
    action: 'along',
  });
  expect(would.along.links).toBe(1);
  expect(would.problems).toMatchObject([
    { path: 'interface/link', code: 'goes_along', gone: { id: 'team-b' } },
  ]);
  await promote();
  expect((await ada.entities.get({ type: 'interface', id: 'link' })).payload).toMatchObject({
    to: 'project-b',
  });
});
