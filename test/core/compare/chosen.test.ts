import { expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const both = () => twoSides(template);
const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `imported-${at}` }));

test('many are chosen and decided one by one', async () => {
  const { ada, play, promote } = await both();
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 7 } });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 8 } });
  const only = [...many(20_000), { id: 'team-a' }];
  const decisions = only.map((one) => ({ ...one, take: 'play' as const }));
  expect(await promote({ only, decisions })).toMatchObject({ updated: { teams: 1 } });
});

test('an id that both gave to records of two types is decided for each of them', async () => {
  const { ada, play, promote } = await both();
  await ada.entities.create({ type: 'team', id: 'twice', data: { name: 'Team' } });
  await play.entities.create({ type: 'project', id: 'twice', data: { name: 'Project' } });
  const live = [{ id: 'twice', type: 'team' as const, take: 'live' as const }];
  const { data } = await refused('UNDECIDED', promote({ decisions: live }));
  expect(data.conflicts).toMatchObject([{ type: 'project', id: 'twice' }]);
  const left = await promote({ decisions: live, only: [{ id: 'twice', type: 'team' }] });
  expect(left).toMatchObject({ op_id: null, left: 1 });
  expect(await promote({ decisions: [{ id: 'twice', take: 'live' }] })).toMatchObject({ left: 2 });
});
