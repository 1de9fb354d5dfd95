import { components } from './connectivity.ts';
import type { Graph, OnProgress } from './graph.ts';

export interface PathOptions {
  /** The nodes that paths start from; all unless given. */
  sources?: Uint32Array | undefined;
  /**
   * Sources stand for others, so each counts more of a path the farther from it a node is: else the neighbours of the sources would stand
   * too high. Geisberger, Sanders and Schultes (2008), "Better approximation of betweenness centrality". Not where all are sources, as the
   * sum is the same but for rounding.
   */
  isSample?: boolean | undefined;
  /** Sources done, and how many there are. */
  onProgress?: OnProgress | undefined;
}

/** Sums over the sources of a value of each node, and of its square, which tells how far it varies. */
export interface SourceSums {
  sums: Float64Array;
  squares: Float64Array;
}

export const emptySums = (size: number): SourceSums => ({
  sums: new Float64Array(size),
  squares: new Float64Array(size),
});

/** What shortest paths from some sources say of each node. */
export interface PathSums {
  /**
   * How much a source depends on the node: the share of the shortest paths that run through it, added up over all targets. Half of that, or of
   * a sample the part of the length that comes before the node, so that the two ends of a pair together count it once.
   */
  dependencies: SourceSums;
  /** How many steps away the node is; sources in other components count nothing. */
  distances: SourceSums;
}

/** A search from one source, in memory that is used again for the next. */
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
  /** How many edges the nodes of each level have together, those inside of it twice. */
  degrees: Uint32Array;
  /** The number of shortest paths from the source to each node; 0 before its level is found. */
  paths: Float64Array;
  /** What each node adds to those before it, by the number of paths to it; 0 before its level is done. */
  ratios: Float64Array;
  sums: Float64Array;
}

/** Summing over neighbours takes about a quarter of the time of testing each of them. */
const sumAdvantage = 4;
const progressStep = 16;

/**
 * How many shortest paths between two others run through each node, where several paths of a pair count by their share; each pair counts
 * once. Divide by (n - 1)(n - 2) / 2 to normalise. With `sources`, the part that these contribute. Weights do not count.
 */
export const betweenness = (graph: Graph, options: PathOptions = {}): Float64Array =>
  sumPaths(graph, options).dependencies.sums;

/**
 * Follows the shortest paths from each source. Exact, by Brandes (2001), "A faster algorithm for betweenness centrality", with both passes
 * walking a level from the side that has fewer edges, as Beamer, Asanović and Patterson (2012) do. Weights do not count. Up to 10³⁰⁸
 * shortest paths between two nodes; O(m) time for each source.
 */
export function sumPaths(
  graph: Graph,
  { sources, isSample = false, onProgress }: PathOptions = {},
): PathSums {
  const { size } = graph;
  const { names, numbers, ends, ...rows } = renumber(graph);
  const search: Search = {
    ...rows,
    isSample,
    start: 0,
    end: 0,
    // One more, as what may turn out not to belong there is written too.
    queue: new Uint32Array(size + 1),
    levels: new Uint32Array(size + 2),
    degrees: new Uint32Array(size + 1),
    paths: new Float64Array(size),
    ratios: new Float64Array(size),
    sums: new Float64Array(size),
  };
  const found: PathSums = { dependencies: emptySums(size), distances: emptySums(size) };
  // Those of a component come one after the other.
  const order = sources?.map((source) => numbers[source] as number).sort();
  const total = order?.length ?? size;
  const sourceAt = (at: number): number => (order ? (order[at] as number) : at);
  let at = 0;
  for (const end of ends) {
    search.end = end;
    for (; at < total && sourceAt(at) < end; at += 1) {
      addDependencies(search, findPaths(search, sourceAt(at)), found);
      if ((at + 1) % progressStep === 0 || at + 1 === total) onProgress?.(at + 1, total);
    }
    search.start = end;
  }
  for (const { sums, squares } of [found.dependencies, found.distances])
    for (const values of [sums, squares]) restoreOrder(values, names);
  return found;
}

/** Puts the values of renumbered nodes where the nodes were before. */
function restoreOrder(values: Float64Array, names: Uint32Array): void {
  const renumbered = values.slice();
  for (let node = 0; node < names.length; node += 1)
    values[names[node] as number] = renumbered[node] as number;
}

/** The graph with the nodes of a component side by side, by degree: what is read most is near each other, and loops are of equal length. */
function renumber(graph: Graph): Pick<Search, 'offsets' | 'targets'> & {
  /** The node that each was before. */
  names: Uint32Array;
  /** What each of those is now. */
  numbers: Uint32Array;
  /** Where each component ends. */
  ends: Uint32Array;
} {
  const { size, offsets, targets } = graph;
  const { count, component } = components(graph);
  const degree = (node: number): number => (offsets[node + 1] as number) - (offsets[node] as number);
  const names = Uint32Array.from({ length: size }, (_, node) => node).sort(
    (a, b) => (component[a] as number) - (component[b] as number) || degree(b) - degree(a),
  );
  const numbers = new Uint32Array(size);
  const ends = new Uint32Array(count);
  names.forEach((name, node) => {
    numbers[name] = node;
    ends[component[name] as number] = node + 1;
  });
  const rows = { offsets: new Uint32Array(size + 1), targets: new Uint32Array(targets.length) };
  let at = 0;
  names.forEach((name, node) => {
    for (let entry = offsets[name] as number; entry < (offsets[name + 1] as number); entry += 1)
      rows.targets[at++] = numbers[targets[entry] as number] as number;
    rows.offsets[node + 1] = at;
  });
  return { ...rows, names, numbers, ends };
}

/** Finds the nodes of the source's component level by level and counts the paths to them. Returns the last level. */
function findPaths(search: Search, source: number): number {
  const { offsets, start, end, queue, levels, degrees, paths } = search;
  paths[source] = 1;
  queue[0] = source;
  levels[1] = 1;
  degrees[0] = (offsets[source + 1] as number) - (offsets[source] as number);
  let rest = (offsets[end] as number) - (offsets[start] as number) - degrees[0];
  let depth = 0;
  while ((levels[depth + 1] as number) < end - start) {
    if (rest + end - start < sumAdvantage * (degrees[depth] as number)) pullPaths(search, depth);
    else pushPaths(search, depth);
    depth += 1;
    rest -= degrees[depth] as number;
  }
  return depth;
}

/** Finds the next level from each node of this one. */
function pushPaths({ offsets, targets, queue, levels, degrees, paths }: Search, depth: number): void {
  const first = levels[depth + 1] as number;
  let [found, degree] = [first, 0];
  for (let at = levels[depth] as number; at < first; at += 1) {
    const node = queue[at] as number;
    const count = paths[node] as number;
    const stop = offsets[node + 1] as number;
    for (let entry = offsets[node] as number; entry < stop; entry += 1) {
      const target = targets[entry] as number;
      const known = paths[target] as number;
      if (known > 0) continue;
      // Written in any case: no processor guesses well which are met for the first time.
      queue[found] = target;
      found += Number(known === 0);
      // Negative as long as the level is not complete, to tell it from the others.
      paths[target] = known - count;
    }
  }
  for (let at = first; at < found; at += 1) {
    const node = queue[at] as number;
    paths[node] = -(paths[node] as number);
    degree += (offsets[node + 1] as number) - (offsets[node] as number);
  }
  levels[depth + 2] = found;
  degrees[depth + 1] = degree;
}

/** Finds the next level from each node that is in none yet: of its neighbours only those of this level have paths. */
function pullPaths(search: Search, depth: number): void {
  const { offsets, start, end, queue, levels, degrees, paths, sums } = search;
  const first = levels[depth + 1] as number;
  let [open, found, degree] = [first, first, 0];
  // Without a branch, for the same reason as above.
  for (let node = start; node < end; node += 1) {
    queue[open] = node;
    open += Number(paths[node] === 0);
  }
  for (let at = first; at < open; at += 1) {
    const node = queue[at] as number;
    const count = sumOver(search, paths, node);
    if (count === 0) continue;
    sums[found] = count;
    queue[found++] = node;
    degree += (offsets[node + 1] as number) - (offsets[node] as number);
  }
  for (let at = first; at < found; at += 1) paths[queue[at] as number] = sums[at] as number;
  sums.fill(0, first, found);
  levels[depth + 2] = found;
  degrees[depth + 1] = degree;
}

/**
 * Adds how much the source depends on each node and how far away that is, from the last level to the first, and forgets the paths. A
 * node's dependency is its paths times the sum of the ratios of its neighbours in the next level.
 */
function addDependencies(search: Search, last: number, { dependencies, distances }: PathSums): void {
  const { isSample, start, end, queue, levels, paths, ratios, sums } = search;
  for (let depth = last; depth > 0; depth -= 1) {
    if (depth < last) sumRatios(search, depth);
    // What a target adds, and the part of it that the way to this level counts.
    const [added, part] = isSample ? [1 / depth, depth] : [1, 0.5];
    for (let at = levels[depth] as number; at < (levels[depth + 1] as number); at += 1) {
      const node = queue[at] as number;
      const count = paths[node] as number;
      const through = count * (sums[node] as number);
      const dependency = part * through;
      (dependencies.sums[node] as number) += dependency;
      (dependencies.squares[node] as number) += dependency * dependency;
      (distances.sums[node] as number) += depth;
      (distances.squares[node] as number) += depth * depth;
      ratios[node] = (added + through) / count;
    }
  }
  for (const values of [paths, ratios, sums]) values.fill(0, start, end);
}

/** Sums the ratios of the next level for each node of this one: of its neighbours no others have ratios yet. */
function sumRatios(search: Search, depth: number): void {
  const { queue, levels, degrees, ratios, sums } = search;
  const [first, next] = [levels[depth] as number, levels[depth + 1] as number];
  if ((degrees[depth + 1] as number) >= (degrees[depth] as number)) {
    for (let at = first; at < next; at += 1)
      sums[queue[at] as number] = sumOver(search, ratios, queue[at] as number);
  } else {
    // Nodes of other levels get something too: what theirs was has been read.
    for (let at = next; at < (levels[depth + 2] as number); at += 1)
      addToNeighbours(search, ratios, queue[at] as number, sums);
  }
}

function sumOver({ offsets, targets }: Search, values: Float64Array, node: number): number {
  let sum = 0;
  const stop = offsets[node + 1] as number;
  for (let entry = offsets[node] as number; entry < stop; entry += 1)
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
  const stop = offsets[node + 1] as number;
  for (let entry = offsets[node] as number; entry < stop; entry += 1)
    (sums[targets[entry] as number] as number) += value;
}
