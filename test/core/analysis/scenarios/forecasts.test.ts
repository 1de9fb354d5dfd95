import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { initialModelError } from '#core/analysis/scenarios/model-error.ts';
import type { Forecast, Forecasts } from '#shared/contract/forecasts.ts';
import type { Band } from '#shared/contract/simulation.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeRadio } from '../organisations.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const people = await makeTemplate(preparePeople);
const runs = lawRuns(8);

/** Radio (see `makeRadio`), linked with power and camera. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  await makeRadio(entities);
  for (const [id, to, energy_loss] of [
    ['one', 'power', 0],
    ['two', 'camera', 50],
  ] as const)
    await entities.create({
      type: 'interface',
      id,
      data: { from: 'radio', to, bond_type: 'institutional-weak', energy_loss, documented: 0 },
    });
});

/** The knowledge flow where the links carry so much, without loss 1 each: two people in radio, one each in power and camera. */
const flowOver = (one: number, two: number): number => {
  // Links without contacts are used half.
  const [a, b, both] = [one / 2, two / 2, (one / 2) * (two / 2)];
  return (2 * (a + b) + (a + both) / 0.75 + (b + both) / 0.75) / 4;
};

const sure = { early: 0, joins: 0 };
const save = async (client: Client, terms: number): Promise<Forecast> =>
  resultOf(await client.forecasts.save({ terms, runs: 3, chances: sure }));
const list = async (client: Client): Promise<Forecasts> => resultOf(await client.forecasts.list({}));
const advance = async (client: Client): Promise<unknown> =>
  resultOf(await client.entities.advanceTerms({ terms: 1 }));

test('a forecast is compared with the outcome when its term is due', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  workspace.clock.time = Date.UTC(2026, 2, 1);
  const made = await save(client, 2);
  expect(made.now).toBeCloseTo(flowOver(1, 0.5), 12);
  expect(made.terms).toMatchObject([
    { by: '2026-07-01T00:00:00.000Z', due: '2026-09-01T00:00:00.000Z', actual: null, held: null },
    { by: '2027-01-01T00:00:00.000Z', due: '2027-03-01T00:00:00.000Z', actual: null, held: null },
  ]);
  // Half of radio is left.
  expect(made.terms[0]?.said.median).toBeCloseTo(flowOver(0.5, 0.25), 12);
  // The runs are all 0, so that only the model error is left.
  expect(made.terms[1]?.said).toEqual({ median: 0, low: 0, high: initialModelError * Math.SQRT2 });
  expect(await list(client)).toMatchObject({ forecasts: [made], scored: 0, held: 0, mean_error: null });
  // Ada leaves as was said; then Ed joins and half of a link is written down, which nobody foresaw. After Bo has left, a newcomer alone knows
  // a quarter of what one of two knew.
  await advance(client);
  workspace.clock.time = Date.UTC(2026, 8, 2);
  expect(await list(client)).toMatchObject({ scored: 1, held: 1 });
  await client.entities.create({
    type: 'student',
    data: { name: 'Ed', team_id: 'radio', terms_remaining: 4 },
  });
  await client.entities.update({ type: 'interface', id: 'one', data: { documented: 50 } });
  await advance(client);
  workspace.clock.time = Date.UTC(2027, 2, 2);
  const { forecasts, ...score } = await list(client);
  expect(score).toMatchObject({ scored: 2, held: 1 });
  const alone = flowOver(0.5 + 0.125 / 2, 0.125 / 2);
  expect(score.mean_error).toBeCloseTo(alone / 2, 9);
  expect(forecasts[0]?.terms.map(({ held }) => held)).toEqual([true, false]);
  expect(forecasts[0]?.terms[1]?.actual).toBeCloseTo(alone, 12);
  // What was measured is kept beside the workspace, and comes to the same without.
  const kept = join(workspace.folder, 'measures.json');
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({ reached: [{}, {}] });
  rmSync(kept);
  expect(await list(client)).toEqual({ forecasts, ...score });
});

test('without chance the simulation equals the outcome, and unknown terms only widen it', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 1, maxLength: 14 }), (steps) =>
      withWorkspace(people, async (workspace) => {
        const client = workspace.as();
        workspace.clock.time = Date.UTC(2026, 2, 1);
        for (const step of steps) await perform([workspace.core], step);
        const input = { terms: 1, runs: 3, chances: sure };
        const { guesses } = await resultOf(await client.analysis.simulate(input));
        await save(client, 1);
        await advance(client);
        workspace.clock.time = Date.UTC(2026, 9, 1);
        const { forecasts } = await list(client);
        const term = forecasts[0]?.terms[0];
        const said = term?.said.median as number;
        // Members who are not listed, and those whose terms are unknown, do not leave in the records.
        const isKnown = guesses.terms + guesses.teams === 0;
        if (guesses.losses > 0) return;
        expect(term?.actual).toBeGreaterThanOrEqual(said - 1e-9);
        if (!isKnown) return;
        expect(term?.actual).toBeCloseTo(said, 9);
        expect(term?.held).toBe(true);
      }),
    ),
    { numRuns: runs },
  );
});

test('bands become wider if earlier outcomes lay outside', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  workspace.clock.time = Date.UTC(2026, 2, 1);
  const saveUncertain = async (): Promise<Forecast> =>
    resultOf(await client.forecasts.save({ terms: 3, runs: 50, chances: { early: 0.5, joins: 0.5 } }));
  const first = await saveUncertain();
  expect(first.model_error).toBe(initialModelError);
  workspace.clock.time = Date.UTC(2028, 2, 2);
  // Nothing happened in three terms, though half were said to leave in each.
  const second = await saveUncertain();
  expect(second.model_error).toBeGreaterThan(initialModelError);
  const [later, earlier] = [second.terms[0]?.said, first.terms[0]?.said];
  expect(later?.median).toBeCloseTo(earlier?.median ?? -1, 9);
  const widthOf = (band: Band | undefined): number => (band?.high ?? 0) - (band?.low ?? 0);
  expect(widthOf(later)).toBeGreaterThan(widthOf(earlier));
});

test('an unsaved simulation says the same as the first forecast', async () => {
  const client = (await testWorkspace({ template })).as();
  const input = { terms: 2, runs: 50, chances: { early: 0.5, joins: 0.5 } };
  const { series } = await resultOf(await client.analysis.simulate(input));
  const { terms } = await resultOf(await client.forecasts.save(input));
  expect(terms.map(({ said }) => said)).toEqual(series.nothing.slice(1));
});

test('a graduate’s own links leave as forecast', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  workspace.clock.time = Date.UTC(2026, 2, 1);
  const data = { from: 'ada', to: 'power', bond_type: 'codified-strong', energy_loss: 5 };
  await client.entities.create({ type: 'interface', id: 'own', data });
  await save(client, 1);
  await advance(client);
  workspace.clock.time = Date.UTC(2026, 9, 1);
  const { forecasts, held } = await list(client);
  expect(held).toBe(1);
  expect(forecasts[0]?.terms[0]?.actual).toBeCloseTo(forecasts[0]?.terms[0]?.said.median ?? -1, 9);
});

test('forecasts are stored in live, by those who may change something', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const { id } = await save(client, 1);
  const vera = await client.workspace.createProfile({ name: 'Vera', role: 'viewer' });
  await refused('FORBIDDEN', save(workspace.as(vera.id), 1));
  const sandbox = await take(client, 'try');
  await refused('INVALID', save(clientOf(await openSandbox(workspace, sandbox.id)), 1));
  await refused('NOT_FOUND', client.forecasts.remove({ id: 'fc_none' }));
  await client.forecasts.remove({ id });
  expect((await list(client)).forecasts).toEqual([]);
  // Undo passes both over.
  expect(await client.history.nextSteps({})).toMatchObject({ undo: { label: 'profile.create' } });
});

test('for a team that all have left only the documented share passes, as forecast', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  await client.entities.update({ type: 'student', id: 'bo', data: { terms_remaining: 1 } });
  await client.entities.update({ type: 'interface', id: 'one', data: { documented: 50 } });
  const now = await resultOf(await client.analysis.simulate({ terms: 1, runs: 1, chances: sure }));
  await advance(client);
  const then = await resultOf(await client.analysis.simulate({ terms: 0, runs: 1, chances: sure }));
  expect(now.nothing.reach).toBeCloseTo(flowOver(0.5, 0), 9);
  expect([then.now.links, then.nothing.links]).toEqual([1, 1]);
});
