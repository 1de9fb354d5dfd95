import { describe, expect, test } from 'vitest';
import { bandOf, measureFactors, rate, valuesOfBond, weightsOf } from '#core/analysis/factor.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const factor = (factor_name: string, values: Record<string, number>, active = true) => ({
  factor_name,
  active,
  values: Object.entries(values).map(([value, contribution]) => ({ value, contribution })),
});
const factors = [
  factor('knowledge_type', { codified: 0.1, institutional: 0.4 }),
  factor('bond_strength', { strong: 0.05, moderate: 0.2, weak: 0.35 }),
  factor('temporal_alignment', { aligned: 0.05, misaligned: 0.25 }),
  factor('actor_autonomy', { high: 0.15, low: 0.05 }),
];
const part = (name: string, weight = 1, enabled = true) => ({ factor: name, weight, enabled });
const baseline = {
  name: 'Baseline',
  is_active: true,
  factors: factors.map(({ factor_name }) => part(factor_name)),
};

describe('the baseline', () => {
  test.each([
    ['codified-strong', 0.15, 'moderate'],
    ['codified-moderate', 0.3, 'moderate'],
    ['institutional-weak', 0.75, 'critical'],
    ['fragile-temporary', 1, 'critical'],
  ])('maps %s to %d', (bond, total, band) => {
    const found = rate(valuesOfBond[bond] ?? {}, weightsOf(baseline, factors));
    expect(found.total).toBeCloseTo(total, 12);
    expect(bandOf(Number(found.total?.toFixed(9)))).toBe(band);
  });
});

test('bands begin at .15, .35 and .60', () => {
  expect([0.149, 0.15, 0.349, 0.35, 0.599, 0.6].map(bandOf)).toEqual([
    'low',
    'moderate',
    'moderate',
    'high',
    'high',
    'critical',
  ]);
});

test('a disabled factor, one out of use, and a value that a factor does not have count nothing', () => {
  const values = { knowledge_type: 'institutional', bond_strength: 'weak', actor_autonomy: 'none' };
  const off = {
    ...baseline,
    factors: [part('knowledge_type', 1, false), part('bond_strength', 2), part('actor_autonomy')],
  };
  expect(rate(values, weightsOf(off, factors))).toEqual({
    total: 0.7,
    parts: [{ factor: 'bond_strength', value: 'weak', contribution: 0.7 }],
  });
  const unused = [factor('bond_strength', { weak: 0.35 }, false)];
  expect(rate(values, weightsOf(off, unused)).total).toBe(0);
});

test('an interface without factor values is unrated and in no mean, unless its bond is taken over', async () => {
  const template = await makeTemplate(async (workspace) => {
    const { entities } = workspace.as();
    for (const [at, one] of factors.entries())
      await entities.create({ type: 'risk-factor', id: `f${at}`, data: one });
    await entities.create({ type: 'factor-model', id: 'model', data: baseline });
    for (const id of ['a', 'b', 'c']) await entities.create({ type: 'team', id, data: { name: id } });
    const rated = { factor_values: { knowledge_type: 'codified' } };
    await entities.create({ type: 'interface', id: 'one', data: { from: 'a', to: 'b', ...rated } });
    await entities.create({
      type: 'interface',
      id: 'two',
      data: { from: 'b', to: 'c', bond_type: 'institutional-weak' },
    });
    await entities.create({ type: 'interface', id: 'three', data: { from: 'c', to: 'a' } });
  });
  const client = (await testWorkspace({ template })).as();
  expect(await client.analysis.factor({})).toMatchObject({
    model: { id: 'model', name: 'Baseline' },
    interfaces: [{ id: 'one', title: 'a → b', total: 0.1, band: 'low' }],
    rated: 1,
    unrated: 2,
    mean: 0.1,
  });
  const taken = await client.analysis.factor({ from_bonds: true });
  expect(taken).toMatchObject({ rated: 2, unrated: 1, bands: { low: 1, critical: 1 } });
  expect(taken.mean).toBeCloseTo(0.425, 12);
});

test('without a model nothing is rated', async () => {
  const workspace = await testWorkspace({ template: await makeTemplate(async () => {}) });
  const work = measureFactors(workspace.core.services.read, { from_bonds: false, limit: 10 });
  expect(work.next().value).toMatchObject({ model: null, rated: 0, unrated: 0, mean: null });
});
