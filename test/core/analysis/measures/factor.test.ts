import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  chooseBands,
  countBands,
  riskBandOf,
  rateByFactors,
  factorValuesByBond,
  weightsOf,
} from '#core/analysis/measures/factor.ts';
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

describe('the scale of bands', () => {
  const totals = (...groups: readonly (readonly [total: number, count: number])[]): number[] =>
    groups.flatMap(([total, count]) => Array.from({ length: count }, () => total));
  const scaleOf = (values: readonly number[]) => chooseBands([values]).scale;

  test('is by rank if more than half of the links are in one band other than low', () => {
    const crowded = totals([1, 20], [0.75, 62], [0.3, 30], [0.15, 18]);
    const { scale, bandsOf } = chooseBands([crowded]);
    expect(scale).toBe('rank');
    expect([1, 0.75, 0.3, 0.15].map((total) => bandsOf[0]?.(total))).toEqual([
      'critical',
      'high',
      'low',
      'low',
    ]);
    expect(scaleOf(totals([0.7, 10], [0.4, 10], [0.1, 10]))).toBe('fixed');
    expect(scaleOf(totals([0.7, 5], [0.1, 25]))).toBe('fixed');
    expect(scaleOf([0.6, 0.7, 0.8, 0.9])).toBe('fixed');
  });

  test('is fixed if ranks do not separate the links either', () => {
    const { scale, bandsOf } = chooseBands([totals([0.9, 30], [0.1, 10])]);
    expect(scale).toBe('tied');
    expect(bandsOf[0]?.(0.1)).toBe('low');
  });

  test('is the same for two models', () => {
    const { scale, bandsOf } = chooseBands([
      totals([0.7, 10], [0.4, 10], [0.2, 10]),
      totals([1, 3], [0.9, 6], [0.8, 11], [0.7, 10]),
    ]);
    expect(scale).toBe('rank');
    expect(bandsOf[0]?.(0.4)).toBe('moderate');
  });

  test('never gives a higher total a lower band, and by rank no band has more than half', () => {
    const percents = fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(percents, (numbers) => {
        const values = numbers.map((percent) => percent / 100);
        const { scale, bandsOf } = chooseBands([values]);
        const bandOf = bandsOf[0] ?? riskBandOf;
        const levels = values.toSorted((a, b) => a - b).map((total) => order.indexOf(bandOf(total)));
        expect(levels).toEqual(levels.toSorted((a, b) => a - b));
        const maxCount = Math.max(...Object.values(countBands(values, bandOf)));
        expect(scale !== 'rank' || maxCount <= values.length / 2).toBe(true);
      }),
    );
  });
});

const order = ['low', 'moderate', 'high', 'critical'];

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
