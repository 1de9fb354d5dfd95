import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { propagation } from '#core/analysis/graph/propagation.ts';
import { edgesOf, graphOf, simplePaths, smallGraphs, trivial } from './support.ts';

/** Weights as likelihoods: among them 0 and 1. */
const likelihoods = smallGraphs().map((graph) => ({
  ...graph,
  weights: graph.weights.map((weight) => (weight % 5) / 4),
}));

/** By its definition: the likeliest of all paths. */
function byPaths(graph: Graph, source: number, target: number, horizon: number): number {
  const weights = new Map(edgesOf(graph).map(([from, to, weight]) => [`${from}-${to}`, weight]));
  const ofEdge = (a: number, b: number): number => weights.get(`${Math.min(a, b)}-${Math.max(a, b)}`) ?? 0;
  const products = simplePaths(graph, source, target)
    .filter((path) => path.length - 1 <= horizon)
    .map((path) =>
      path.slice(1).reduce((product, node, at) => product * ofEdge(path[at] as number, node), 1),
    );
  return Math.max(0, ...products);
}

test.prop([likelihoods, fc.constantFrom(0, 1, 2, 3, Infinity)])(
  'a failure spreads along the likeliest path of at most so many edges',
  (graph, horizon) => {
    for (let source = 0; source < graph.size; source += 1) {
      const { likelihood } = propagation(graph, source, { horizon });
      likelihood.forEach((value, node) =>
        expect(value).toBeCloseTo(byPaths(graph, source, node, horizon), 12),
      );
    }
  },
);

it('risk is likelihood times impact', () => {
  const graph = graphOf(4, [
    [0, 1, 0.5],
    [1, 2, 0.5],
    [0, 2, 0.1],
  ]);
  const { likelihood, risk } = propagation(graph, 0, { impact: [1, 10, 100, 1000] });
  expect([...likelihood]).toEqual([1, 0.5, 0.25, 0]);
  expect([...risk]).toEqual([1, 5, 25, 0]);
  expect([...propagation(graph, 0, { horizon: 1 }).risk]).toEqual([1, 0.5, 0.1, 0]);
  expect([...propagation(trivial.single, 0).likelihood]).toEqual([1]);
});

it('refuses a weight that is no likelihood', () => {
  expect(() => propagation(graphOf(2, [[0, 1, 1.5]]), 0)).toThrow(RangeError);
});
