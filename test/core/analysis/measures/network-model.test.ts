import { expect, test } from 'vitest';
import { addSample } from '#test/support/sample.ts';
import type { NetworkMeasures } from '#shared/contract/analysis.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Two universities of three teams each, every two linked, and two parallel links between them. */
const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  const link = (from: string, to: string): Promise<unknown> =>
    entities.create({ type: 'interface', data: { from, to } });
  for (const university of ['north', 'south']) {
    await entities.create({ type: 'university', id: university, data: { name: university } });
    const teams = [1, 2, 3].map((at) => `${university}-${at}`);
    for (const id of teams)
      await entities.create({ type: 'team', id, data: { name: id, university_id: university } });
    const [one = '', two = '', three = ''] = teams;
    for (const [from, to] of [
      [one, two],
      [two, three],
      [three, one],
    ] as const)
      await link(from, to);
  }
  await link('north-1', 'south-1');
  await link('south-1', 'north-1');
  await entities.create({ type: 'team', id: 'alone', data: { name: 'alone', university_id: 'north' } });
});

/** What passes is 0.9, 0.5 and, of the last, unknown. */
const rated = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  for (const id of ['a', 'b', 'c', 'd']) await entities.create({ type: 'team', id, data: { name: id } });
  for (const [from, to, energy_loss] of [
    ['a', 'b', 10],
    ['b', 'c', 50],
    ['c', 'd', null],
  ] as const)
    await entities.create({ type: 'interface', data: { from, to, energy_loss } });
});

const measure = async (
  client: Client,
  input: { normalised?: boolean; exact?: boolean } = {},
): Promise<NetworkMeasures> => resultOf(await client.analysis.network(input));

test('two triangles with two parallel links between them are two modules, and neither link is a bridge', async () => {
  const client = (await testWorkspace({ template })).as();
  const found = await measure(client);
  const { nodes, bridges, modularity, coupling, components, sources } = found;
  expect(nodes.map(({ id }) => id)).not.toContain('alone');
  const north = nodes.find(({ id }) => id === 'north-1');
  expect(north).toMatchObject({ degree: 4, in_degree: 2, out_degree: 2, core: 2, articulation: true });
  expect(north?.betweenness).toBeCloseTo(6, 12);
  // Two at one step, one at one more, two at two more.
  expect(north?.closeness).toBeCloseTo(5 / (3 * 1 + 2 * 2), 12);
  expect(nodes.find(({ id }) => id === 'north-2')).toMatchObject({
    degree: 2,
    in_degree: 1,
    out_degree: 1,
    betweenness: 0,
    articulation: false,
  });
  // With two links between them, the ends of these stand higher than the others.
  const [high = 0, low = 0] = ['north-1', 'north-2'].map(
    (id) => nodes.find((one) => one.id === id)?.eigenvector,
  );
  expect(2 * high ** 2 + 4 * low ** 2).toBeCloseTo(1, 12);
  // By symmetry the eigenvalue 3 has 3 low = low + high and 3 high = 2 low + 2 high.
  expect(high / low).toBeCloseTo(2, 9);
  expect(bridges).toEqual([]);
  expect(modularity.declared).toBeCloseTo(6 / 8 - 0.5, 12);
  expect(modularity.found).toBeCloseTo(6 / 8 - 0.5, 12);
  expect({ coupling, components, sources }).toEqual({
    coupling: { within: 6, between: 2 },
    components: 1,
    sources: 6,
  });
  expect(found).toMatchObject({
    exact: true,
    weighted_sources: 6,
    error: { betweenness: 0, weighted_betweenness: 0, closeness: 0 },
  });
  const normalised = await measure(client, { normalised: true });
  expect(normalised.nodes.find(({ id }) => id === 'north-1')?.betweenness).toBeCloseTo(0.6, 12);
});

test('an empty workspace has a network without anything', async () => {
  const client = (await testWorkspace({ template: await makeTemplate(async () => {}) })).as();
  expect(await measure(client)).toMatchObject({
    nodes: [],
    bridges: [],
    modularity: { declared: 0, found: 0 },
    components: 0,
    exact: true,
    error: { betweenness: 0, weighted_betweenness: 0, closeness: 0 },
    robustness: { curve: [], halved: { betweenness: 0, degree: 0, random: 0 }, first: [] },
    propagation: { spreads: [], tried: 0, unknown: 0 },
  });
});

test('either end of the bridge halves the network, and without ratings nothing spreads', async () => {
  const { robustness, propagation } = await measure((await testWorkspace({ template })).as());
  expect(robustness.halved).toMatchObject({ betweenness: 1, degree: 1 });
  expect(robustness.first).toEqual(['north-1']);
  expect(propagation).toEqual({ spreads: [], tried: 6, unknown: 8 });
});

test('a failure spreads by what passes, to the strength of others', async () => {
  const { propagation } = await measure((await testWorkspace({ template: rated })).as());
  // They carry 0.9, 1.4, 0.5 and 0. From a reach 0.9 and 0.45, from b 0.9 and 0.5, from c 0.5 and 0.45.
  const expected = [
    ['b', (0.9 * 0.9 + 0.5 * 0.5) / 1.4],
    ['a', (0.9 * 1.4 + 0.45 * 0.5) / 1.9],
    ['c', (0.5 * 1.4 + 0.45 * 0.9) / 2.3],
  ] as const;
  expect(propagation).toMatchObject({ tried: 4, unknown: 1 });
  expect(propagation.spreads.map(({ id, reached }) => [id, reached])).toEqual(
    expected.toSorted(([, a], [, b]) => b - a).map(([id]) => [id, 2]),
  );
  for (const [id, value] of expected)
    expect(propagation.spreads.find((one) => one.id === id)?.value).toBeCloseTo(value, 12);
});

test('weighted betweenness depends on what passes, not on number and direction of links', async () => {
  const client = (await testWorkspace({ template: rated })).as();
  // 0.9 times 0.9 passes over e, but only 0.5 over the link there is; nothing is known of that to d.
  await client.entities.create({ type: 'team', id: 'e', data: { name: 'e' } });
  for (const [from, to] of [
    ['b', 'e'],
    ['c', 'e'],
    ['c', 'e'],
  ] as const)
    await client.entities.create({ type: 'interface', data: { from, to, energy_loss: 10 } });
  const { nodes } = await measure(client);
  const values = (key: 'weighted_betweenness' | 'in_degree' | 'out_degree'): Record<string, number> =>
    Object.fromEntries(nodes.map((node) => [node.id, Math.round(node[key] * 1e9) / 1e9]));
  expect(values('weighted_betweenness')).toEqual({ a: 0, b: 2, c: 0, d: 0, e: 2 });
  expect(values('in_degree')).toEqual({ a: 0, b: 1, c: 1, d: 1, e: 3 });
  expect(values('out_degree')).toEqual({ a: 1, b: 2, c: 3, d: 0, e: 0 });
});

test('the sample falls apart sooner when its most central records go than by chance, the same each time', async () => {
  const workspace = await testWorkspace();
  await addSample(workspace);
  const found = await measure(workspace.as());
  const { curve, halved, first } = found.robustness;
  expect(curve.map(({ removed }) => removed)).toEqual(Array.from({ length: 18 }, (_, at) => 3 * at));
  expect(Math.min(halved.betweenness, halved.degree)).toBeLessThan(halved.random);
  expect(first.length).toBeGreaterThan(0);
  for (const { betweenness, degree, random } of curve)
    for (const share of [betweenness, degree, random]) expect(share >= 0 && share <= 1).toBe(true);
  expect(found.propagation.spreads.length).toBeGreaterThan(0);
  expect(await measure(workspace.as())).toEqual(found);
  expect(await measure(workspace.as(), { exact: true })).toEqual(found);
});
