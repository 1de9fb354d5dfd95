import type { KnowledgeGraph, Reach } from '../knowledge.ts';

/** Links that are looked at for the reach of everybody: a second or so. */
const usualVisits = 40_000_000;
const probes = 64;
/** So many nodes stand for all at least. */
const fewest = 64;

/**
 * The nodes from which the reach is measured: all that pass something on, or of a large network those with the lowest `lots`, so many that one
 * measure looks at about `mostVisits` links, and each counts `times`. The same nodes serve all runs, so that chance between runs is that of the runs.
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
