import { expect, test } from 'vitest';
import type { ScenarioStep } from '#shared/contract/analysis.ts';
import type { SimulationResult } from '#shared/contract/simulation.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeRadio } from '../organisations.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Radio (see `makeRadio`), linked with power and camera. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  await makeRadio(entities);
  const link = (
    id: string,
    from: string,
    to: string,
    bond_type: string,
    energy_loss: number,
  ): Promise<unknown> =>
    entities.create({ type: 'interface', id, data: { from, to, bond_type, energy_loss } });
  // Written are 80 % of the first and 20 % of the second.
  await link('one', 'power', 'radio', 'codified-strong', 0);
  await link('two', 'radio', 'camera', 'institutional-weak', 50);
});

const sure = { early: 0, joins: 0 };
const play = async (
  client: Client,
  input: Parameters<Client['analysis']['simulate']>[0],
): Promise<SimulationResult> => resultOf(await client.analysis.simulate(input));

/**
 * The knowledge flow where links pass so much: without loss the two other teams reach each of the two in radio, and radio and, over two links,
 * the third team reach the one in power and the one in camera.
 */
const flowOver = (one: number, two: number): number => {
  // Links without contacts are used half.
  const [a, b, both] = [one / 2, two / 2, (one / 2) * (two / 2)];
  return (2 * (a + b) + (a + both) / 0.75 + (b + both) / 0.75) / 4;
};

/** The flow where so much of radio is there. */
const reachWith = (share: number): number => flowOver(0.8 + 0.2 * share, 0.5 * (0.2 + 0.8 * share));

const medians = ({ series }: SimulationResult): number[] => series.nothing.map(({ median }) => median);
const rounded = (values: readonly number[]): string[] => values.map((value) => value.toFixed(9));

test('members leave at the end of their terms; the documented share of their links stays', async () => {
  const client = (await testWorkspace({ template })).as();
  const found = await play(client, { terms: 2, runs: 3, chances: sure });
  const { now, nothing } = found;
  expect(now).toMatchObject({ links: 2, single_bearer: 2, bridges: 2, undocumented: 0.5, people: 4 });
  expect(nothing).toMatchObject({ links: 2, bridges: 2, people: 2 });
  expect(rounded(medians(found))).toEqual(rounded([reachWith(1), reachWith(0.5), reachWith(0)]));
  expect(rounded([now.reach ?? -1, nothing.reach ?? -1])).toEqual(rounded([reachWith(1), reachWith(0)]));
});

test('a newcomer fills an open place, and knows half if a member is left to learn from, else a quarter', async () => {
  const client = (await testWorkspace({ template })).as();
  const input = { terms: 6, runs: 3, chances: { early: 0, joins: 1, newcomer_terms: 4 } };
  const whole = reachWith(1);
  const half = reachWith(0.75);
  expect(rounded(medians(await play(client, input)))).toEqual(
    rounded([whole, half, half, whole, whole, half, half]),
  );
  await client.entities.update({ type: 'student', id: 'bo', data: { terms_remaining: 1 } });
  const alone = reachWith(0.25);
  expect(rounded(medians(await play(client, input)))).toEqual(
    rounded([whole, alone, whole, whole, whole, alone, whole]),
  );
});

test('a place stays open until it is filled', async () => {
  const client = (await testWorkspace({ template })).as();
  const { series } = await play(client, {
    terms: 12,
    runs: 200,
    chances: { early: 0, joins: 0.3, newcomer_terms: 40 },
  });
  expect(series.nothing[2]?.median).toBeLessThan(reachWith(0.5));
  expect(series.nothing[12]?.median).toBeCloseTo(reachWith(1), 9);
});

test('steps change the outcome, and the difference is between the same runs', async () => {
  const client = (await testWorkspace({ template })).as();
  const steps: ScenarioStep[] = [
    { do: 'mentor', team: 'radio' },
    { do: 'recruit', team: 'radio', count: 2 },
    { do: 'document', id: 'two' },
    { do: 'strengthen', id: 'two', bond_type: 'codified-moderate' },
    { do: 'link', from: 'power', to: 'camera', bond_type: 'codified-strong' },
  ];
  const found = await play(client, { steps, terms: 2, runs: 20 });
  expect(found.nothing.links).toBe(2);
  expect(found.scenario).toMatchObject({ links: 3, undocumented: 0 });
  expect(found.difference).toHaveLength(3);
  expect(found.difference[2]).toMatchObject({ better: 1 });
  expect(found.difference[2]?.low).toBeGreaterThan(0.1);
  const cut = await play(client, { steps: [{ do: 'cut', id: 'one' }], terms: 0, runs: 1 });
  expect(cut.scenario).toMatchObject({ links: 1, bridges: 1 });
  expect(cut.difference[0]).toMatchObject({ better: 0 });
  const gone = await play(client, { steps: [{ do: 'remove', ids: ['radio'] }], terms: 0, runs: 1 });
  expect(gone.scenario).toMatchObject({ links: 2, people: 2 });
  expect(gone.scenario.reach).toBeCloseTo(reachWith(0), 9);
});

test('a bearer’s successor bears the link, and a mentor does not', async () => {
  const client = (await testWorkspace({ template })).as();
  await client.entities.update({ type: 'interface', id: 'two', data: { bearers: ['ada'] } });
  const passing = (share: number, bears: number): number =>
    flowOver(0.8 + 0.2 * share, 0.5 * (0.2 + 0.8 * bears));
  const chances = { early: 0, joins: 1, newcomer_terms: 9 };
  const found = await play(client, { terms: 3, runs: 1, chances });
  expect(rounded(medians(found))).toEqual(
    rounded([passing(1, 1), passing(0.75, 0.5), passing(0.75, 1), passing(1, 1)]),
  );
  const steps: ScenarioStep[] = [{ do: 'mentor', team: 'radio' }];
  const { series } = await play(client, { steps, terms: 1, runs: 1, chances: sure });
  expect(series.scenario[1]?.median).toBeCloseTo(passing(1, 0), 9);
});

test('without links nothing can be measured', async () => {
  const client = (await testWorkspace({ template })).as();
  const steps: ScenarioStep[] = [
    { do: 'cut', id: 'one' },
    { do: 'cut', id: 'two' },
  ];
  const { scenario } = await play(client, { steps, terms: 0, runs: 1 });
  expect(scenario).toMatchObject({ reach: 0, links: 0, modularity: null, undocumented: null });
  for (const id of ['one', 'two']) await client.entities.remove({ type: 'interface', id });
  expect((await play(client, { terms: 1, runs: 2 })).now).toMatchObject({ reach: null, links: 0 });
});

test('unknown values are counted and drawn', async () => {
  const client = (await testWorkspace({ template })).as();
  const { entities } = client;
  expect((await play(client, { terms: 1, runs: 1 })).guesses).toEqual({ terms: 0, losses: 0, teams: 0 });
  await entities.create({ type: 'team', id: 'optics', data: { name: 'Optics' } });
  await entities.create({ type: 'student', data: { name: 'Ed', team_id: 'radio', terms_remaining: null } });
  const data = { from: 'optics', to: 'radio' };
  await entities.create({ type: 'interface', id: 'three', data });
  const { guesses, series } = await play(client, { terms: 0, runs: 200 });
  expect(guesses).toEqual({ terms: 1, losses: 1, teams: 1 });
  const [band] = series.nothing;
  expect((band?.high ?? 0) - (band?.low ?? 0)).toBeGreaterThan(0.02);
});

test('a step about something that is not there is refused by its name', async () => {
  const client = (await testWorkspace({ template })).as();
  const refusal = (step: ScenarioStep) => refused('NOT_FOUND', play(client, { steps: [step] }));
  expect((await refusal({ do: 'remove', ids: ['nobody'] })).message).toContain('"nobody"');
  expect((await refusal({ do: 'cut', id: 'none' })).message).toContain('"none"');
  expect((await refusal({ do: 'mentor', team: 'ada' })).message).toContain('"ada"');
});

test('an unknown bond and a link to itself are refused', async () => {
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

test('a team that most will leave soon has a cohort gap, and none when it is removed', async () => {
  const client = (await testWorkspace({ template })).as();
  for (const name of ['e', 'f', 'g', 'h'])
    await client.entities.create({ type: 'student', data: { name, team_id: 'radio', terms_remaining: 1 } });
  const steps: ScenarioStep[] = [{ do: 'remove', ids: ['radio'] }];
  const { now, scenario } = await play(client, { steps, terms: 0, runs: 1 });
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

test('a sandbox is measured against live, and its terms are counted from there', async () => {
  const workspace = await testWorkspace({ template });
  const live = workspace.as();
  const { id } = await take(live, 'Play');
  const before = hashTables(workspace.files.live);
  const play_ = clientOf(await openSandbox(workspace, id));
  const input = { terms: 2, runs: 5, chances: sure };
  const whole = await play(live, input);
  expect(await play(play_, { ...input, of: 'live' })).toEqual({ ...whole, passed: 0 });
  expect((await play(live, { ...input, of: id })).series).toEqual(whole.series);

  // A term that passes as a step is the first of those that are simulated: half of radio has left.
  await resultOf(await play_.entities.advanceTerms({}));
  const passed = await play(live, { ...input, of: id });
  expect(passed).toMatchObject({ passed: 1, terms: 2 });
  expect(passed.now.reach).toBeCloseTo(reachWith(0.5), 9);
  expect(passed.series.nothing.map(({ median }) => median)).toEqual(
    whole.series.nothing.slice(1).map(({ median }) => median),
  );
  // Nothing else was done, so nothing differs from live.
  for (const { median } of passed.difference) expect(median).toBeCloseTo(0, 9);
  await play_.history.undo({});
  await play_.entities.remove({ type: 'team', id: 'camera' });
  // Only the link between radio and power is left.
  expect(await play(play_, { ...input, of: id })).toMatchObject({
    passed: 0,
    now: { reach: flowOver(1, 0), links: 1 },
  });
  expect((await play(live, { ...input, of: id })).difference).toMatchObject([
    { better: 0 },
    { better: 0 },
    { better: 0 },
  ]);
  const data = { name: 'Ed', team_id: 'radio', terms_remaining: 9 };
  await play_.history.undo({});
  await play_.entities.create({ type: 'student', data });
  const { difference } = await play(live, { of: id, terms: 2, runs: 50 });
  expect(difference.map(({ better }) => better > 0.5)).toEqual([false, true, true]);
  expect(hashTables(workspace.files.live)).toBe(before);
  await refused('NOT_FOUND', play(live, { of: 'sbx_none' }));
});
