import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { eigenvectorCentrality } from '#core/analysis/graph/eigenvector.ts';
import {
  difference,
  edgesOf,
  graphOf,
  known,
  knownGraph,
  multigraphs,
  simpleGraphs,
  smallGraphs,
  trivial,
} from './support.ts';

describe('eigenvector centrality', () => {
  it.each(Object.entries(known))('of %s is that of NetworkX', (_, graph) => {
    expect(difference(eigenvectorCentrality(knownGraph(graph)), graph.eigenvector)).toBeLessThan(1e-7);
  });

  it.each(Object.entries(multigraphs))('of %s counts parallel links as NetworkX does weights', (_, graph) => {
    expect(difference(eigenvectorCentrality(simpleGraphs(graph).counted), graph.eigenvector)).toBeLessThan(
      1e-7,
    );
  });

  it('has the published values', () => {
    // Of a star with four rays the middle has 1 / √2, each ray half of that.
    const rays = [1, 2, 3, 4].map((ray) => [0, ray, 1] as const);
    const scores = eigenvectorCentrality(graphOf(5, rays));
    expect(difference(scores, [Math.SQRT1_2, ...rays.map(() => Math.SQRT1_2 / 2)])).toBeLessThan(1e-12);
  });

  test.prop([smallGraphs(12)])('is a vector of length 1 in the proportion of its neighbours', (graph) => {
    const scores = eigenvectorCentrality(graph);
    const sums = new Float64Array(graph.size);
    for (const [from, to, weight] of edgesOf(graph)) {
      sums[from] = (sums[from] as number) + weight * (scores[to] as number);
      sums[to] = (sums[to] as number) + weight * (scores[from] as number);
    }
    const length = (values: Float64Array): number => Math.hypot(...values);
    if (graph.size > 0) expect(length(scores)).toBeCloseTo(1, 12);
    const value = length(sums);
    expect(
      difference(
        sums,
        scores.map((score) => value * score),
      ),
    ).toBeLessThan(1e-6);
  });

  it('of two equal components is in both, of unequal ones in that with the largest eigenvalue', () => {
    const pairs = graphOf(4, [
      [0, 1, 1],
      [2, 3, 1],
    ]);
    expect(difference(eigenvectorCentrality(pairs), [0.5, 0.5, 0.5, 0.5])).toBeLessThan(1e-12);
    const unequal = graphOf(4, [
      [0, 1, 1],
      [2, 3, 2],
    ]);
    expect(difference(eigenvectorCentrality(unequal), [0, 0, Math.SQRT1_2, Math.SQRT1_2])).toBeLessThan(1e-9);
  });

  it('without edges is the same everywhere', () => {
    expect([...eigenvectorCentrality(trivial.empty)]).toEqual([]);
    expect([...eigenvectorCentrality(trivial.single)]).toEqual([1]);
    expect(difference(eigenvectorCentrality(trivial.edgeless), Array(3).fill(1 / Math.sqrt(3)))).toBeLessThan(
      1e-12,
    );
  });
});
