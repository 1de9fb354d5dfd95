import { test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { runSync } from '#core/kernel/progress.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { propagateFailures } from '#core/analysis/measures/network-model.ts';
import { edgesOf, graphOf, simplePaths, smallGraphs, trivial } from '../graph/support.ts';

const spread = (graph: Graph, mostVisits?: number) => runSync(propagateFailures(graph, mostVisits));

/** Weights as likelihoods: among them 0 and 1. */
const likelihoods = smallGraphs().map((graph) => ({
  ...graph,
  weights: graph.weights.map((weight) => (weight % 5) / 4),
}));

/** By its definition: the likeliest of all paths of at most three edges. */
function byPaths(graph: Graph, source: number, target: number): number {
  const weights = new Map(edgesOf(graph).map(([from, to, weight]) => [`${from}-${to}`, weight]));
  const ofEdge = (a: number, b: number): number => weights.get(`${Math.min(a, b)}-${Math.max(a, b)}`) ?? 0;
  const products = simplePaths(graph, source, target)
    .filter((path) => path.length - 1 <= 3)
    .map((path) =>
      path.slice(1).reduce((product, node, at) => product * ofEdge(path[at] as number, node), 1),
    );
  return Math.max(0, ...products);
}

test.prop([likelihoods])('a failure spreads along the likeliest paths, weighted by strength', (graph) => {
  const impact = Array.from({ length: graph.size }, (_, node) =>
    edgesOf(graph).reduce((sum, [a, b, weight]) => sum + (a === node || b === node ? weight : 0), 0),
  );
  const { spreads, tried } = spread(graph);
  expect(tried).toBe(graph.size);
  for (const { node, value, reached } of spreads) {
    const others = impact.map((_, other) => other).filter((other) => other !== node);
    const total = others.reduce((sum, other) => sum + (impact[other] as number), 0);
    const reaching = others.map((other) => byPaths(graph, node, other));
    const risk = others.reduce(
      (sum, other, at) => sum + (reaching[at] as number) * (impact[other] as number),
      0,
    );
    expect(value).toBeCloseTo(total === 0 ? 0 : risk / total, 12);
    expect(reached).toBe(reaching.filter((one) => one > 0).length);
  }
});

it('is defined if nothing passes, and tries the strongest first within its limit', () => {
  expect(spread(trivial.empty)).toEqual({ spreads: [], tried: 0 });
  expect(spread(trivial.edgeless).spreads.map(({ value }) => value)).toEqual([0, 0, 0]);
  const path = graphOf(3, [
    [0, 1, 1],
    [1, 2, 1],
  ]);
  expect(spread(path, 0)).toEqual({ spreads: [{ node: 1, value: 1, reached: 2 }], tried: 1 });
});
