import type { Graph } from '../graph/graph.ts';
import { strengths } from '../graph/modularity.ts';
import { byScore } from '../graph/robustness.ts';
import { Reach } from '../knowledge.ts';

/** How far a failure of a node spreads. */
export interface Spread {
  node: number;
  /** The share, 0 to 1, of what all others carry that it puts at risk. */
  value: number;
  /** How many others it can reach. */
  reached: number;
}

/** Links that are looked at: a second or so. */
const usualVisits = 40_000_000;

/**
 * How a failure of each node spreads, where the weight of an edge is the likelihood, 0 to 1, that it passes on: that of a path is the product of its
 * edges, over at most three of them, and the likeliest path counts. The impact on a node is what it carries: the sum of weights of its edges. Likelihood
 * times impact, added up over all others, is what a failure puts at risk. This is the propagation of change in networks of designs by Clarkson, Simons
 * and Eckert (2004), "Predicting change propagation in complex design", reduced to the likeliest path. The likelihood is what passes over a link,
 * 1 - loss: who gets much over a link misses much without it.
 *
 * Nodes are tried from the strongest on, until `mostVisits` links were looked at: `tried` is how many. Furthest first. Yields with each node.
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
