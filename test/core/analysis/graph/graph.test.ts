import { test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { buildGraph, neighbours } from '#core/analysis/graph/graph.ts';
import { edgeLists, edgesOf, graphOf } from './support.ts';

test.prop([edgeLists(9)])(
  'has each edge twice, sorted, without loops, parallel ones summed',
  ({ size, edges }) => {
    const sums = new Map<string, number>();
    for (const [from, to, weight] of edges) {
      const key = `${Math.min(from, to)}-${Math.max(from, to)}`;
      if (from !== to) sums.set(key, (sums.get(key) ?? 0) + weight);
    }
    const graph = graphOf(size, edges);
    expect(new Map(edgesOf(graph).map(([from, to, weight]) => [`${from}-${to}`, weight]))).toEqual(sums);
    expect(graph.targets).toHaveLength(2 * sums.size);
    expect(graph.weights).toHaveLength(2 * sums.size);
    for (let node = 0; node < size; node += 1) {
      const row = neighbours(graph, node);
      expect([...row]).toEqual([...new Set(row)].toSorted((a, b) => a - b));
      for (const target of row) expect(neighbours(graph, target)).toContain(node);
    }
  },
);

it('merges in the order of the edges', () => {
  const graph = buildGraph(2, [0, 1, 0], [1, 0, 1], [0.5, 0.25, 0.75], (a, b) => 10 * a + b);
  expect([...graph.weights]).toEqual([10 * (10 * 0.5 + 0.25) + 0.75, 10 * (10 * 0.5 + 0.25) + 0.75]);
  expect([...buildGraph(2, [0, 0], [1, 1]).weights]).toEqual([2, 2]);
});

it('refuses an edge to a node that is not there', () => {
  expect(() => buildGraph(2, [0], [2])).toThrow(RangeError);
  expect(() => buildGraph(2, [-1], [0])).toThrow(RangeError);
  expect(() => buildGraph(2, [0, 1], [1])).toThrow(RangeError);
});
