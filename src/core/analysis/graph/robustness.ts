import { neighbours } from './graph.ts';
import type { Graph } from './graph.ts';

/**
 * The size of the largest component as nodes are removed one after the other, as a share (0 to 1) of the nodes there were: at `i` that
 * after the first `i` of `order`. Albert, Jeong and Barabási (2000), "Error and attack tolerance of complex networks"; computed backwards,
 * as adding nodes only joins components: near linear time. Throws RangeError for a node that is not there or is removed twice.
 */
export function robustness(graph: Graph, order: ArrayLike<number>): Float64Array {
  const { size } = graph;
  const isPresent = new Uint8Array(size).fill(1);
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] as number;
    if (isPresent[node] !== 1) throw new RangeError(`node ${node} cannot be removed`);
    isPresent[node] = 0;
  }
  const parents = Uint32Array.from({ length: size }, (_, node) => node);
  const sizes = new Uint32Array(size).fill(1);
  const shares = new Float64Array(order.length + 1);
  let largest = 0;
  const find = (node: number): number => {
    let root = node;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root] as number] as number;
      root = parents[root] as number;
    }
    return root;
  };
  const add = (node: number): void => {
    isPresent[node] = 1;
    largest = Math.max(largest, 1);
    for (const target of neighbours(graph, node)) {
      if (isPresent[target] === 0) continue;
      let [root, other] = [find(node), find(target)];
      if (root === other) continue;
      if ((sizes[root] as number) < (sizes[other] as number)) [root, other] = [other, root];
      parents[other] = root;
      (sizes[root] as number) += sizes[other] as number;
      largest = Math.max(largest, sizes[root] as number);
    }
  };
  for (let node = 0; node < size; node += 1) if (isPresent[node] === 1) add(node);
  for (let at = order.length; at >= 0; at -= 1) {
    if (at < order.length) add(order[at] as number);
    shares[at] = size === 0 ? 0 : largest / size;
  }
  return shares;
}
