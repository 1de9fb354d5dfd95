import type { Components } from './connectivity.ts';
import type { SourceSums } from './betweenness.ts';

/** Components of up to this many nodes are searched from all nodes, larger ones from at least this many. */
const minSources = 100;
/** Standard errors on either side of a mean in a 95 % interval. */
const zScore = 1.96;

export interface Sources {
  nodes: Uint32Array;
  /** The number of nodes of each component, and the number of its sources. */
  sizes: Uint32Array;
  sourceCounts: Uint32Array;
  isExact: boolean;
}

/**
 * Draws the same share of each component at random, without replacement, so that searches look at about `budget` entries of `targets`; all
 * nodes if the budget allows. A smaller budget with the same random numbers draws a subset.
 */
export function drawSources(
  { count, component }: Components,
  offsets: Uint32Array,
  { budget, random }: { budget: number; random: () => number },
): Sources {
  const sizes = new Uint32Array(count);
  const entries = new Float64Array(count);
  const members: number[][] = Array.from({ length: count }, () => []);
  component.forEach((number, node) => {
    (sizes[number] as number) += 1;
    (entries[number] as number) += (offsets[node + 1] as number) - (offsets[node] as number);
    (members[number] as number[]).push(node);
  });
  const cost = entries.reduce((sum, entryCount, index) => sum + entryCount * (sizes[index] as number), 0);
  const share = cost <= budget ? 1 : budget / cost;
  const sourceCounts = sizes.map((size) => Math.min(size, Math.max(minSources, Math.ceil(share * size))));
  const nodes = members.flatMap((group, index) => drawNodes(group, sourceCounts[index] as number, random));
  return { nodes: Uint32Array.from(nodes), sizes, sourceCounts, isExact: nodes.length === component.length };
}

/** Draws `count` nodes in draw order (Fisher and Yates). Shuffles all nodes, so that `random` advances independently of `count`. */
function drawNodes(nodes: number[], count: number, random: () => number): number[] {
  for (let index = 0; index < nodes.length; index += 1) {
    const swapIndex = index + Math.floor(random() * (nodes.length - index));
    [nodes[index], nodes[swapIndex]] = [nodes[swapIndex] as number, nodes[index] as number];
  }
  return nodes.slice(0, count);
}

/** A measure of each node, and the half-width of its 95 % interval: 0 if exact. */
export interface Estimate {
  values: Float64Array;
  halfWidths: Float64Array;
}

/**
 * Betweenness from sampled sources, each standing for several nodes of its component. Brandes and Pich (2007), "Centrality estimation in
 * large networks". The interval comes from the sample variance, without replacement.
 */
export function estimateBetweenness(
  { component }: Components,
  { sizes, sourceCounts }: Sources,
  { sums, squares }: SourceSums,
): Estimate {
  const halfWidths = new Float64Array(sums.length);
  const values = sums.map((sum, node) => {
    const componentIndex = component[node] as number;
    const [size, sampleSize] = [sizes[componentIndex] as number, sourceCounts[componentIndex] as number];
    halfWidths[node] = size * halfWidthOfMean(sum, squares[node] as number, sampleSize, size);
    return (size / sampleSize) * sum;
  });
  return { values, halfWidths };
}

/**
 * Closeness (Freeman 1979): 1 / mean distance to the reachable nodes, times the share of other nodes that are reachable (Wasserman and
 * Faust 1994), so that small components do not rank high; 0 without neighbours. From sampled sources the mean is estimated as in Eppstein
 * and Wang (2004), "Fast approximation of centrality".
 */
export function estimateCloseness(
  { component }: Components,
  { nodes, sizes, sourceCounts }: Sources,
  { sums, squares }: SourceSums,
): Estimate {
  const isSource = new Uint8Array(sums.length);
  for (const node of nodes) isSource[node] = 1;
  const halfWidths = new Float64Array(sums.length);
  const values = sums.map((sum, node) => {
    const componentIndex = component[node] as number;
    const reachableCount = (sizes[componentIndex] as number) - 1;
    if (reachableCount === 0) return 0;
    // The sources other than the node itself.
    const otherSources = (sourceCounts[componentIndex] as number) - (isSource[node] as number);
    const mean = sum / otherSources;
    const value = reachableCount / (sums.length - 1) / mean;
    halfWidths[node] =
      (value * halfWidthOfMean(sum, squares[node] as number, otherSources, reachableCount)) / mean;
    return value;
  });
  return { values, halfWidths };
}

/** For the mean of `sampleSize` of `size` values, from their sum and sum of squares. */
function halfWidthOfMean(sum: number, squares: number, sampleSize: number, size: number): number {
  if (sampleSize >= size || sampleSize < 2) return 0;
  const variance = Math.max(0, (squares - sum ** 2 / sampleSize) / (sampleSize - 1));
  return zScore * Math.sqrt((variance / sampleSize) * (1 - sampleSize / size));
}

/** The widest half-width relative to the greatest value; 0 if everything is exact or 0. */
export function relativeError({ values, halfWidths }: Estimate): number {
  const maxValue = values.reduce((greatest, value) => Math.max(greatest, value), 0);
  return maxValue === 0
    ? 0
    : halfWidths.reduce((widest, halfWidth) => Math.max(widest, halfWidth), 0) / maxValue;
}
