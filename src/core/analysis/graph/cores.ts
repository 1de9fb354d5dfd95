import type { Graph } from './graph.ts';

/**
 * The core number of each node: the largest `k` such that the node belongs to a subgraph in which every node has at least `k` neighbours.
 * Unweighted. Linear time, by Batagelj and Zaveršnik (2003), "An O(m) algorithm for cores decomposition of networks".
 */
export function coreNumbers({ size, offsets, targets }: Graph): Uint32Array {
  const cores = new Uint32Array(size);
  for (let node = 0; node < size; node += 1)
    cores[node] = (offsets[node + 1] as number) - (offsets[node] as number);
  // Nodes sorted by degree; starts[d] is the index of the first with degree d.
  const starts = new Uint32Array(size + 1);
  for (const degree of cores) (starts[degree + 1] as number) += 1;
  for (let degree = 0; degree < size; degree += 1) (starts[degree + 1] as number) += starts[degree] as number;
  const next = starts.slice();
  const order = new Uint32Array(size);
  const places = new Uint32Array(size);
  for (let node = 0; node < size; node += 1) {
    places[node] = (next[cores[node] as number] as number)++;
    order[places[node] as number] = node;
  }
  for (const node of order) {
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1) {
      const target = targets[entry] as number;
      const degree = cores[target] as number;
      if (degree <= (cores[node] as number)) continue;
      // It swaps with the first node of its degree, whose range then starts one later.
      const place = (starts[degree] as number)++;
      const first = order[place] as number;
      order[places[target] as number] = first;
      places[first] = places[target] as number;
      order[place] = target;
      places[target] = place;
      cores[target] = degree - 1;
    }
  }
  return cores;
}
