/**
 * An undirected simple graph in compressed sparse rows: the neighbours of node `v` are targets[offsets[v]] … targets[offsets[v + 1] - 1],
 * ascending. Each edge is stored twice.
 */
export interface Graph {
  readonly size: number;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float64Array;
}

/** Called from time to time during long work. Can throw to cancel it. */
export type OnProgress = (done: number, total: number) => void;

/** The nodes 0 … size - 1. */
export const nodesOf = (size: number): Uint32Array => Uint32Array.from({ length: size }, (_, node) => node);

/** The neighbours of a node, ascending, as a view; too slow for hot loops. */
export const neighbours = ({ offsets, targets }: Graph, node: number): Uint32Array =>
  targets.subarray(offsets[node], offsets[node + 1]);

/**
 * Builds a graph from edges between nodes 0 … size - 1, in linear time. Loops are skipped; the weights (1 by default) of parallel edges
 * are merged in order of input, by default summed. Throws RangeError for an edge to an unknown node.
 */
export function buildGraph(
  size: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  weights?: ArrayLike<number>,
  merge: (a: number, b: number) => number = (a, b) => a + b,
): Graph {
  const offsets = new Uint32Array(size + 1);
  for (let edge = 0; edge < from.length; edge += 1) {
    const [a, b] = [from[edge] as number, to[edge] as number];
    if (!(a >= 0 && a < size && b >= 0 && b < size))
      throw new RangeError(`the edge from ${a} to ${b} leaves the ${size} nodes`);
    if (a === b) continue;
    (offsets[a + 1] as number) += 1;
    (offsets[b + 1] as number) += 1;
  }
  for (let node = 0; node < size; node += 1) (offsets[node + 1] as number) += offsets[node] as number;
  const nextEntries = offsets.slice(0, size);
  const graph = emptyRows(size, offsets);
  const addEntry = (a: number, b: number, weight: number): void => {
    const index = (nextEntries[a] as number)++;
    graph.targets[index] = b;
    graph.weights[index] = weight;
  };
  for (let edge = 0; edge < from.length; edge += 1) {
    const [a, b] = [from[edge] as number, to[edge] as number];
    if (a === b) continue;
    const weight = weights ? (weights[edge] as number) : 1;
    addEntry(a, b, weight);
    addEntry(b, a, weight);
  }
  return mergeParallel(transpose(graph), merge);
}

const emptyRows = (size: number, offsets: Uint32Array, entries = offsets[size] as number): Graph => ({
  size,
  offsets,
  targets: new Uint32Array(entries),
  weights: new Float64Array(entries),
});

/** The same graph, since each edge is stored twice, but with every row ascending and parallel edges in input order. */
function transpose({ size, offsets, targets, weights }: Graph): Graph {
  const nextEntries = offsets.slice(0, size);
  const sorted = emptyRows(size, offsets);
  for (let node = 0; node < size; node += 1) {
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1) {
      const index = (nextEntries[targets[entry] as number] as number)++;
      sorted.targets[index] = node;
      sorted.weights[index] = weights[entry] as number;
    }
  }
  return sorted;
}

/** The graph without the entries for which `weightOf` returns null, with the weights that it returns for the others. */
export function mapEntries(
  { size, offsets, targets, weights }: Graph,
  weightOf: (node: number, target: number, weight: number) => number | null,
): Graph {
  const mapped = emptyRows(size, new Uint32Array(size + 1), targets.length);
  let end = 0;
  for (let node = 0; node < size; node += 1) {
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1) {
      const target = targets[entry] as number;
      const weight = weightOf(node, target, weights[entry] as number);
      if (weight === null) continue;
      mapped.targets[end] = target;
      mapped.weights[end++] = weight;
    }
    mapped.offsets[node + 1] = end;
  }
  return { ...mapped, targets: mapped.targets.subarray(0, end), weights: mapped.weights.subarray(0, end) };
}

/** Merges equal neighbours of sorted rows, in place. */
function mergeParallel(
  { size, offsets, targets, weights }: Graph,
  merge: (a: number, b: number) => number,
): Graph {
  let end = 0;
  let entry = 0;
  for (let node = 0; node < size; node += 1) {
    const start = end;
    for (; entry < (offsets[node + 1] as number); entry += 1) {
      const [target, weight] = [targets[entry] as number, weights[entry] as number];
      if (end > start && targets[end - 1] === target) {
        weights[end - 1] = merge(weights[end - 1] as number, weight);
      } else {
        targets[end] = target;
        weights[end++] = weight;
      }
    }
    offsets[node + 1] = end;
  }
  return { size, offsets, targets: targets.subarray(0, end), weights: weights.subarray(0, end) };
}
