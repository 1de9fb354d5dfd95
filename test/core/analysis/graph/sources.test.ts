import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { betweenness, sumPaths } from '#core/analysis/graph/betweenness.ts';
import { findComponents } from '#core/analysis/graph/connectivity.ts';
import { buildGraph } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import {
  drawSources,
  relativeError,
  estimateBetweenness,
  estimateCloseness,
} from '#core/analysis/graph/sampling.ts';
import type { Estimate } from '#core/analysis/graph/sampling.ts';
import { difference, known, knownGraph, multigraphs, simpleGraphs, smallGraphs } from './support.ts';

function estimate(graph: Graph, budget: number, seed = 1) {
  const parts = findComponents(graph);
  const sources = drawSources(parts, graph.offsets, { budget, random: seededRandom(seed) });
  const found = sumPaths(graph, { sources: sources.nodes, isSample: !sources.isExact });
  return {
    sources,
    betweenness: estimateBetweenness(parts, sources, found.dependencies),
    closeness: estimateCloseness(parts, sources, found.distances),
  };
}

/** A component of 600 nodes, one of 150, and some small ones. */
function threeParts(): Graph {
  const random = seededRandom(3);
  const edges = [
    ...Array.from({ length: 1800 }, () => [random() * 600, random() * 600] as const),
    ...Array.from({ length: 500 }, () => [600 + random() * 150, 600 + random() * 150] as const),
    [750, 751] as const,
    [751, 752] as const,
  ].map((ends) => ends.map(Math.floor));
  return buildGraph(
    754,
    edges.map(([from = 0]) => from),
    edges.map(([, to = 0]) => to),
  );
}

describe('closeness', () => {
  it.each(Object.entries(known))('of %s is that of NetworkX', (_, graph) => {
    expect(difference(estimate(knownGraph(graph), Infinity).closeness.values, graph.closeness)).toBeLessThan(
      1e-11,
    );
  });

  it.each(Object.entries(multigraphs))('of %s is that of NetworkX', (_, graph) => {
    const { closeness } = estimate(simpleGraphs(graph).counted, Infinity);
    expect(difference(closeness.values, graph.closeness)).toBeLessThan(1e-11);
  });
});

describe('sources', () => {
  test.prop([smallGraphs(20)])(
    'are all nodes where the budget allows it, and then nothing is estimated',
    (graph) => {
      const { sources, ...found } = estimate(graph, Infinity);
      expect(sources.isExact).toBe(true);
      expect(sources.nodes.toSorted()).toEqual(Uint32Array.from({ length: graph.size }, (_, node) => node));
      expect(difference(found.betweenness.values, betweenness(graph))).toBeLessThan(1e-9);
      expect([relativeError(found.betweenness), relativeError(found.closeness)]).toEqual([0, 0]);
    },
  );

  it('are drawn from each component by its size, all of a small one', () => {
    const graph = threeParts();
    const parts = findComponents(graph);
    const options = { budget: 300 * 3000, random: seededRandom(1) };
    const { sizes, sourceCounts: drawn, nodes, isExact } = drawSources(parts, graph.offsets, options);
    expect(isExact).toBe(false);
    const counts = new Uint32Array(sizes.length);
    for (const node of nodes) (counts[parts.component[node] as number] as number) += 1;
    expect(counts).toEqual(drawn);
    expect(new Set(nodes).size).toBe(nodes.length);
    drawn.forEach((count, at) => {
      const size = sizes[at] as number;
      expect(count >= Math.min(size, 100) && count <= size).toBe(true);
    });
  });

  test.prop([fc.nat({ max: 1000 })])('of a smaller budget are among those of a larger one', (seed) => {
    const graph = threeParts();
    const parts = findComponents(graph);
    const drawn = (budget: number): Uint32Array =>
      drawSources(parts, graph.offsets, { budget, random: seededRandom(seed) }).nodes;
    const many = new Set(drawn(2_000_000));
    expect(drawn(500_000).every((node) => many.has(node))).toBe(true);
  });

  it('estimate values within the stated error', () => {
    const graph = threeParts();
    const exact = estimate(graph, Infinity);
    const within = { betweenness: 0, closeness: 0 };
    const runs = 40;
    for (let seed = 0; seed < runs; seed += 1) {
      const sampled = estimate(graph, 600_000, seed);
      for (const measure of ['betweenness', 'closeness'] as const) {
        const found: Estimate = sampled[measure];
        const most = Math.max(...found.values);
        const off = found.values.map((value, node) =>
          Math.abs(value - (exact[measure].values[node] as number)),
        );
        expect(relativeError(found)).toBeLessThan(0.5);
        within[measure] += off.filter((one) => one <= relativeError(found) * most).length / off.length / runs;
      }
    }
    expect(within.betweenness).toBeGreaterThan(0.95);
    expect(within.closeness).toBeGreaterThan(0.95);
  });
});
