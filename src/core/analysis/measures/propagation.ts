import type { Graph } from '../graph/graph.ts';
import { strengths } from '../graph/modularity.ts';
import { byScore } from '../graph/robustness.ts';
import { Reach } from '../knowledge.ts';

/** How far a failure of a node spreads. */
export interface Spread {
  node: number;
  /** The share, 0 to 1, of the capacity of all others that it puts at risk. */
  value: number;
  /** The number of nodes that it can reach. */
  reached: number;
}

/** Links visited: a second or so. */
const usualVisits = 40_000_000;

/**
 * How a failure of each node spreads. The weight of an edge is the likelihood, 0 to 1, that it passes the failure on; a path of at most
 * three edges has the product, and the likeliest path counts. The impact on a node is its weighted degree. Likelihood × impact, summed over
 * all others, is the risk. A reduction of the change propagation of Clarkson, Simons and Eckert (2004), "Predicting change propagation in
 * complex design", to the likeliest path, with 1 − loss as the likelihood: a record that gets much over a link misses much without it.
 * Nodes are tried by descending strength until `mostVisits` links were visited; `tried` is their number. Results are sorted by risk. Yields
 * after each node.
 */
export function* propagation(
  graph: Graph,
  mostVisits = usualVisits,
): Generator<void, { spreads: Spread[]; tried: number }, void> {
  const reach = new Reach({ ...graph, links: new Uint32Array() });
  const impact = strengths(graph);
  const total = impact.reduce((sum, one) => sum + one, 0);
  const spreads: Spread[] = [];
  for (const node of byScore(impact)) {
    if (reach.visited > mostVisits) break;
    reach.from(node);
    const { count, sum } = reach.weighted(impact);
    const others = total - (impact[node] as number);
    spreads.push({ node, value: others > 0 ? sum / others : 0, reached: count });
    yield;
  }
  spreads.sort((a, b) => b.value - a.value || a.node - b.node);
  return { spreads, tried: spreads.length };
}
