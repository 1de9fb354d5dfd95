import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { ScenarioStep, SimulationResult } from '#shared/contract/analysis.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Radio, whose two members leave after one and two terms, between power and camera, whose members are not listed. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  for (const id of ['radio', 'power', 'camera'])
    await entities.create({ type: 'team', id, data: { name: id } });
  for (const [id, terms_remaining] of [
    ['ada', 1],
    ['bo', 2],
  ] as const)
    await entities.create({ type: 'student', id, data: { name: id, team_id: 'radio', terms_remaining } });
  const link = (
    id: string,
    from: string,
    to: string,
    bond_type: string,
    energy_loss: number,
  ): Promise<unknown> =>
    entities.create({ type: 'interface', id, data: { from, to, bond_type, energy_loss } });
  await link('one', 'power', 'radio', 'codified-strong', 0);
  await link('two', 'radio', 'camera', 'institutional-weak', 50);
});

const sure = { early: 0, weak: 0, fragile: 0, joins: 0 };
const usual = { early: 0.1, weak: 0.1, fragile: 0.3, joins: 0.5 };
const play = async (
  client: Client,
  input: Parameters<Client['analysis']['simulate']>[0],
): Promise<SimulationResult> => resultOf(await client.analysis.simulate(input));

test('members leave when their terms are over, and a team without any takes its links along', async () => {
  const client = (await testWorkspace({ template })).as();
  // Of six ways between three teams: power to radio 1, radio to camera and power to camera 0.5, each both ways.
  const { now, nothing, series } = await play(client, { terms: 2, runs: 3, chances: sure });
  expect(now).toMatchObject({ links: 2, single_bearer: 0, bridges: 2, undocumented: 0.5, people: 2 });
  expect(now.reach).toBeCloseTo(4 / 6, 12);
  expect(nothing).toMatchObject({ reach: 0, links: 0, bridges: 0, people: 0 });
  // With half of radio every way is half of what it was.
  expect(series.nothing.map(({ median }) => median)).toEqual([now.reach, now.reach / 2, 0]);
});

test('what is done is seen beside nothing being done', async () => {
  const client = (await testWorkspace({ template })).as();
  const steps: ScenarioStep[] = [
    { do: 'mentor', team: 'radio' },
    { do: 'strengthen', id: 'two', bond_type: 'codified-moderate' },
    { do: 'link', from: 'power', to: 'camera', bond_type: 'codified-strong' },
  ];
  const { scenario, nothing } = await play(client, { steps, terms: 2, runs: 1, chances: sure });
  expect(nothing.links).toBe(0);
  expect(scenario).toMatchObject({ links: 3, undocumented: 0, people: 0 });
  expect(scenario.reach).toBeGreaterThan(0);
  const cut = await play(client, { steps: [{ do: 'cut', id: 'one' }], terms: 0, runs: 1 });
  expect(cut.scenario).toMatchObject({ links: 1, bridges: 1 });
  const gone = await play(client, { steps: [{ do: 'remove', ids: ['radio'] }], terms: 0, runs: 1 });
  expect(gone.scenario).toMatchObject({ reach: 0, links: 0 });
});

test('a step about something that is not there is refused by its name', async () => {
  const client = (await testWorkspace({ template })).as();
  const refusal = (step: ScenarioStep) => refused('NOT_FOUND', play(client, { steps: [step] }));
  expect((await refusal({ do: 'remove', ids: ['nobody'] })).message).toContain('"nobody"');
  expect((await refusal({ do: 'cut', id: 'none' })).message).toContain('"none"');
  expect((await refusal({ do: 'mentor', team: 'ada' })).message).toContain('"ada"');
});

test('a bond that is not known, and a link to itself, are refused', async () => {
  const client = (await testWorkspace({ template })).as();
  for (const step of [
    { do: 'strengthen', id: 'one', bond_type: 'codified-stong' },
    { do: 'link', from: 'power', to: 'camera', bond_type: 'codified-stong' },
    { do: 'link', from: 'power', to: 'power', bond_type: 'codified-strong' },
  ] as const)
    await refused('INVALID', play(client, { steps: [step] }));
  const known = { do: 'link', from: 'power', to: 'camera', bond_type: 'pairing', energy_loss: 20 } as const;
  expect((await play(client, { steps: [known], terms: 0, runs: 1 })).scenario.links).toBe(3);
});

test('a team that is removed has no cohort gap', async () => {
  const client = (await testWorkspace({ template })).as();
  const { now, scenario } = await play(client, {
    steps: [{ do: 'remove', ids: ['radio'] }],
    terms: 0,
    runs: 1,
  });
  expect([now.cohort_gaps, scenario.cohort_gaps]).toEqual([1, 0]);
});

test('nothing is written, and the same seed plays the same', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const before = hashTables(workspace.files.live);
  const input = { terms: 2, runs: 20, seed: 7, steps: [{ do: 'remove' as const, ids: ['ada'] }] };
  const first = await play(client, input);
  expect(await play(client, input)).toEqual(first);
  expect(hashTables(workspace.files.live)).toBe(before);
});

test('who is new learns from who is there, and a team that all have left at once stays empty', async () => {
  const client = (await testWorkspace({ template })).as();
  const input = { terms: 6, runs: 3, chances: { ...sure, joins: 1 } };
  const medians = async (): Promise<number[]> =>
    (await play(client, input)).series.nothing.map(({ median }) => Math.round(6 * median));
  expect(await medians()).toEqual([4, 4, 4, 4, 4, 4, 4]);
  await client.entities.update({ type: 'student', id: 'bo', data: { terms_remaining: 1 } });
  expect(await medians()).toEqual([4, 0, 0, 0, 0, 0, 0]);
});

test('by chance the reach is never above what is certain, and bands are in order', async () => {
  const client = (await testWorkspace({ template })).as();
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.integer({ min: 0, max: 3 }), async (seed, terms) => {
      const certain = await play(client, { terms, runs: 1, chances: sure });
      const { series } = await play(client, { terms, runs: 9, seed, chances: { ...usual, joins: 0 } });
      for (const [term, { low, median, high }] of series.nothing.entries()) {
        expect(low).toBeLessThanOrEqual(median);
        expect(median).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual((certain.series.nothing[term]?.high ?? 0) + 1e-12);
      }
    }),
    { numRuns: 15 },
  );
});

test('a sandbox is measured against live, its terms are counted from there, and live stays as it is', async () => {
  const workspace = await testWorkspace({ template });
  const live = workspace.as();
  const { id } = await take(live, 'Play');
  const before = hashTables(workspace.files.live);
  const play_ = clientOf(await openSandbox(workspace, id));
  const input = { terms: 2, runs: 5, chances: sure };
  const whole = await play(live, input);
  expect(await play(play_, { ...input, of: 'live' })).toEqual({ ...whole, passed: 0 });
  expect((await play(live, { ...input, of: id })).series).toEqual(whole.series);

  // A term that passes as a step is the first of those that are simulated: half of radio is gone then.
  await resultOf(await play_.entities.advanceTerms({}));
  const passed = await play(live, { ...input, of: id });
  expect(passed).toMatchObject({ passed: 1, terms: 2, now: { reach: whole.now.reach / 2 } });
  expect(passed.series.nothing.map(({ median }) => median)).toEqual(
    whole.series.nothing.slice(1).map(({ median }) => median),
  );
  await play_.history.undo({});
  await play_.entities.remove({ type: 'team', id: 'camera' });
  // Two of the six ways are left.
  expect(await play(play_, { ...input, of: id })).toMatchObject({
    passed: 0,
    now: { reach: 2 / 6, links: 1 },
  });
  expect(hashTables(workspace.files.live)).toBe(before);
  await refused('NOT_FOUND', play(live, { of: 'sbx_none' }));
});
