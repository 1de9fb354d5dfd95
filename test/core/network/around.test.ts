import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Network } from '#shared/contract/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import { refused } from '#test/support/refusal.ts';
import { testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import { edgesOf, isWhole, networkTemplate, nodeOf } from './crew.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await networkTemplate();

describe('around a record', () => {
  test('are the records within some steps, the record first', async () => {
    const ada = (await testWorkspace({ template })).as();
    const one = await ada.network.neighbourhood({ id: 'a' });
    expect(isWhole(one)).toBe(true);
    expect(one.nodes.id[0]).toBe('a');
    expect(one.nodes.id.toSorted()).toEqual(['a', 'b', 'd', 'f']);
    // The outermost are joined among themselves too, were there any.
    expect(edgesOf(one)).toEqual(['a>b', 'd>a', 'f>a']);
    const two = await ada.network.neighbourhood({ id: 'a', depth: 2 });
    expect(two.nodes.id.toSorted()).toEqual(['a', 'b', 'c', 'd', 'f']);
    expect(edgesOf(two)).toEqual(['a>b', 'b>c', 'c>d', 'd>a', 'f>a']);
    expect(two.matched).toBe(5);
    expect((await ada.network.neighbourhood({ id: 'e' })).nodes.id).toEqual(['e']);
  });

  test('follows references on request', async () => {
    const ada = (await testWorkspace({ template })).as();
    const graph = await ada.network.neighbourhood({ id: 's', references: true });
    expect(graph.nodes.id[0]).toBe('s');
    expect(graph.nodes.id.toSorted()).toEqual(['a', 's', 'u1']);
    expect(edgesOf(graph)).toEqual(['a>u1', 's>a', 's>u1']);
    expect(new Set(graph.edges.id).size).toBe(graph.edges.id.length);
    const project = await ada.network.neighbourhood({ id: 'p', depth: 1, references: true });
    expect(project.nodes.id.toSorted()).toEqual(['a', 'p', 'u1']);
    expect((await ada.network.neighbourhood({ id: 's' })).nodes.id).toEqual(['s']);
  });

  test('includes fields and positions, and the nearest records if there are too many', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.network.savePositions({ places: [{ id: 'b', x: 3, y: 4 }] });
    const graph = await ada.network.neighbourhood({ id: 'a', depth: 5, limit: 2, fields: ['size', 'role'] });
    expect(graph.nodes.id).toEqual(['a', 'b']);
    expect(graph.matched).toBe(5);
    expect(nodeOf(graph, 'b')).toMatchObject({ x: 3, y: 4, values: { size: 2, role: null } });
    await refused('INVALID', ada.network.neighbourhood({ id: 'a', fields: ['bond_type'] }));
  });
});

/** What is at most `depth` steps from a node in a graph, found the slow way. */
function near(graph: Network, id: string, depth: number): Set<string> {
  const found = new Set([id]);
  for (let step = 0; step < depth; step++) {
    const reached = edgesOf(graph).flatMap((edge) => {
      const [from = '', to = ''] = edge.split('>');
      return found.has(from) ? [to] : found.has(to) ? [from] : [];
    });
    for (const one of reached) found.add(one);
  }
  return found;
}

test('around is the part of the graph that is near, whatever is joined with what', async () => {
  const pairs = fc.array(fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 11 })), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      pairs,
      fc.nat({ max: 11 }),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (links, at, depth, references) =>
        withWorkspace(undefined, async (workspace) => {
          const ada = workspace.as();
          const create = { kind: 'create' as const };
          const teams = Array.from({ length: 12 }, (_, index) => ({
            ...create,
            type: index < 6 ? ('team' as const) : ('student' as const),
            id: `n${index}`,
            data: { name: `N${index}`, ...(index >= 6 ? { team_id: `n${index % 4}` } : {}) },
          }));
          const joins = links.flatMap(([from, to], index) =>
            from === to
              ? []
              : [
                  {
                    ...create,
                    type: 'interface' as const,
                    id: `l${index}`,
                    data: { from: `n${from}`, to: `n${to}` },
                  },
                ],
          );
          await ada.entities.applyChanges({ changes: [...teams, ...joins] });
          const whole = await ada.network.graph({ types: [...nodeType.options], references });
          const part = await ada.network.neighbourhood({ id: `n${at}`, depth, references });
          const expected = near(whole, `n${at}`, depth);
          expect(new Set(part.nodes.id)).toEqual(expected);
          const inside = edgesOf(whole).filter((edge) => edge.split('>').every((end) => expected.has(end)));
          expect(edgesOf(part)).toEqual(inside);
          expect(isWhole(part)).toBe(true);
        }),
    ),
    { numRuns: lawRuns(30) },
  );
});
