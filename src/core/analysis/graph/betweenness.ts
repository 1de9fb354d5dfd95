import { findComponents } from './connectivity.ts';
import { nodesOf } from './graph.ts';
import type { Graph, OnProgress } from './graph.ts';

export interface PathOptions {
  sources?: Uint32Array | undefined;
  /**
   * Whether the sources are a sample. A path then counts more the farther the node is from the source, or neighbours of sources would rank
   * too high: Geisberger, Sanders and Schultes (2008), "Better approximation of betweenness centrality". Not needed if all nodes are
   * sources: the sum is the same except for rounding.
   */
  isSample?: boolean | undefined;
  onProgress?: OnProgress | undefined;
}

/** Sums over the sources of a value of each node, and of its square, for the variance. */
export interface SourceSums {
  sums: Float64Array;
  squares: Float64Array;
}

export const emptySums = (size: number): SourceSums => ({
  sums: new Float64Array(size),
  squares: new Float64Array(size),
});

/** Sums over the shortest paths from some sources, by node. */
export interface PathSums {
  /** The share of a source's shortest paths through the node, halved so that both ends of a pair count once. */
  dependencies: SourceSums;
  distances: SourceSums;
}

interface Search {
  isSample: boolean;
  offsets: Uint32Array;
  targets: Uint32Array;
  /** Nodes of the source's component are start … end - 1. */
  start: number;
  end: number;
  /** The nodes found, level by level: level `d` is queue[levels[d]] … queue[levels[d + 1] - 1]. */
  queue: Uint32Array;
  levels: Uint32Array;
  /** Sum of the degrees in each level; edges within the level count twice. */
  degrees: Uint32Array;
  /** Number of shortest paths from the source to each node; 0 before its level is found. */
  paths: Float64Array;
  /** Dependency of each node divided by its number of paths; 0 before its level is done. */
  ratios: Float64Array;
  sums: Float64Array;
}

/** Summing over neighbours takes about a quarter of the time of testing each of them. */
const sumAdvantage = 4;
const progressStep = 16;

/**
 * Betweenness: the number of shortest paths between two others through each node, where several paths of a pair share its count; each pair
 * counts once. Divide by (n - 1)(n - 2) / 2 to normalise. With `sources`, the part that these contribute. Unweighted.
 */
export const betweenness = (graph: Graph, options: PathOptions = {}): Float64Array =>
  sumPaths(graph, options).dependencies.sums;

/**
 * Follows the shortest paths from each source. Exact, after Brandes (2001), "A faster algorithm for betweenness centrality". Both passes
 * walk a level from the side with fewer edges, as in Beamer, Asanović and Patterson (2012). Unweighted; up to 10³⁰⁸ shortest paths between
 * two nodes; O(m) time for each source.
 */
export function sumPaths(
  graph: Graph,
  { sources, isSample = false, onProgress }: PathOptions = {},
): PathSums {
  const { size } = graph;
  const { originals, numbers, ends, ...rows } = renumber(graph);
  const search: Search = {
    ...rows,
    isSample,
    start: 0,
    end: 0,
    // One extra item: candidates are written before they are tested.
    queue: new Uint32Array(size + 1),
    levels: new Uint32Array(size + 2),
    degrees: new Uint32Array(size + 1),
    paths: new Float64Array(size),
    ratios: new Float64Array(size),
    sums: new Float64Array(size),
  };
  const pathSums: PathSums = { dependencies: emptySums(size), distances: emptySums(size) };
  // Sorted, which groups the sources by component.
  const sortedSources = sources?.map((source) => numbers[source] as number).sort();
  const sourceCount = sortedSources?.length ?? size;
  const sourceAt = (position: number): number =>
    sortedSources ? (sortedSources[position] as number) : position;
  let index = 0;
  for (const end of ends) {
    search.end = end;
    for (; index < sourceCount && sourceAt(index) < end; index += 1) {
      addDependencies(search, findPaths(search, sourceAt(index)), pathSums);
      if ((index + 1) % progressStep === 0 || index + 1 === sourceCount) onProgress?.(index + 1, sourceCount);
    }
    search.start = end;
  }
  for (const { sums, squares } of [pathSums.dependencies, pathSums.distances])
    for (const values of [sums, squares]) restoreOrder(values, originals);
  return pathSums;
}

function restoreOrder(values: Float64Array, originals: Uint32Array): void {
  const renumbered = values.slice();
  for (let node = 0; node < originals.length; node += 1)
    values[originals[node] as number] = renumbered[node] as number;
}

/** The graph renumbered so that nodes of a component are adjacent and sorted by degree, which is cache-friendly. */
function renumber(graph: Graph): Pick<Search, 'offsets' | 'targets'> & {
  originals: Uint32Array;
  numbers: Uint32Array;
  ends: Uint32Array;
} {
  const { size, offsets, targets } = graph;
  const { count, component } = findComponents(graph);
  const degree = (node: number): number => (offsets[node + 1] as number) - (offsets[node] as number);
  const originals = nodesOf(size).sort(
    (a, b) => (component[a] as number) - (component[b] as number) || degree(b) - degree(a),
  );
  const numbers = new Uint32Array(size);
  const ends = new Uint32Array(count);
  originals.forEach((original, node) => {
    numbers[original] = node;
    ends[component[original] as number] = node + 1;
  });
  const rows = { offsets: new Uint32Array(size + 1), targets: new Uint32Array(targets.length) };
  let index = 0;
  originals.forEach((original, node) => {
    for (let entry = offsets[original] as number; entry < (offsets[original + 1] as number); entry += 1)
      rows.targets[index++] = numbers[targets[entry] as number] as number;
    rows.offsets[node + 1] = index;
  });
  return { ...rows, originals, numbers, ends };
}

/** Finds the nodes of the source's component level by level and counts the paths to them. Returns the last level. */
function findPaths(search: Search, source: number): number {
  const { offsets, start, end, queue, levels, degrees, paths } = search;
  paths[source] = 1;
  queue[0] = source;
  levels[1] = 1;
  degrees[0] = (offsets[source + 1] as number) - (offsets[source] as number);
  let remainingDegrees = (offsets[end] as number) - (offsets[start] as number) - degrees[0];
  let depth = 0;
  while ((levels[depth + 1] as number) < end - start) {
    if (remainingDegrees + end - start < sumAdvantage * (degrees[depth] as number)) pullPaths(search, depth);
    else pushPaths(search, depth);
    depth += 1;
    remainingDegrees -= degrees[depth] as number;
  }
  return depth;
}

/** Finds the next level from the nodes of this one. */
function pushPaths({ offsets, targets, queue, levels, degrees, paths }: Search, depth: number): void {
  const nextStart = levels[depth + 1] as number;
  let [foundEnd, degree] = [nextStart, 0];
  for (let index = levels[depth] as number; index < nextStart; index += 1) {
    const node = queue[index] as number;
    const nodePaths = paths[node] as number;
    const end = offsets[node + 1] as number;
    for (let entry = offsets[node] as number; entry < end; entry += 1) {
      const target = targets[entry] as number;
      const targetPaths = paths[target] as number;
      if (targetPaths > 0) continue;
      // Written unconditionally, because branch prediction fails on first visits.
      queue[foundEnd] = target;
      foundEnd += Number(targetPaths === 0);
      // The negative sign marks nodes of the level that is not complete yet.
      paths[target] = targetPaths - nodePaths;
    }
  }
  for (let index = nextStart; index < foundEnd; index += 1) {
    const node = queue[index] as number;
    paths[node] = -(paths[node] as number);
    degree += (offsets[node + 1] as number) - (offsets[node] as number);
  }
  levels[depth + 2] = foundEnd;
  degrees[depth + 1] = degree;
}

/** Finds the next level from the unvisited nodes, whose only neighbours with paths are in this level. */
function pullPaths(search: Search, depth: number): void {
  const { offsets, start, end, queue, levels, degrees, paths, sums } = search;
  const nextStart = levels[depth + 1] as number;
  let [unvisitedEnd, foundEnd, degree] = [nextStart, nextStart, 0];
  // Without a branch, because branch prediction fails on first visits.
  for (let node = start; node < end; node += 1) {
    queue[unvisitedEnd] = node;
    unvisitedEnd += Number(paths[node] === 0);
  }
  for (let index = nextStart; index < unvisitedEnd; index += 1) {
    const node = queue[index] as number;
    const count = sumNeighbours(search, paths, node);
    if (count === 0) continue;
    sums[foundEnd] = count;
    queue[foundEnd++] = node;
    degree += (offsets[node + 1] as number) - (offsets[node] as number);
  }
  for (let index = nextStart; index < foundEnd; index += 1)
    paths[queue[index] as number] = sums[index] as number;
  sums.fill(0, nextStart, foundEnd);
  levels[depth + 2] = foundEnd;
  degrees[depth + 1] = degree;
}

/** Adds each node's dependency and distance, from the last level to the first, and clears the paths. */
function addDependencies(search: Search, lastDepth: number, { dependencies, distances }: PathSums): void {
  const { isSample, start, end, queue, levels, paths, ratios, sums } = search;
  for (let depth = lastDepth; depth > 0; depth -= 1) {
    if (depth < lastDepth) sumRatios(search, depth);
    // The term of each target as an end of paths, and the factor of the dependency.
    const [endTerm, factor] = isSample ? [1 / depth, depth] : [1, 0.5];
    for (let index = levels[depth] as number; index < (levels[depth + 1] as number); index += 1) {
      const node = queue[index] as number;
      const count = paths[node] as number;
      const through = count * (sums[node] as number);
      const dependency = factor * through;
      (dependencies.sums[node] as number) += dependency;
      (dependencies.squares[node] as number) += dependency * dependency;
      (distances.sums[node] as number) += depth;
      (distances.squares[node] as number) += depth * depth;
      ratios[node] = (endTerm + through) / count;
    }
  }
  for (const values of [paths, ratios, sums]) values.fill(0, start, end);
}

/** Sums the ratios of the next level for each node of this one; no other neighbours have ratios yet. */
function sumRatios(search: Search, depth: number): void {
  const { queue, levels, degrees, ratios, sums } = search;
  const [levelStart, nextStart] = [levels[depth] as number, levels[depth + 1] as number];
  if ((degrees[depth + 1] as number) >= (degrees[depth] as number)) {
    for (let index = levelStart; index < nextStart; index += 1)
      sums[queue[index] as number] = sumNeighbours(search, ratios, queue[index] as number);
  } else {
    // This also adds to nodes of other levels, whose sums have been read already.
    for (let index = nextStart; index < (levels[depth + 2] as number); index += 1)
      addToNeighbours(search, ratios, queue[index] as number, sums);
  }
}

function sumNeighbours({ offsets, targets }: Search, values: Float64Array, node: number): number {
  let sum = 0;
  const end = offsets[node + 1] as number;
  for (let entry = offsets[node] as number; entry < end; entry += 1)
    sum += values[targets[entry] as number] as number;
  return sum;
}

function addToNeighbours(
  { offsets, targets }: Search,
  values: Float64Array,
  node: number,
  sums: Float64Array,
): void {
  const value = values[node] as number;
  const end = offsets[node + 1] as number;
  for (let entry = offsets[node] as number; entry < end; entry += 1)
    (sums[targets[entry] as number] as number) += value;
}
