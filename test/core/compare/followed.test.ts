import { expect, test } from 'vitest';
import { comparedBy } from '#test/support/compare.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const both = () => twoSides(template);

const student = { type: 'student', id: 'student-b' } as const;

test('who had joined in live what Play deleted is no change of Play: promoting again does not carry them back', async () => {
  const { ada, play, id, promote } = await both();
  await ada.entities.update({ ...student, data: { team_id: 'team-a' } });
  await play.entities.remove({ type: 'team', id: 'team-a' });
  await promote();
  const differs = async () =>
    (await comparedBy(ada, id)).rows.map((row) => [row.id, row.class, row.live, row.play]);
  const lived = [['student-b', 'live', 'updated', null]];
  expect(await differs()).toEqual(lived);
  expect(await promote()).toMatchObject({ op_id: null, backup: null });
  await ada.history.undo({});
  expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: 'team-a' });
  expect(await differs()).toContainEqual(lived[0]);
  await ada.history.redo({});
  expect(await differs()).toEqual(lived);
});

test('an interface that live had led elsewhere, to what Play deleted, is no addition of Play', async () => {
  const { ada, play, id, promote } = await both();
  await ada.entities.create({ type: 'team', id: 'other', data: { name: 'Other' } });
  await ada.entities.update({ type: 'interface', id: 'link', data: { to: 'project-b' } });
  await play.entities.remove({ type: 'project', id: 'project-b' });
  const link = { type: 'interface', id: 'link' } as const;
  expect((await promote()).along.links).toBe(1);
  expect((await ada.entities.get(link)).deleted_at).not.toBeNull();
  expect(await promote()).toMatchObject({ op_id: null });
  await ada.history.undo({});
  expect((await ada.entities.get(link)).payload).toMatchObject({ to: 'project-b' });
  await ada.history.redo({});
  const { rows } = await comparedBy(ada, id);
  expect(rows.find((row) => row.id === 'link')).toMatchObject({ class: 'live', live: 'deleted', play: null });
});
