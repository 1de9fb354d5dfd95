import { expect, test } from 'vitest';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('a link that would come back with one end goes along with the other that Play deleted, and is in nobody’s way', async () => {
  const { workspace, ada, play, promote } = await twoSides(template);
  await ada.entities.create({ type: 'interface', id: 'late', data: { from: 'student-a', to: 'team-b' } });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  await play.entities.update({ type: 'team', id: 'team-b', data: { size: 9 } });
  await play.entities.remove({ type: 'student', id: 'student-a' });
  const decisions = [{ id: 'team-b', field: null, take: 'play' as const }];
  const asked = { decisions, only: [{ id: 'team-b' }, { id: 'student-a' }] };
  const tried = await promote({ ...asked, dry: true });
  expect(tried.problems).toEqual([]);
  await promote(asked);
  const isThere = async (type: 'team' | 'student' | 'interface', one: string) =>
    (await ada.entities.get({ type, id: one })).deleted_at === null;
  expect(await isThere('team', 'team-b')).toBe(true);
  expect(await isThere('student', 'student-a')).toBe(false);
  expect(await isThere('interface', 'late')).toBe(false);
  await ada.history.undo({});
  expect(await isThere('student', 'student-a')).toBe(true);
  expect(await isThere('team', 'team-b')).toBe(false);
  expect((await workspace.verify()).ok).toBe(true);
});
