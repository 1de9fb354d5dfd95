import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
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

const networkBy = async (client: Client, asked: Parameters<Client['compare']['network']>[0]) =>
  resultOf<ComparedNetwork>(await client.compare.network(asked));

const join = (client: Client, id: string, team_id: string | null): Promise<unknown> =>
  client.entities.update({ type: 'student', id, data: { team_id } });

/** What belongs to what: "s0 t1", with what became of it. */
function belongings({ network: { nodes, edges }, changes }: ComparedNetwork): Map<string, string | null> {
  return new Map(
    edges.id.flatMap((id, at) => {
      if (edges.kind[at] !== 'reference') return [];
      const ends = [edges.from[at], edges.to[at]].map((place) => nodes.id[place ?? -1]);
      return [[ends.join(' '), changes[id] ?? null] as const];
    }),
  );
}

test('a record that changes its team leaves one and joins the other; members of a deleted team are context', async () => {
  const { ada, play, id } = await withPlay();
  await join(play, 's0', 't1');
  await play.entities.remove({ type: 'team', id: 't0' });
  const found = await networkBy(ada, { id, types: ['student', 'team'] });
  const all = belongings(found);
  expect(all.get('s0 t1')).toBe('added');
  expect(all.get('s0 t0')).toBe('removed');
  expect(all.get('t0 u0')).toBe('removed');
  expect(all.get('s0 u0')).toBeNull();
  expect(await networkBy(play, { id, types: ['student', 'team'] })).toEqual(found);
});

const isOfOthers =
  (team: string | null) =>
  ([line]: readonly [string, ...unknown[]]): boolean =>
    team === null || !line.split(' ').includes(team);

test('joined and left members are the difference of both networks', async () => {
  const team = fc.constantFrom(...teams, null);
  const moves = fc.array(fc.tuple(fc.constantFrom(...students), team), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(moves, fc.option(fc.constantFrom(...teams)), async (moved, removed) => {
      const { ada, play, id } = await withPlay();
      for (const [student, to] of moved) await join(play, student, to);
      if (removed !== null) await play.entities.remove({ type: 'team', id: removed });
      const graph = async (client: Client): Promise<string[]> => {
        const network = await client.network.graph({ types: [...types], references: true });
        return [...belongings({ network, changes: {}, left: { limit: 0, other: 0 } }).keys()];
      };
      const [inLive, inPlay] = [await graph(ada), await graph(play)];
      // What dangles with a team that Play deleted was not changed itself.
      const all = [...belongings(await networkBy(ada, { id }))].filter(isOfOthers(removed));
      const changedTo = (change: string): string[] =>
        all
          .filter(([, one]) => one === change)
          .map(([line]) => line)
          .toSorted();
      const only = (some: readonly string[], others: readonly string[]): string[] =>
        some.filter((one) => !others.includes(one) && isOfOthers(removed)([one])).toSorted();
      expect(changedTo('added')).toEqual(only(inPlay, inLive));
      expect(changedTo('removed')).toEqual(only(inLive, inPlay));
    }),
    { numRuns: 12 },
  );
});
