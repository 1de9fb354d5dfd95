import { describe, expect, test } from 'vitest';
import { riskBandOf, rateByFactors, factorValuesByBond, weightsOf } from '#core/analysis/measures/factor.ts';
import { baselineFactors } from '#shared/domain/baseline-model.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const factors = baselineFactors;
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
    const found = rateByFactors(factorValuesByBond[bond] ?? {}, weightsOf(baseline, factors));
    expect(found.total).toBe(total);
    expect(riskBandOf(total)).toBe(band);
  });
});

test('bands begin at .15, .35 and .60', () => {
  expect([0.149, 0.15, 0.349, 0.35, 0.599, 0.6].map(riskBandOf)).toEqual([
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
  expect(rateByFactors(values, weightsOf(off, factors))).toEqual({
    total: 0.7,
    parts: [{ factor: 'bond_strength', value: 'weak', weight: 2, contribution: 0.7 }],
  });
  const unused = factors.map((one) => ({ ...one, active: false }));
  expect(rateByFactors(values, weightsOf(off, unused)).total).toBe(0);
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
  const client = (await testWorkspace({ template: await makeTemplate(async () => {}) })).as();
  expect(await client.analysis.factor({})).toMatchObject({ model: null, rated: 0, unrated: 0, mean: null });
});
