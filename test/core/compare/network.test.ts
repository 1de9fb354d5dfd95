import { expect, test } from 'vitest';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import type { Network } from '#shared/contract/network.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const types = ['university', 'project', 'team', 'faculty', 'student'] as const;

/** A line of six teams, each linked with the next; Play and live change some of it. */
async function changed() {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const at = (place: number): string => `line-${place}`;
  for (let place = 0; place < 6; place += 1)
    await ada.entities.create({ type: 'team', id: at(place), data: { name: `Line ${place}`, size: 3 } });
  for (let place = 0; place < 5; place += 1)
    await ada.entities.create({
      type: 'interface',
      id: `link-${place}`,
      data: { from: at(place), to: at(place + 1) },
    });
  const { id } = await take(ada, 'Play');
  const play = clientOf(await openSandbox(workspace, id));
  await play.entities.remove({ type: 'team', id: at(0) });
  await play.entities.create({ type: 'team', id: 'new', data: { name: 'New', size: 1 } });
  await play.entities.create({ type: 'interface', id: 'link-new', data: { from: 'new', to: at(2) } });
  await play.entities.update({ type: 'team', id: at(3), data: { size: 9 } });
  await ada.entities.update({ type: 'team', id: at(3), data: { size: 7 } });
  await ada.entities.update({ type: 'team', id: at(5), data: { size: 8 } });
  return { workspace, ada, play, id };
}

const networkBy = async (client: Client, asked: Parameters<Client['compare']['network']>[0]) =>
  resultOf<ComparedNetwork>(await client.compare.network(asked));

/** Ids of nodes or edges that differ so; null for those of the context. */
function idsOf(
  { network, changes }: ComparedNetwork,
  of: 'nodes' | 'edges',
  change: string | null,
): string[] {
  return network[of].id.filter((id) => (changes[id] ?? null) === change).toSorted();
}

function linesOf({ nodes, edges }: Network): Map<string, string> {
  return new Map(
    edges.id.map((id, at) => [id, `${nodes.id[edges.from[at] ?? -1]} ${nodes.id[edges.to[at] ?? -1]}`]),
  );
}

test('differences are shown with their neighbours, including records missing in Play', async () => {
  const { ada, play, id } = await changed();
  const found = await networkBy(ada, { id });
  expect(found.changes).toEqual({
    'line-0': 'removed',
    new: 'added',
    'line-3': 'conflict',
    'line-5': 'live',
    'link-new': 'added',
  });
  expect(idsOf(found, 'nodes', null)).toEqual(['line-1', 'line-2', 'line-4']);
  // Line 1 and 2 are only context: the link between them says nothing of what differs.
  expect(idsOf(found, 'edges', null)).toEqual(['link-0', 'link-2', 'link-3', 'link-4']);
  expect(found.network.nodes.title[found.network.nodes.id.indexOf('line-0')]).toBe('Line 0');
  expect(found).toMatchObject({ network: { matched: 7 }, left: { limit: 0, other: 0 } });
  expect(await networkBy(play, { id })).toEqual(found);
});

test('it equals the difference of the networks of both sides', async () => {
  const { ada, play, id } = await changed();
  const found = await networkBy(ada, { id, classes: ['play', 'both', 'conflict'] });
  const inLive = await ada.network.graph({ types: [...types] });
  const inPlay = await play.network.graph({ types: [...types] });
  const only = (one: readonly string[], other: readonly string[]): string[] =>
    one.filter((each) => !other.includes(each)).toSorted();
  expect(idsOf(found, 'nodes', 'added')).toEqual(only(inPlay.nodes.id, inLive.nodes.id));
  expect(idsOf(found, 'nodes', 'removed')).toEqual(only(inLive.nodes.id, inPlay.nodes.id));
  expect(idsOf(found, 'edges', 'added')).toEqual(only(inPlay.edges.id, inLive.edges.id));
  // What is hidden with a record that Play deleted was not changed itself.
  expect(only(inLive.edges.id, inPlay.edges.id)).toEqual(['link-0']);
  expect(idsOf(found, 'edges', 'removed')).toEqual([]);
  const lines = new Map([...linesOf(inLive), ...linesOf(inPlay)]);
  for (const [link, ends] of linesOf(found.network)) expect(lines.get(link)).toBe(ends);
});
