import { expect, test } from 'vitest';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import type { Network } from '#shared/contract/network.ts';
import { comparedBy } from '#test/support/compare.ts';
import { refused } from '#test/support/refusal.ts';
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

const networkBy = async (client: Client, asked: Parameters<Client['sandboxes']['compareNetwork']>[0]) =>
  resultOf<ComparedNetwork>(await client.sandboxes.compareNetwork(asked));

/** Ids of what a network has that differs so. */
function idsOf(part: { id: string[]; class: unknown[] }, of: string | null): string[] {
  return part.id.filter((_, at) => part.class[at] === of).toSorted();
}

function linesOf({ nodes, edges }: Network | ComparedNetwork): Map<string, string> {
  return new Map(
    edges.id.map((id, at) => [id, `${nodes.id[edges.from[at] ?? -1]} ${nodes.id[edges.to[at] ?? -1]}`]),
  );
}

test('what differs stands in it with what is beside it, also what Play no longer has', async () => {
  const { ada, play, id } = await changed();
  const found = await networkBy(ada, { id });
  expect(idsOf(found.nodes, 'play')).toEqual(['line-0', 'new']);
  expect(idsOf(found.nodes, 'conflict')).toEqual(['line-3']);
  expect(idsOf(found.nodes, 'live')).toEqual(['line-5']);
  expect(idsOf(found.nodes, null)).toEqual(['line-1', 'line-2', 'line-4']);
  expect(idsOf(found.edges, 'play')).toEqual(['link-0', 'link-new']);
  // Line 1 and 2 are only beside what differs: the link between them says nothing of it.
  expect(idsOf(found.edges, null)).toEqual(['link-2', 'link-3', 'link-4']);
  const removed = found.nodes.id.indexOf('line-0');
  expect(found.nodes.title[removed]).toBe('Line 0');
  expect(found.nodes.play[removed]).toBe('deleted');
  expect(found.edges.title[found.edges.id.indexOf('link-0')]).toBe('Line 0 → Line 1');
  expect(found).toMatchObject({ matched: 7, left: { limit: 0, other: 0 } });
  expect(await networkBy(play, { id })).toEqual(found);
});

test('it is what the networks of both sides are without each other', async () => {
  const { ada, play, id } = await changed();
  const found = await networkBy(ada, { id, classes: ['play', 'both', 'conflict'] });
  const inLive = await ada.network.graph({ types: [...types] });
  const inPlay = await play.network.graph({ types: [...types] });
  const only = (one: readonly string[], other: readonly string[]): string[] =>
    one.filter((each) => !other.includes(each)).toSorted();
  const did = (part: ComparedNetwork['nodes' | 'edges'], action: string): string[] =>
    part.id.filter((_, at) => part.play[at] === action).toSorted();
  expect(did(found.nodes, 'created')).toEqual(only(inPlay.nodes.id, inLive.nodes.id));
  expect(did(found.nodes, 'deleted')).toEqual(only(inLive.nodes.id, inPlay.nodes.id));
  expect(did(found.edges, 'created')).toEqual(only(inPlay.edges.id, inLive.edges.id));
  const interfaces = inLive.edges.id.filter((_, at) => inLive.edges.kind[at] === 'interface');
  expect(did(found.edges, 'deleted')).toEqual(only(interfaces, inPlay.edges.id));
  const lines = new Map([...linesOf(inLive), ...linesOf(inPlay)]);
  for (const [link, ends] of linesOf(found)) expect(lines.get(link)).toBe(ends);
});

test('the filters of the list say what is meant; what differs beside it is said to differ', async () => {
  const { ada, id } = await changed();
  const found = await networkBy(ada, { id, classes: ['conflict'] });
  expect(found.nodes.id.toSorted()).toEqual(['line-2', 'line-3', 'line-4']);
  expect(found.nodes.id.filter((_, at) => found.nodes.found[at])).toEqual(['line-3']);
  const named = await networkBy(ada, { id, text: 'Line 1' });
  // A link that matches brings both of its ends; that one of them was deleted is said.
  expect(named.edges.id).toEqual(['link-0']);
  expect(named.nodes.class[named.nodes.id.indexOf('line-0')]).toBe('play');
  expect(named.nodes.found).toEqual([false, false]);
});

test('beyond the limit what differs comes first, and what is left out is counted', async () => {
  const { ada, play, id } = await changed();
  await play.views.create({ name: 'Teams', address: 'frames://live/teams', layout: null });
  const found = await networkBy(ada, { id, limit: 3 });
  expect(found.nodes.id).toHaveLength(3);
  expect(found.nodes.found).toEqual([true, true, true]);
  const { counts } = await comparedBy(ada, id);
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const shown = [...found.nodes.found, ...found.edges.found].filter(Boolean).length;
  expect(found.left).toEqual({ limit: all - 1 - shown, other: 1 });
  expect(found.matched).toBe(7);
});

test('nothing different is an empty network, and a sandbox that is not there is refused', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { id } = await take(ada, 'Play');
  expect((await networkBy(ada, { id })).nodes.id).toEqual([]);
  await refused('NOT_FOUND', networkBy(ada, { id: 'sbx_nowhere' }));
});
