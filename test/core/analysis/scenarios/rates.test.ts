import { expect, test } from 'vitest';
import { drawBeta } from '#core/analysis/scenarios/draws.ts';
import { ratesOf } from '#core/analysis/scenarios/rates.ts';
import { countTurnover, noTurnover } from '#core/analysis/scenarios/turnover.ts';
import type { Turnover } from '#core/analysis/scenarios/turnover.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

function turnoverOf(workspace: TestWorkspace): Turnover {
  const counting = countTurnover(workspace.core.services.read);
  for (;;) {
    const step = counting.next();
    if (step.done) return step.value;
  }
}

/** A team of `count` students with so many terms left. */
async function withTeam(count: number, terms_remaining: number): Promise<TestWorkspace> {
  const workspace = await testWorkspace();
  const { entities } = workspace.as();
  await entities.create({ type: 'team', id: 'radio', data: { name: 'Radio' } });
  for (let at = 0; at < count; at++)
    await entities.create({
      type: 'student',
      id: `s${at}`,
      data: { name: `S ${at}`, team_id: 'radio', terms_remaining },
    });
  return workspace;
}

const advance = async (workspace: TestWorkspace): Promise<unknown> =>
  resultOf(await workspace.as().entities.advanceTerms({ terms: 1 }));

test('nothing is learned before a term has passed, nor from corrections', async () => {
  const workspace = await withTeam(3, 4);
  const client = workspace.as();
  await client.entities.remove({ type: 'student', id: 's0' });
  expect(turnoverOf(workspace)).toEqual(noTurnover());
  await advance(workspace);
  await client.history.undo({});
  expect(turnoverOf(workspace)).toMatchObject({ personTerms: 0, departures: 0 });
});

test('early leavers, departures and filled places are counted from the log', async () => {
  const workspace = await withTeam(6, 3);
  const { entities } = workspace.as();
  await advance(workspace);
  // Two leave early; a newcomer takes one of the places, and one stays open.
  await entities.update({ type: 'student', id: 's0', data: { active: false } });
  await entities.remove({ type: 'student', id: 's1' });
  await entities.create({ type: 'student', data: { name: 'New', team_id: 'radio', terms_remaining: 5 } });
  await advance(workspace);
  expect(turnoverOf(workspace)).toEqual({
    personTerms: 6 + 2 + 5,
    early: 2,
    departures: 2,
    vacancies: 2,
    refilled: 1,
    newcomerTerms: [5],
  });
  // Four graduate, who leave no sooner than was known; the place from before stays open for another term.
  await advance(workspace);
  expect(turnoverOf(workspace)).toMatchObject({ personTerms: 13 + 5, early: 2, departures: 6, vacancies: 3 });
});

test('rates are those that are given, else learned where there is enough, else usual', () => {
  const none = ratesOf({}, noTurnover(), [1, 2, 3, 4, 5, 6]);
  expect(none.summary).toMatchObject({
    early: 0.1,
    joins: 0.9,
    newcomer_terms: 6,
    weak: 0,
    fragile: 0,
    learned: [],
  });
  expect(none.rates.early.strength).toBe(20);
  const turnover = {
    personTerms: 40,
    early: 8,
    departures: 12,
    vacancies: 20,
    refilled: 6,
    newcomerTerms: Array.from({ length: 10 }, () => 4),
  };
  const { summary, rates } = ratesOf({ weak: 0.2 }, turnover, [1, 2, 3]);
  expect(summary.learned).toEqual(['early', 'joins', 'newcomer_terms']);
  expect(summary.early).toBeCloseTo((8 + 0.2) / 42, 9);
  expect(summary.joins).toBeCloseTo((6 + 1.8) / 22, 9);
  expect(summary).toMatchObject({ newcomer_terms: 4, weak: 0.2, from: { person_terms: 40, departures: 12 } });
  expect(rates.early.strength).toBe(42);
  const given = ratesOf({ early: 0.3, newcomer_terms: 3 }, turnover, [1, 2, 3]);
  expect(given.rates.early).toEqual({ mean: 0.3, strength: null });
  expect(given.summary).toMatchObject({ early: 0.3, newcomer_terms: 3, learned: ['joins'] });
  expect(ratesOf({}, { ...turnover, personTerms: 19, departures: 9 }, []).summary).toMatchObject({
    early: 0.1,
    joins: 0.9,
    newcomer_terms: 4,
  });
});

test('a rate is drawn from a Beta distribution of its mean and strength', () => {
  const drawn = Array.from({ length: 4000 }, (_, seed) => drawBeta(seed, { mean: 0.1, strength: 20 }));
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
  expect(mean).toBeCloseTo(0.1, 2);
  expect(Math.sqrt(variance)).toBeCloseTo(Math.sqrt((0.1 * 0.9) / 21), 2);
  expect(drawn.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect([drawBeta(1, { mean: 0, strength: 5 }), drawBeta(1, { mean: 1, strength: 5 })]).toEqual([0, 1]);
});

test('a simulation says what it learned', async () => {
  const workspace = await withTeam(25, 4);
  await advance(workspace);
  for (let at = 0; at < 5; at++)
    await workspace.as().entities.update({ type: 'student', id: `s${at}`, data: { active: false } });
  const found = await resultOf(await workspace.as().analysis.simulate({ terms: 1, runs: 10 }));
  expect(found.rates).toMatchObject({ learned: ['early'], from: { person_terms: 30, departures: 5 } });
  expect(found.rates.early).toBeCloseTo((5 + 0.2) / 32, 9);
});

test('terms that pass in a sandbox are no history', async () => {
  const workspace = await withTeam(25, 4);
  const { id } = await take(workspace.as(), 'Try');
  const sandbox = clientOf(await openSandbox(workspace, id));
  await resultOf(await sandbox.entities.advanceTerms({ terms: 1 }));
  const { rates } = await resultOf(await sandbox.analysis.simulate({ terms: 1, runs: 2 }));
  expect(rates).toMatchObject({ learned: [], from: { person_terms: 0, departures: 0 } });
});
