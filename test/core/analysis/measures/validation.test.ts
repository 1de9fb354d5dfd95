import { expect, test } from 'vitest';
import { scoresOf, spearman } from '#core/analysis/measures/validation.ts';
import type { JudgedOutcome } from '#core/analysis/measures/validation.ts';
import { baselineFactors, baselineModel, weightsWith } from '#shared/domain/baseline-model.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const repeat = (outcomes: readonly JudgedOutcome[], times: number): JudgedOutcome[] =>
  Array.from({ length: times }, () => outcomes).flat();

const four = [
  { risk: 0.1, failed: false },
  { risk: 0.3, failed: true },
  { risk: 0.35, failed: true },
  { risk: 0.8, failed: false },
];

test('accuracy, Brier score and calibration of four kinds of outcomes, worked by hand', () => {
  const scores = scoresOf(repeat(four, 10));
  expect(scores).toMatchObject({
    judged: 40,
    failures: 20,
    correct: 20,
    accuracy: 0.5,
    better_than_reference: false,
  });
  // (.01 + .49 + .4225 + .64) / 4
  expect(scores.brier).toBeCloseTo(0.390_625, 12);
  expect(scores.reference).toEqual({ says: 'success', accuracy: 0.5, brier: 0.25 });
  expect(scores.calibration).toMatchObject([
    { band: 'low', count: 10, observed: 0 },
    { band: 'moderate', count: 10, observed: 1 },
    { band: 'high', count: 10, observed: 1 },
    { band: 'critical', count: 10, observed: 0 },
  ]);
  for (const [index, { risk }] of four.entries())
    expect(scores.calibration[index]?.predicted).toBeCloseTo(risk, 12);
  // Wilson for 20 of 40.
  expect(scores.accuracy_interval?.low).toBeCloseTo(0.352, 3);
  expect(scores.accuracy_interval?.high).toBeCloseTo(0.648, 3);
  // 1.96 times the standard deviation of .01, .49, .4225 and .64 (.2364 for 40 values), over the root of 40.
  expect(scores.brier_interval?.high).toBeCloseTo(0.390_625 + (1.96 * 0.2364) / Math.sqrt(40), 3);
});

test('fewer than 30 outcomes have no scores', () => {
  for (const outcomes of [[], four, repeat(four, 7)])
    expect(scoresOf(outcomes)).toMatchObject({
      judged: outcomes.length,
      needed: 30,
      correct: null,
      accuracy: null,
      accuracy_interval: null,
      brier: null,
      reference: null,
      better_than_reference: null,
      calibration: [],
    });
  expect(scoresOf(repeat(four, 8)).accuracy).toBe(0.5);
});

test('a model is better than none beyond its interval', () => {
  const good = [
    { risk: 0.1, failed: false },
    { risk: 0.1, failed: false },
    { risk: 0.9, failed: true },
  ];
  expect(scoresOf(repeat(good, 10))).toMatchObject({
    better_than_reference: true,
    reference: { says: 'success' },
  });
  // Right in 4 of 5, as is always predicting failure.
  const constant = [...repeat([{ risk: 0.8, failed: true }], 4), { risk: 0.8, failed: false }];
  expect(scoresOf(repeat(constant, 40))).toMatchObject({
    better_than_reference: false,
    reference: { says: 'failure' },
  });
});

test('rank correlation: the same order, the reverse, ties, and undefined', () => {
  expect(spearman([0.1, 0.5, 0.9], [1, 2, 8])).toBe(1);
  expect(spearman([1, 2, 3], [3, 2, 1])).toBe(-1);
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
  expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.948_683_298, 9);
  expect(spearman([1, 1], [1, 2])).toBeNull();
  expect(spearman([], [])).toBeNull();
});

const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  const make = (type: Parameters<typeof entities.create>[0]['type'], id: string, data: object) =>
    entities.create({ type, id, data: data as Record<string, string> });
  for (const data of baselineFactors) await make('risk-factor', `f-${data.factor_name}`, data);
  await make('factor-model', 'base', baselineModel);
  const other = { name: 'Other', factors: weightsWith({ knowledge_type: 0 }) };
  await make('factor-model', 'other', other);
  for (const id of ['north', 'south', 'west']) await make('university', id, { name: id });
  await make('project', 'sat', { name: 'Sat', university_id: 'north' });
  for (const [id, university_id, project_id] of [
    ['a', 'north', 'sat'],
    ['b', 'north', null],
    ['c', 'south', null],
    ['d', 'south', null],
  ])
    await make('team', id as string, { name: id, university_id, project_id });
  const bond = (bond_type: string) => ({ bond_type });
  await make('interface', 'ab', { from: 'a', to: 'b', ...bond('codified-moderate') });
  await make('interface', 'bc', { from: 'b', to: 'c', ...bond('fragile-temporary') });
  await make('interface', 'cd', { from: 'c', to: 'd', ...bond('institutional-weak') });
  await make('interface', 'da', { from: 'd', to: 'sat' });
  const outcome = { outcome_type: 'mission_success', cohort_year: 2025 };
  await make('outcome', 'one', { ...outcome, university_id: 'north', project_id: 'sat', success: true });
  await make('outcome', 'two', { ...outcome, university_id: 'south', success: false });
  await make('outcome', 'three', { ...outcome, university_id: 'north', cohort_year: 2024, success: true });
  await make('outcome', 'four', { ...outcome, university_id: 'west', success: true });
  await make('outcome', 'five', { ...outcome, university_id: 'north', success: null });
});

test('predicts an outcome from the rated links of its project, else of its university', async () => {
  const client = (await testWorkspace({ template })).as();
  const { validation } = await client.analysis.factor({ from_bonds: true });
  expect(validation.outcomes).toMatchObject([
    {
      id: 'one',
      scope: 'project',
      title: 'Sat',
      links: 1,
      risk: 0.3,
      predicted_failure: false,
      failed: false,
    },
    { id: 'two', scope: 'university', title: 'south', links: 2, risk: 0.875, predicted_failure: true },
    { id: 'three', scope: 'university', title: 'north', links: 2, risk: 0.65, failed: false },
  ]);
  expect(validation).toMatchObject({ judged: 3, without_prediction: 1, undecided: 1 });
  const nothing = (await client.analysis.factor({})).validation;
  expect(nothing).toMatchObject({ judged: 0, accuracy: null, without_prediction: 4 });
});

test('compares with a second model: totals, changed bands, rank correlation', async () => {
  const client = (await testWorkspace({ template })).as();
  const found = await client.analysis.factor({ from_bonds: true, compare: 'Other' });
  expect(found.compared).toMatchObject({
    model: { id: 'other' },
    bands: { moderate: 1, high: 1, critical: 1 },
  });
  expect(found.interfaces.map(({ id, compared }) => [id, compared])).toEqual([
    ['bc', { total: 0.6, band: 'critical' }],
    ['cd', { total: 0.35, band: 'high' }],
    ['ab', { total: 0.2, band: 'moderate' }],
  ]);
  expect(found.compared).toMatchObject({ changed: 1, correlation: 1 });
  const changed = await client.analysis.factor({ from_bonds: true, compare: 'other', only: 'changed' });
  expect(changed).toMatchObject({ matched: 1, interfaces: [{ id: 'cd' }], rated: 3 });
});
