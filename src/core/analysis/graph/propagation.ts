import { neighbours } from './graph.ts';
import type { Graph } from './graph.ts';

export interface PropagationOptions {
  /** What a failure of each node costs, in any unit; 1 by default. */
  impact?: ArrayLike<number> | undefined;
  /** How many edges a path has at most. */
  horizon?: number | undefined;
}

export interface Propagation {
  /** How likely it is, 0 to 1, that the source's failure reaches each node along its most likely path; 0 where there is none. */
  likelihood: Float64Array;
  /** Likelihood times impact. */
  risk: Float64Array;
}

/**
 * How a failure of `source` spreads, where the weight of an edge is the likelihood that it passes on: that of a path is the product of
 * its edges. This is the propagation of change in networks of designs by Clarkson, Simons and Eckert (2004), "Predicting change
 * propagation in complex design", reduced to the most likely path, found by Bellman and Ford in rounds of one edge each: few in practice,
 * O(nm) at worst. Throws RangeError for a weight that is not within 0 and 1.
 */
export function propagation(
  graph: Graph,
  source: number,
  { impact, horizon = Infinity }: PropagationOptions = {},
): Propagation {
  const { size, offsets, weights } = graph;
  if (!weights.every((weight) => weight >= 0 && weight <= 1))
    throw new RangeError('a likelihood is not within 0 and 1');
  const likelihood = new Float64Array(size);
  likelihood[source] = 1;
  let improved = new Set([source]);
  for (let round = 0; round < horizon && improved.size > 0; round += 1) {
    // As of the round before: what improves in this one has a path of one edge more.
    const reached = Array.from(improved, (node) => [node, likelihood[node] as number] as const);
    improved = new Set();
    for (const [node, before] of reached) {
      const first = offsets[node] as number;
      neighbours(graph, node).forEach((target, at) => {
        const through = before * (weights[first + at] as number);
        if (through <= (likelihood[target] as number)) return;
        likelihood[target] = through;
        improved.add(target);
      });
    }
  }
  return {
    likelihood,
    risk: likelihood.map((value, node) => value * (impact ? (impact[node] as number) : 1)),
  };
}
