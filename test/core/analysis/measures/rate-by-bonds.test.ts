import { expect, test } from 'vitest';
import { baselineFactors, baselineModel } from '#shared/domain/baseline-model.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const { entities, workspace: profiles } = workspace.as();
  for (const id of ['north', 'south']) await entities.create({ type: 'university', id, data: { name: id } });
  for (const [id, university_id] of [
    ['a', 'north'],
    ['b', 'north'],
    ['c', 'south'],
    ['d', 'south'],
  ] as const)
    await entities.create({ type: 'team', id, data: { name: id, university_id } });
  const own = { bond_type: 'codified-strong', factor_values: { knowledge_type: 'institutional' } };
  for (const [id, from, to, data] of [
    ['strong', 'a', 'b', { bond_type: 'codified-strong' }],
    ['fragile', 'b', 'c', { bond_type: 'fragile-temporary' }],
    ['weak', 'c', 'd', { bond_type: 'institutional-weak', factor_values: {} }],
    ['own', 'a', 'c', own],
    ['none', 'b', 'd', {}],
  ] as const)
    await entities.create({ type: 'interface', id, data: { from, to, ...data } });
  await profiles.createProfile({ name: 'Edi', role: 'editor', university_id: 'north' });
});
const makeFactors = {
  changes: baselineFactors.map((data) => ({ kind: 'create', type: 'risk-factor', data })),
};

test('rates unrated links by their bonds, in one undoable change', async () => {
  const client = (await testWorkspace({ template })).as();
  expect(await resultOf(await client.analysis.rateByBonds({ dry: true }))).toMatchObject({
    problems: expect.arrayContaining([expect.objectContaining({ code: 'no_factor_value' })]) as unknown,
  });
  await refused('INVALID', resultOf(await client.analysis.rateByBonds({})));
  await client.entities.applyChanges(makeFactors as Parameters<typeof client.entities.applyChanges>[0]);
  await client.entities.create({ type: 'factor-model', id: 'base', data: baselineModel });
  const preview = await resultOf(await client.analysis.rateByBonds({ dry: true }));
  expect(preview).toMatchObject({ op_id: null, updated: { interfaces: 3 }, unknown: 1, problems: [] });
  expect(await client.analysis.factor({})).toMatchObject({ rated: 1, unrated: 4 });
  await resultOf(await client.analysis.rateByBonds({ seen: preview.head }));
  const { interfaces, unrated } = await client.analysis.factor({});
  expect(interfaces.map(({ id, total }) => [id, total])).toEqual([
    ['fragile', 1],
    ['weak', 0.75],
    ['own', 0.4],
    ['strong', 0.15],
  ]);
  expect(unrated).toBe(1);
  await client.history.undo({});
  expect(await client.analysis.factor({})).toMatchObject({ rated: 1, unrated: 4 });
});

test('an editor rates the links of their own university', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.applyChanges(makeFactors as Parameters<typeof ada.entities.applyChanges>[0]);
  const edi = workspace.as('Edi');
  await refused('FORBIDDEN', resultOf(await edi.analysis.rateByBonds({})));
  expect(await resultOf(await edi.analysis.rateByBonds({ university: 'north' }))).toMatchObject({
    updated: { interfaces: 2 },
  });
});
