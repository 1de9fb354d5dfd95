import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { betweenness } from '#core/analysis/graph/betweenness.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import {
  toDistanceGraph,
  distanceOf,
  weightedBetweenness,
} from '#core/analysis/graph/weighted-betweenness.ts';
import {
  difference,
  edgesOf,
  everyNth,
  graphOf,
  multigraphs,
  renamedGraphs,
  simpleGraphs,
  simplePaths,
  smallGraphs,
  trivial,
} from './support.ts';

/** By its definition: every path of the least length of every pair. */
function byPaths(graph: Graph): number[] {
  const lengths = new Map(edgesOf(graph).map(([from, to, length]) => [`${from} ${to}`, length]));
  const lengthOf = (path: readonly number[]): number =>
    path.slice(1).reduce((sum, node, at) => {
      const before = path[at] as number;
      return sum + (lengths.get(`${Math.min(node, before)} ${Math.max(node, before)}`) ?? 0);
    }, 0);
  const scores = Array.from({ length: graph.size }, () => 0);
  for (let from = 0; from < graph.size; from += 1) {
    for (let to = from + 1; to < graph.size; to += 1) {
      const paths = simplePaths(graph, from, to);
      const shortest = Math.min(...paths.map(lengthOf));
      const among = paths.filter((path) => lengthOf(path) === shortest);
      for (const node of among.flatMap((path) => path.slice(1, -1)))
        scores[node] = (scores[node] as number) + 1 / among.length;
    }
  }
  return scores;
}

describe('weighted betweenness', () => {
  it.each(Object.entries(multigraphs))('of %s is that of NetworkX', (_, known) => {
    const scores = weightedBetweenness(toDistanceGraph(simpleGraphs(known).passing));
    expect(difference(scores, known.weightedBetweenness)).toBeLessThan(1e-8);
  });

  test.prop([smallGraphs()])('counts the paths of the least length of each pair', (graph) => {
    expect(difference(weightedBetweenness(graph), byPaths(graph))).toBeLessThan(1e-9);
  });

  test.prop([smallGraphs(12)])('with equal weights is betweenness', (graph) => {
    const equal = { ...graph, weights: graph.weights.map(() => 7) };
    expect(difference(weightedBetweenness(equal), betweenness(graph))).toBeLessThan(1e-9);
  });

  test.prop([renamedGraphs])('does not depend on how nodes are numbered', ({ graph, renamed, names }) => {
    const scores = weightedBetweenness(renamed);
    const named = names.map((name) => scores[name] as number);
    expect(difference(named, weightedBetweenness(graph))).toBeLessThan(1e-9);
  });

  test.prop([smallGraphs(40), fc.integer({ min: 1, max: 5 }), fc.boolean()])(
    'is the sum of its shares',
    (graph, of, isSample) => {
      const sum = new Float64Array(graph.size);
      for (let index = 0; index < of; index += 1)
        weightedBetweenness(graph, { sources: everyNth(graph, index, of), isSample }).forEach(
          (score, node) => ((sum[node] as number) += score),
        );
      expect(difference(sum, weightedBetweenness(graph))).toBeLessThan(1e-9);
    },
  );

  it('is defined without paths', () => {
    expect([...weightedBetweenness(trivial.empty)]).toEqual([]);
    expect([...weightedBetweenness(trivial.edgeless)]).toEqual([0, 0, 0]);
  });

  it('leaves out links over which nothing passes, and all that passes is still a step', () => {
    expect([0, 1, Math.exp(-1), Math.exp(-1e-9)].map(distanceOf)).toEqual([Infinity, 1, 1e6, 1]);
    const graph = graphOf(3, [
      [0, 1, 0],
      [1, 2, 1],
    ]);
    expect(edgesOf(toDistanceGraph(graph))).toEqual([[1, 2, 1]]);
  });

  it('reports the number of sources done', () => {
    const heard: [number, number][] = [];
    const onProgress = (done: number, total: number): unknown => heard.push([done, total]);
    weightedBetweenness(trivial.edgeless, { sources: Uint32Array.of(0, 2), onProgress });
    expect(heard).toEqual([[2, 2]]);
  });
});
