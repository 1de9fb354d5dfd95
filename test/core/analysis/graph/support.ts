import { readFileSync } from 'node:fs';
import { fc } from '@fast-check/vitest';
import { buildGraph } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';

/** A graph as fixtures/make.py describes it, with what NetworkX and igraph say of it. */
export interface Known {
  names: string[];
  edges: Edge[];
  betweenness: number[];
  closeness: number[];
  eigenvector: number[];
  cores: number[];
  components: number;
  articulationPoints: number[];
  bridges: [number, number][];
  communities: number[];
  modularity: number;
}

/** A graph of links with a direction, several between the same nodes, with what NetworkX says of it. */
export interface KnownMultigraph {
  size: number;
  /** From, to, and the share that passes. */
  links: Edge[];
  inDegree: number[];
  outDegree: number[];
  betweenness: number[];
  weightedBetweenness: number[];
  closeness: number[];
  eigenvector: number[];
  components: number;
  articulationPoints: number[];
  bridges: [number, number][];
  communities: number[];
  modularity: number;
}

export type Edge = readonly [from: number, to: number, weight: number];

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));

export const known = read('graphs') as Record<'karate' | 'kite' | 'miserables', Known> &
  Record<string, Known>;

export const multigraphs = read('multigraphs') as Record<string, KnownMultigraph>;

/** The simple graph of a multigraph: by the greatest share that passes, and by the number of parallel links. */
export function simpleGraphs({ size, links }: KnownMultigraph): { passing: Graph; counted: Graph } {
  const [from, to] = [links.map(([start]) => start), links.map(([, end]) => end)];
  return {
    passing: buildGraph(
      size,
      from,
      to,
      links.map(([, , share]) => share),
      Math.max,
    ),
    counted: buildGraph(size, from, to),
  };
}

export const graphOf = (size: number, edges: readonly Edge[]): Graph =>
  buildGraph(
    size,
    edges.map(([from]) => from),
    edges.map(([, to]) => to),
    edges.map(([, , weight]) => weight),
  );

export const knownGraph = ({ names, edges }: Known): Graph => graphOf(names.length, edges);

/** The graphs of up to seven nodes, each with its greatest modularity, from the atlas of Read and Wilson. */
export const atlas = (read('atlas') as string[]).map((line) => {
  const [size, digits = '', optimum] = line.split(' ');
  const edges = (digits.match(/../g) ?? []).map((pair): Edge => [Number(pair[0]), Number(pair[1]), 1]);
  return {
    graph: graphOf(Number(size), edges),
    optimum: Number(optimum) / Math.max(1, 2 * edges.length) ** 2,
  };
});

/** Edges between few nodes, loops and parallel ones among them; weights are whole numbers. */
export const edgeLists = (mostNodes = 7): fc.Arbitrary<{ size: number; edges: Edge[] }> =>
  fc.integer({ min: 0, max: mostNodes }).chain((size) => {
    const node = fc.nat({ max: Math.max(0, size - 1) });
    const edges = fc.array(fc.tuple(node, node, fc.integer({ min: 1, max: 5 })), { maxLength: size * 2 });
    return edges.map((found) => ({ size, edges: size === 0 ? [] : found }));
  });

export const smallGraphs = (mostNodes = 7): fc.Arbitrary<Graph> =>
  edgeLists(mostNodes).map(({ size, edges }) => graphOf(size, edges));

/** A graph twice: `names[node]` is in `renamed` what `node` is in `graph`. */
export const renamedGraphs: fc.Arbitrary<{ graph: Graph; renamed: Graph; names: number[] }> = edgeLists(
  12,
).chain(({ size, edges }) => {
  const all = Array.from({ length: size }, (_, node) => node);
  return fc.shuffledSubarray(all, { minLength: size, maxLength: size }).map((names) => ({
    graph: graphOf(size, edges),
    renamed: graphOf(
      size,
      edges.map(([from, to, weight]) => [names[from] as number, names[to] as number, weight]),
    ),
    names,
  }));
});

/** The graph without some nodes' edges, and without one edge. */
export function without(graph: Graph, nodes: readonly number[], edge?: readonly [number, number]): Graph {
  return graphOf(
    graph.size,
    edgesOf(graph).filter(
      ([from, to]) => !nodes.includes(from) && !nodes.includes(to) && !(from === edge?.[0] && to === edge[1]),
    ),
  );
}

/** Each edge once, with its smaller node first, ascending. */
export function edgesOf({ size, offsets, targets, weights }: Graph): Edge[] {
  const edges: Edge[] = [];
  for (let node = 0; node < size; node += 1) {
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1) {
      const target = targets[entry] as number;
      if (node < target) edges.push([node, target, weights[entry] as number]);
    }
  }
  return edges;
}

/** How many steps each node is from the source; Infinity where there is no path. */
export function distances(graph: Graph, source: number): number[] {
  const steps = Array.from({ length: graph.size }, (_, node) => (node === source ? 0 : Infinity));
  for (let round = 0; round < graph.size; round += 1) {
    for (const [from, to] of edgesOf(graph)) {
      const [a, b] = [steps[from] as number, steps[to] as number];
      steps[from] = Math.min(a, b + 1);
      steps[to] = Math.min(b, a + 1);
    }
  }
  return steps;
}

/** Every simple path from one node to another, as its nodes. */
export function simplePaths(graph: Graph, from: number, to: number, before: number[] = []): number[][] {
  const path = [...before, from];
  if (from === to) return [path];
  return [...graph.targets.subarray(graph.offsets[from], graph.offsets[from + 1])]
    .filter((next) => !path.includes(next))
    .flatMap((next) => simplePaths(graph, next, to, path));
}

/** Every `of`-th node, from the `index`-th on. */
export const everyNth = ({ size }: Graph, index: number, of: number): Uint32Array =>
  Uint32Array.from({ length: size }, (_, node) => node).filter((node) => node % of === index);

/** The largest difference of two lists of numbers, relative to what is above 1; Infinity for lists of different length. */
export function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  const relative = Array.from(
    expected,
    (value, at) => Math.abs((actual[at] as number) - value) / (1 + value),
  );
  return Math.max(0, ...relative);
}

/** Graphs on which every algorithm must give something that is defined. */
export const trivial = { empty: graphOf(0, []), single: graphOf(1, []), edgeless: graphOf(3, []) };
