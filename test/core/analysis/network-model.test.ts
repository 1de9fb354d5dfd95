import { expect, test } from 'vitest';
import type { NetworkMeasures } from '#shared/contract/analysis.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

/** Two universities of three teams each, every two linked, and one link between them that is there twice. */
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

const measure = async (client: Client, input: { normalised?: boolean } = {}): Promise<NetworkMeasures> =>
  resultOf(await client.analysis.network(input));

test('two triangles with a bridge between them are two modules', async () => {
  const client = (await testWorkspace({ template })).as();
  const found = await measure(client);
  const { nodes, bridges, modularity, coupling, components, sources } = found;
  expect(nodes.map(({ id }) => id)).not.toContain('alone');
  const north = nodes.find(({ id }) => id === 'north-1');
  expect(north).toMatchObject({ degree: 3, betweenness: 6, core: 2, articulation: true });
  expect(nodes.find(({ id }) => id === 'north-2')).toMatchObject({
    degree: 2,
    betweenness: 0,
    articulation: false,
  });
  expect(bridges.map((ends) => ends.toSorted())).toEqual([['north-1', 'south-1']]);
  expect(modularity.declared).toBeCloseTo(6 / 7 - 0.5, 12);
  expect(modularity.found).toBeCloseTo(6 / 7 - 0.5, 12);
  expect({ coupling, components, sources }).toEqual({
    coupling: { within: 6, between: 1 },
    components: 1,
    sources: 6,
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
  });
});
