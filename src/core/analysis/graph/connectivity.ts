import { neighbours } from './graph.ts';
import type { Graph } from './graph.ts';

export interface Components {
  count: number;
  /** The component of each node; components are numbered by their smallest node. */
  component: Uint32Array;
}

/** The connected components, by breadth-first search in linear time. */
export function findComponents(graph: Graph): Components {
  const component = new Uint32Array(graph.size);
  const queue = new Uint32Array(graph.size);
  let [count, tail] = [0, 0];
  const visit = (node: number): void => {
    if (component[node] !== 0) return;
    component[node] = count;
    queue[tail++] = node;
  };
  for (let root = 0; root < graph.size; root += 1) {
    if (component[root] !== 0) continue;
    let head = tail;
    // Numbered from 1 during the search: 0 marks unvisited nodes.
    count += 1;
    visit(root);
    for (; head < tail; head += 1) neighbours(graph, queue[head] as number).forEach(visit);
  }
  return { count, component: component.map((number) => number - 1) };
}

export interface Cuts {
  articulationPoints: number[];
  /** Edges whose removal increases the number of components, smaller node first, ascending. Parallel edges are never bridges. */
  bridges: [number, number][];
}

/**
 * Finds articulation points and bridges in one depth-first search, without recursion, in linear time. `counts` is the number of parallel
 * edges of each entry of `targets`, 1 by default. Hopcroft and Tarjan (1973), "Algorithm 447"; Tarjan (1974), "A note on finding the
 * bridges of a graph".
 */
export function findCuts({ size, offsets, targets }: Graph, counts?: ArrayLike<number>): Cuts {
  // The visit time of each node, from 1, and the earliest visit time that an edge from its subtree reaches.
  const visitTimes = new Uint32Array(size);
  const lowest = new Uint32Array(size);
  const parents = new Uint32Array(size);
  const nextEntries = offsets.slice(0, size);
  const isArticulation = new Uint8Array(size);
  const bridges: [number, number][] = [];
  let time = 0;
  const visit = (node: number, parent: number): number => {
    time += 1;
    visitTimes[node] = lowest[node] = time;
    parents[node] = parent;
    return node;
  };
  const lowerTo = (node: number, time: number): void => {
    if (time < (lowest[node] as number)) lowest[node] = time;
  };
  for (let root = 0; root < size; root += 1) {
    if (visitTimes[root] !== 0) continue;
    let node = visit(root, root);
    let children = 0;
    for (;;) {
      const entry = nextEntries[node] as number;
      const parent = parents[node] as number;
      if (entry < (offsets[node + 1] as number)) {
        nextEntries[node] = entry + 1;
        const target = targets[entry] as number;
        if (visitTimes[target] === 0) node = visit(target, node);
        else if (target !== parent || (counts?.[entry] ?? 1) > 1) lowerTo(node, visitTimes[target] as number);
        continue;
      }
      if (node === root) break;
      const low = lowest[node] as number;
      lowerTo(parent, low);
      if (low > (visitTimes[parent] as number)) bridges.push(node < parent ? [node, parent] : [parent, node]);
      if (parent === root) children += 1;
      else if (low >= (visitTimes[parent] as number)) isArticulation[parent] = 1;
      node = parent;
    }
    if (children > 1) isArticulation[root] = 1;
  }
  const articulationPoints: number[] = [];
  isArticulation.forEach((flag, node) => flag === 1 && articulationPoints.push(node));
  return { articulationPoints, bridges: bridges.sort(([a, b], [c, d]) => a - c || b - d) };
}
