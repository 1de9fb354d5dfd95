import { expect, test } from 'vitest';
import { drawBeta } from '#core/analysis/draws.ts';
import { ratesOf } from '#core/analysis/scenarios/rates.ts';
import { countTurnover, noTurnover } from '#core/analysis/scenarios/turnover.ts';
import { runSync } from '#core/kernel/progress.ts';
import type { Turnover } from '#core/analysis/scenarios/turnover.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const turnoverOf = (workspace: TestWorkspace): Turnover =>
  runSync(countTurnover(workspace.core.services.read));

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

/** Universities with a team of `size` students each, who leave after this term; returns the ids of the universities. */
async function withUniversities(count: number, size: number): Promise<[TestWorkspace, string[]]> {
  const workspace = await testWorkspace();
  const { entities } = workspace.as();
  const universities = Array.from({ length: count }, (_, at) => `u${at}`);
  for (const [at, university_id] of universities.entries()) {
    await entities.create({ type: 'university', id: university_id, data: { name: `University ${at}` } });
    await entities.create({ type: 'team', id: `t${at}`, data: { name: `Team ${at}`, university_id } });
    await fill(workspace, at, size, 1);
  }
  return [workspace, universities];
}

async function fill(workspace: TestWorkspace, at: number, size: number, terms_remaining = 9): Promise<void> {
  for (let place = 0; place < size; place++)
    await workspace.as().entities.create({
      type: 'student',
      data: { name: `S ${at} ${place}`, university_id: `u${at}`, team_id: `t${at}`, terms_remaining },
    });
}

test.each([
  ['for all at once', false],
  ['for each university by itself', true],
])('terms that pass %s open places for equally many terms', async (_, isEach) => {
  const [workspace, universities] = await withUniversities(4, 3);
  const { entities } = workspace.as();
  // Somebody stays in each team, so that the second term passes in each.
  for (const at of universities.keys()) await fill(workspace, at, 1);
  for (let term = 0; term < 2; term++) {
    if (!isEach) await advance(workspace);
    else
      for (const university of universities)
        await resultOf(await entities.advanceTerms({ terms: 1, university }));
  }
  for (const at of universities.keys()) await fill(workspace, at, 3);
  const found = turnoverOf(workspace);
  expect(found).toMatchObject({ departures: 12, vacancies: 24, refilled: 12 });
  expect(ratesOf({}, found, []).summary.joins).toBeCloseTo((12 + 1.8) / 26, 9);
});

test('several terms that pass at once leave a place open for as many', async () => {
  const workspace = await withTeam(2, 1);
  const { entities } = workspace.as();
  const stays = { name: 'Stays', team_id: 'radio', terms_remaining: 9 };
  await entities.create({ type: 'student', data: stays });
  await advance(workspace);
  await resultOf(await entities.advanceTerms({ terms: 3 }));
  expect(turnoverOf(workspace)).toMatchObject({ departures: 2, vacancies: 6, refilled: 0 });
});

test('the places of a deleted team or university are not open', async () => {
  const [workspace] = await withUniversities(3, 2);
  const { entities } = workspace.as();
  for (const at of [0, 1, 2]) await fill(workspace, at, 1);
  const late = { name: 'Late', university_id: 'u0', team_id: 't0', terms_remaining: 9 };
  await entities.create({ type: 'student', id: 'late', data: late });
  await advance(workspace);
  await entities.remove({ type: 'team', id: 't0' });
  await entities.remove({ type: 'university', id: 'u1', with_contents: true });
  await advance(workspace);
  expect(turnoverOf(workspace)).toMatchObject({ departures: 6, vacancies: 2 });
  // Nor does a place become open when a student of a deleted team leaves.
  await entities.update({ type: 'student', id: 'late', data: { active: false } });
  await advance(workspace);
  expect(turnoverOf(workspace)).toMatchObject({ departures: 7, vacancies: 4 });
});

test('restored, reactivated and transferred students fill places', async () => {
  const workspace = await withTeam(4, 5);
  const { entities } = workspace.as();
  await entities.create({ type: 'team', id: 'power', data: { name: 'Power' } });
  const other = { name: 'Other', team_id: 'power', terms_remaining: 7 };
  await entities.create({ type: 'student', id: 'other', data: other });
  await advance(workspace);
  await entities.remove({ type: 'student', id: 's0' });
  await entities.update({ type: 'student', id: 's1', data: { active: false } });
  await entities.update({ type: 'student', id: 's2', data: { active: false } });
  await advance(workspace);
  await entities.restore({ type: 'student', id: 's0' });
  await entities.update({ type: 'student', id: 's1', data: { active: true } });
  await entities.update({ type: 'student', id: 'other', data: { team_id: 'radio' } });
  expect(turnoverOf(workspace)).toMatchObject({
    departures: 3,
    vacancies: 6,
    refilled: 3,
    newcomerTerms: [4, 4, 5],
  });
  // A change of another field fills nothing, nor does a merge of teams.
  await entities.create({ type: 'student', id: 'last', data: { ...other, name: 'Last' } });
  await entities.update({ type: 'student', id: 's3', data: { active: false } });
  await entities.update({ type: 'student', id: 'other', data: { name: 'Another' } });
  await resultOf(entities.merge({ type: 'team', keep: 'radio', others: ['power'] }));
  expect(turnoverOf(workspace)).toMatchObject({ departures: 4, vacancies: 6, refilled: 3 });
  // A duplicate that is merged has not left.
  await resultOf(entities.merge({ type: 'student', keep: 'last', others: ['other'] }));
  expect(turnoverOf(workspace)).toMatchObject({ departures: 4, vacancies: 6, refilled: 3 });
});

test('rates are the given ones, else learned ones if there is enough data, else the usual ones', () => {
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

test('a simulation reports learned rates', async () => {
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
