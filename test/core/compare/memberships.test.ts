import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import type { Network } from '#shared/contract/network.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const types = ['university', 'project', 'team', 'faculty', 'student'] as const;
const teams = ['t0', 't1', 't2'];
const students = ['s0', 's1', 's2', 's3'];

/** Two universities and three teams; four students are in the first of these. */
async function prepare(workspace: TestWorkspace): Promise<void> {
  const ada = workspace.as();
  for (const id of ['u0', 'u1']) await ada.entities.create({ type: 'university', id, data: { name: id } });
  for (const id of teams)
    await ada.entities.create({ type: 'team', id, data: { name: id, university_id: 'u0' } });
  for (const id of students)
    await ada.entities.create({
      type: 'student',
      id,
      data: { name: id, university_id: 'u0', team_id: 't0' },
    });
}
const template = await makeTemplate(prepare);

async function withPlay(): Promise<{ ada: Client; play: Client; id: string }> {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { id } = await take(ada, 'Play');
  return { ada, play: clientOf(await openSandbox(workspace, id)), id };
}

const networkBy = async (client: Client, asked: Parameters<Client['sandboxes']['compareNetwork']>[0]) =>
  resultOf<ComparedNetwork>(await client.sandboxes.compareNetwork(asked));

const join = (client: Client, id: string, team_id: string | null): Promise<unknown> =>
  client.entities.update({ type: 'student', id, data: { team_id } });

/** What belongs to what in an answer: "s0 t1", with what became of it. */
function belongings({ nodes, edges }: ComparedNetwork): Map<string, string> {
  return new Map(
    edges.id.flatMap((_, at) => {
      if (edges.kind[at] !== 'reference') return [];
      const ends = [edges.from[at], edges.to[at]].map((place) => nodes.id[place ?? -1]);
      const mark = [edges.class[at], edges.play[at] ?? '-', edges.live[at] ?? '-'].join(' ');
      return [[ends.join(' '), mark] as const];
    }),
  );
}

const fromTo = ({ nodes, edges }: Network | ComparedNetwork, wanted: (at: number) => boolean): string[] =>
  edges.id
    .flatMap((_, at) =>
      wanted(at) ? `${nodes.id[edges.from[at] ?? -1]} ${nodes.id[edges.to[at] ?? -1]}` : [],
    )
    .toSorted();

test('who is in another team left one and joined the other; who loses a team that goes stands beside it', async () => {
  const { ada, play, id } = await withPlay();
  await join(play, 's0', 't1');
  await play.entities.remove({ type: 'team', id: 't0' });
  const found = await networkBy(ada, { id, types: ['student', 'team'] });
  const all = belongings(found);
  expect(all.get('s0 t1')).toBe('play created -');
  for (const student of students) expect(all.get(`${student} t0`)).toBe('play deleted -');
  // A team that goes is of its university no more; that the students still are of theirs says nothing.
  expect(all.get('t0 u0')).toBe('play deleted -');
  expect(all.get('s0 u0')).toBe(' - -');
  expect(await networkBy(play, { id, types: ['student', 'team'] })).toEqual(found);
});

test('of a conflict both ways are drawn, and what both left; what only live did is said to be of live', async () => {
  const { ada, play, id } = await withPlay();
  await join(play, 's0', 't1');
  await join(ada, 's0', 't2');
  await join(ada, 's1', 't2');
  await play.entities.update({ type: 'student', id: 's2', data: { name: 'Renamed' } });
  await play.entities.create({ type: 'student', id: 'new', data: { name: 'New', team_id: 't1' } });
  const all = belongings(await networkBy(ada, { id }));
  expect(all.get('s0 t1')).toBe('conflict created -');
  expect(all.get('s0 t2')).toBe('conflict - created');
  expect(all.get('s0 t0')).toBe('same deleted deleted');
  expect(all.get('s1 t0')).toBe('live - deleted');
  expect(all.get('s1 t2')).toBe('live - created');
  // The team of who was only renamed is beside it, as it was.
  expect(all.get('s2 t0')).toBe(' - -');
  expect(all.get('new t1')).toBe('play created -');
});

test('it is asked for with the record that carries it, and is no difference to be counted', async () => {
  const { ada, play, id } = await withPlay();
  await join(play, 's0', 't1');
  const found = await networkBy(ada, { id, text: 's0' });
  const marked = found.edges.id.filter((_, at) => found.edges.found[at]);
  expect(marked).toEqual(['s0.team_id.t1', 's0.team_id.t0']);
  expect(found).toMatchObject({ matched: 3, left: { limit: 0, other: 0 } });
  expect((await networkBy(ada, { id, limit: 1 })).left).toEqual({ limit: 0, other: 0 });
  const all = await networkBy(ada, { id, types: ['team'] });
  expect(all.nodes.id).toEqual([]);
});

test('what was joined and left is what the networks of both sides have without each other', async () => {
  const team = fc.constantFrom(...teams, null);
  const moves = fc.array(fc.tuple(fc.constantFrom(...students), team), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(moves, fc.option(fc.constantFrom(...teams)), async (moved, gone) => {
      const { ada, play, id } = await withPlay();
      for (const [student, to] of moved) await join(play, student, to);
      if (gone !== null) await play.entities.remove({ type: 'team', id: gone });
      const graph = async (client: Client): Promise<string[]> => {
        const network = await client.network.graph({ types: [...types], references: true });
        return fromTo(network, (at) => network.edges.kind[at] === 'reference');
      };
      const [inLive, inPlay] = [await graph(ada), await graph(play)];
      const found = await networkBy(ada, { id });
      const did = (action: string): string[] =>
        fromTo(found, (at) => found.edges.kind[at] === 'reference' && found.edges.play[at] === action);
      expect(did('created')).toEqual(inPlay.filter((one) => !inLive.includes(one)));
      expect(did('deleted')).toEqual(inLive.filter((one) => !inPlay.includes(one)));
    }),
    { numRuns: 12 },
  );
});
