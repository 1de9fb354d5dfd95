import type { Graph } from './graph.ts';

/** Repeated searches around nodes without clearing arrays in between: the cost of a search depends only on its result. */
export class Neighbourhood {
  readonly #graph: Graph;
  /** The number of the last search that reached each node. */
  readonly #lastSearches: Uint32Array;
  readonly #queue: Uint32Array;
  #search = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#lastSearches = new Uint32Array(graph.size);
    this.#queue = new Uint32Array(graph.size);
  }

  /** The nodes at most `hops` edges from the source, nearest first, starting with the source. Valid until the next search. */
  nodesWithin(source: number, hops: number): Uint32Array {
    const { offsets, targets } = this.#graph;
    const [lastSearches, queue] = [this.#lastSearches, this.#queue];
    const search = (this.#search += 1);
    lastSearches[source] = search;
    queue[0] = source;
    let [head, tail] = [0, 1];
    for (let hop = 0; hop < hops && head < tail; hop += 1) {
      for (const end = tail; head < end; head += 1) {
        const node = queue[head] as number;
        const entryEnd = offsets[node + 1] as number;
        for (let entry = offsets[node] as number; entry < entryEnd; entry += 1) {
          const target = targets[entry] as number;
          if (lastSearches[target] === search) continue;
          lastSearches[target] = search;
          queue[tail++] = target;
        }
      }
    }
    return queue.subarray(0, tail);
  }
}
