import { buildGraph, neighbours } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';

/** Nodes of a group, and the share of edges that stay in it. */
const [group, inside] = [100, 0.6];

/** Ends of edges as networks of people have them: most are in one's own group, the others go to few nodes more than to many. */
export function clusteredEdges(size: number, count: number): { from: Uint32Array; to: Uint32Array } {
  const random = seededRandom(1);
  const from = Uint32Array.from({ length: count }, () => random() * size);
  const to = from.map((node) =>
    random() < inside
      ? Math.min(size - 1, node - (node % group) + random() * group)
      : size * random() * random(),
  );
  return { from, to };
}

/** A graph of them. Parallel edges count once, so that every program has the same graph. */
export function clusteredGraph(size: number, count: number): Graph {
  const { from, to } = clusteredEdges(size, count);
  return buildGraph(size, from, to, undefined, Math.max);
}

/** Each edge once. */
export function* edgesOf(graph: Graph): Generator<[number, number], void, void> {
  for (let node = 0; node < graph.size; node += 1)
    for (const target of neighbours(graph, node)) if (node < target) yield [node, target];
}
