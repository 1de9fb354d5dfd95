import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { betweenness, sumPaths } from '#core/analysis/graph/betweenness.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import {
  difference,
  distances,
  everyNth,
  known,
  knownGraph,
  renamedGraphs,
  simplePaths,
  smallGraphs,
  trivial,
} from './support.ts';

/** By its definition: every shortest path of every pair. */
function byPaths(graph: Graph): number[] {
  const scores = Array.from({ length: graph.size }, () => 0);
  for (let from = 0; from < graph.size; from += 1) {
    for (let to = from + 1; to < graph.size; to += 1) {
      const paths = simplePaths(graph, from, to);
      const shortest = Math.min(...paths.map((path) => path.length));
      const among = paths.filter((path) => path.length === shortest);
      for (const node of among.flatMap((path) => path.slice(1, -1)))
        scores[node] = (scores[node] as number) + 1 / among.length;
    }
  }
  return scores;
}

describe('betweenness', () => {
  it.each(Object.entries(known))('of %s is that of NetworkX and igraph', (_, graph) => {
    expect(difference(betweenness(knownGraph(graph)), graph.betweenness)).toBeLessThan(1e-9);
  });

  it('has the published values', () => {
    // Krackhardt (1990): Heather; Knuth (1993): Valjean, normalised.
    expect(Math.max(...betweenness(knownGraph(known.kite)))).toBeCloseTo(14, 12);
    const { names } = known.miserables;
    const pairs = ((names.length - 1) * (names.length - 2)) / 2;
    const scores = betweenness(knownGraph(known.miserables)).map((score) => score / pairs);
    expect(scores[names.indexOf('Valjean')]).toBeCloseTo(0.57, 3);
  });

  test.prop([smallGraphs()])('counts the shortest paths of each pair', (graph) => {
    expect(difference(betweenness(graph), byPaths(graph))).toBeLessThan(1e-9);
  });

  test.prop([renamedGraphs])('does not depend on how nodes are numbered', ({ graph, renamed, names }) => {
    const scores = betweenness(renamed);
    const named = names.map((name) => scores[name] as number);
    expect(difference(named, betweenness(graph))).toBeLessThan(1e-9);
  });

  test.prop([smallGraphs(40), fc.integer({ min: 1, max: 5 }), fc.boolean()])(
    'is the sum of its shares',
    (graph, of, isSample) => {
      const sum = new Float64Array(graph.size);
      for (let index = 0; index < of; index += 1)
        betweenness(graph, { sources: everyNth(graph, index, of), isSample }).forEach(
          (score, node) => ((sum[node] as number) += score),
        );
      expect(difference(sum, betweenness(graph))).toBeLessThan(1e-9);
    },
  );

  test.prop([smallGraphs(9), fc.nat({ max: 8 })])('counts the steps from its sources', (graph, source) => {
    fc.pre(source < graph.size);
    const { distances: found, dependencies } = sumPaths(graph, { sources: Uint32Array.of(source) });
    const steps = distances(graph, source).map((step) => (step < Infinity ? step : 0));
    expect([...found.sums]).toEqual(steps);
    expect([...found.squares]).toEqual(steps.map((step) => step ** 2));
    expect(
      difference(
        dependencies.squares,
        dependencies.sums.map((sum) => sum ** 2),
      ),
    ).toBeLessThan(1e-9);
  });

  it('is defined without paths', () => {
    expect([...betweenness(trivial.empty)]).toEqual([]);
    expect([...betweenness(trivial.single)]).toEqual([0]);
    expect([...betweenness(trivial.edgeless)]).toEqual([0, 0, 0]);
  });

  it('reports the number of sources done, and stops if the callback throws', () => {
    const graph = knownGraph(known.karate);
    const heard: [number, number][] = [];
    betweenness(graph, {
      sources: everyNth(graph, 1, 2),
      onProgress: (done, total) => heard.push([done, total]),
    });
    expect(heard.at(-1)).toEqual([17, 17]);
    const cancel = (): never => {
      throw new Error('cancelled');
    };
    expect(() => betweenness(graph, { onProgress: cancel })).toThrow('cancelled');
  });
});
