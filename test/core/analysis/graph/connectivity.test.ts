import { test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { findComponents, findCuts } from '#core/analysis/graph/connectivity.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import {
  distances,
  edgesOf,
  graphOf,
  known,
  knownGraph,
  multigraphs,
  renamedGraphs,
  simpleGraphs,
  smallGraphs,
  trivial,
  without,
} from './support.ts';

describe('components and cuts', () => {
  it.each(Object.entries(known))('of %s are those of NetworkX and igraph', (_, graph) => {
    expect(findComponents(knownGraph(graph)).count).toBe(graph.components);
    const { articulationPoints, bridges } = graph;
    expect(findCuts(knownGraph(graph))).toEqual({ articulationPoints, bridges });
  });

  it.each(Object.entries(multigraphs))(
    'of %s are those of NetworkX, where parallel links are no bridges',
    (_, graph) => {
      const { counted } = simpleGraphs(graph);
      expect(findComponents(counted).count).toBe(graph.components);
      const { articulationPoints, bridges } = graph;
      expect(findCuts(counted, counted.weights)).toEqual({ articulationPoints, bridges });
    },
  );

  test.prop([smallGraphs(9)])('components hold what paths join, numbered by their smallest node', (graph) => {
    const { count, component } = findComponents(graph);
    for (let node = 0; node < graph.size; node += 1) {
      const joined = distances(graph, node).map((steps) => steps < Infinity);
      expect([...component].map((number) => number === component[node])).toEqual(joined);
    }
    expect([...new Set(component)]).toEqual(Array.from({ length: count }, (_, number) => number));
  });

  const pieces = (graph: Graph): number => findComponents(graph).count;

  test.prop([smallGraphs(9)])('cuts are what leaves more components when it is removed', (graph) => {
    const { articulationPoints, bridges } = findCuts(graph);
    const nodes = Array.from({ length: graph.size }, (_, node) => node);
    // A removed node stays as a component of its own.
    expect(articulationPoints).toEqual(
      nodes.filter((node) => pieces(without(graph, [node])) > pieces(graph) + 1),
    );
    expect(bridges).toEqual(
      edgesOf(graph)
        .map(([from, to]) => [from, to] as const)
        .filter((edge) => pieces(without(graph, [], edge)) > pieces(graph)),
    );
  });

  test.prop([renamedGraphs])('do not depend on how nodes are numbered', ({ graph, renamed, names }) => {
    const rename = (node: number): number => names[node] as number;
    const [one, other] = [findCuts(graph), findCuts(renamed)];
    expect(new Set(one.articulationPoints.map(rename))).toEqual(new Set(other.articulationPoints));
    const texts = one.bridges.map((edge) =>
      edge
        .map(rename)
        .toSorted((a, b) => a - b)
        .join(),
    );
    expect(new Set(texts)).toEqual(new Set(other.bridges.map((edge) => edge.join())));
  });

  it('are no edges that are there several times, whose nodes are cuts all the same', () => {
    const path = graphOf(4, [
      [0, 1, 1],
      [1, 2, 2],
      [2, 3, 1],
    ]);
    const bridges = [
      [0, 1],
      [2, 3],
    ];
    expect(findCuts(path, path.weights)).toEqual({ articulationPoints: [1, 2], bridges });
  });

  it('are found in a path of 200,000 nodes', () => {
    const size = 200_000;
    const path = graphOf(
      size,
      Array.from({ length: size - 1 }, (_, node) => [node, node + 1, 1] as const),
    );
    const { articulationPoints, bridges } = findCuts(path);
    expect([articulationPoints.length, bridges.length]).toEqual([size - 2, size - 1]);
  });

  it('are defined without edges', () => {
    expect(findComponents(trivial.empty)).toEqual({ count: 0, component: new Uint32Array() });
    expect(findComponents(trivial.edgeless)).toEqual({ count: 3, component: Uint32Array.of(0, 1, 2) });
    for (const graph of Object.values(trivial))
      expect(findCuts(graph)).toEqual({ articulationPoints: [], bridges: [] });
  });
});
