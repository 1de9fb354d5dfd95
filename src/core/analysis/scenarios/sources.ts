import type { KnowledgeGraph, Reach } from '../knowledge.ts';

/** Links visited for the reach of all nodes: a second or so. */
const usualVisits = 40_000_000;
const probes = 64;
/** The smallest sample. */
const fewest = 64;

/**
 * The nodes from which reach is measured: all that pass something on, or in a large network those with the lowest `lots`, so that one
 * measurement visits about `mostVisits` links; each counts `times`. All runs use the same nodes, so that differences between runs come from
 * the runs.
 */
export function drawSources(
  graph: KnowledgeGraph,
  reach: Reach,
  lots: Uint32Array,
  mostVisits = usualVisits,
): { nodes: readonly number[]; times: number } {
  const { size, offsets } = graph;
  const holding: number[] = [];
  for (let node = 0; node < size; node++) if (offsets[node] !== offsets[node + 1]) holding.push(node);
  if (holding.length <= fewest) return { nodes: holding, times: 1 };
  const drawn = holding.toSorted((a, b) => (lots[a] as number) - (lots[b] as number));
  const before = reach.visited;
  for (const node of drawn.slice(0, probes)) reach.from(node);
  const each = (reach.visited - before) / probes;
  const count = Math.max(fewest, Math.floor(mostVisits / Math.max(1, each)));
  if (count >= holding.length) return { nodes: holding, times: 1 };
  return { nodes: drawn.slice(0, count), times: holding.length / count };
}
