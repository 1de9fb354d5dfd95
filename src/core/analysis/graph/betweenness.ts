import { components } from './connectivity.ts';
import type { Graph, OnProgress } from './graph.ts';

export interface BetweennessOptions {
  /** Which share of the sources to count: every `of`-th, from the `index`-th on. The shares of all indexes add up to the whole. */
  share?: { index: number; of: number } | undefined;
  /** Sources done, and how many there are. */
  onProgress?: OnProgress | undefined;
}

/** A search from one source, in memory that is used again for the next. */
interface Search {
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
  /** (1 + dependency) / paths of each node; 0 before its level is done. */
  ratios: Float64Array;
  sums: Float64Array;
}

/** Summing over neighbours takes about a quarter of the time of testing each of them. */
const sumAdvantage = 4;
const progressStep = 16;

/**
 * How many shortest paths between two others run through each node, where several paths of a pair count by their share; each pair counts
 * once. Divide by (n - 1)(n - 2) / 2 to normalise. Exact, by Brandes (2001), "A faster algorithm for betweenness centrality", with both
 * passes walking a level from the side that has fewer edges, as Beamer, Asanović and Patterson (2012) do. Weights do not count. Up to
 * 10³⁰⁸ shortest paths between two nodes; O(nm) time.
 */
export function betweenness(graph: Graph, options: BetweennessOptions = {}): Float64Array {
  const { share: { index, of } = { index: 0, of: 1 }, onProgress } = options;
  const { size } = graph;
  const { names, ends, ...rows } = renumber(graph);
  const search: Search = {
    ...rows,
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
  const scores = new Float64Array(size);
  const total = Math.ceil((size - index) / of);
  let source = index;
  for (const end of ends) {
    search.end = end;
    for (; source < end; source += of) {
      addDependencies(search, findPaths(search, source), scores);
      const done = (source - index) / of + 1;
      if (done % progressStep === 0 || done === total) onProgress?.(done, total);
    }
    search.start = end;
  }
  const named = new Float64Array(size);
  // Each pair was counted from both of its nodes.
  for (let node = 0; node < size; node += 1) named[names[node] as number] = (scores[node] as number) / 2;
  return named;
}

/** The graph with the nodes of a component side by side, by degree: what is read most is near each other, and loops are of equal length. */
function renumber(graph: Graph): Pick<Search, 'offsets' | 'targets'> & {
  /** The node that each was before. */
  names: Uint32Array;
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
  return { ...rows, names, ends };
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
 * Adds to each node's score how much the source depends on it, from the last level to the first, and forgets the paths. A node's
 * dependency is its paths times the sum of the ratios of its neighbours in the next level.
 */
function addDependencies(search: Search, last: number, scores: Float64Array): void {
  const { start, end, queue, levels, paths, ratios, sums } = search;
  for (let depth = last; depth > 0; depth -= 1) {
    if (depth < last) sumRatios(search, depth);
    for (let at = levels[depth] as number; at < (levels[depth + 1] as number); at += 1) {
      const node = queue[at] as number;
      const count = paths[node] as number;
      const dependency = count * (sums[node] as number);
      (scores[node] as number) += dependency;
      ratios[node] = (1 + dependency) / count;
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
