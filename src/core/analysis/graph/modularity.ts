import type { Graph } from './graph.ts';

/** The weighted degree of each node. */
export function nodeStrengths({ size, offsets, weights }: Graph): Float64Array {
  const sums = new Float64Array(size);
  for (let node = 0; node < size; node += 1) {
    let sum = 0;
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1)
      sum += weights[entry] as number;
    sums[node] = sum;
  }
  return sums;
}

/**
 * The weighted modularity of a partition: the share of edges inside communities minus the expected share.
 * `communities` has a number from 0 for each node. 0 for a graph without edges. Newman and Girvan (2004), "Finding and evaluating community
 * structure in networks".
 */
export function modularity(graph: Graph, communities: ArrayLike<number>): number {
  const { size, offsets, targets, weights } = graph;
  const strength = nodeStrengths(graph);
  let [insideWeight, total] = [0, 0];
  const communityStrengths: number[] = [];
  for (let node = 0; node < size; node += 1) {
    const community = communities[node] as number;
    communityStrengths[community] = (communityStrengths[community] ?? 0) + (strength[node] as number);
    total += strength[node] as number;
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1)
      if (communities[targets[entry] as number] === community) insideWeight += weights[entry] as number;
  }
  if (total === 0) return 0;
  return (
    insideWeight / total -
    communityStrengths.reduce((sum, communityStrength) => sum + (communityStrength / total) ** 2, 0)
  );
}
