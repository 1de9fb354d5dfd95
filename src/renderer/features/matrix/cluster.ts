/** Undirected links between nodes 0 to n − 1: the neighbours of each node with the number of links. */
export type Weights = readonly ReadonlyMap<number, number>[];

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);

/**
 * Communities by greedy maximisation of modularity (Clauset, Newman and Moore 2004): from single nodes, merges the two groups whose union
 * raises modularity most, until none does. Ties go to the first, so that the result is deterministic.
 */
export function communities(weights: Weights): readonly (readonly number[])[] {
  const members = weights.map((_, node) => [node]);
  const links = weights.map((neighbours, node) => new Map([...neighbours].filter(([to]) => to !== node)));
  const degrees = links.map((neighbours) => sum(neighbours.values()));
  const total = sum(degrees);
  for (;;) {
    let best = { gain: 0, a: -1, b: -1 };
    links.forEach((neighbours, a) => {
      for (const [b, weight] of neighbours) {
        // 2 m² times the change of modularity, an integer, so that ties are exact.
        const gain = total * weight - (degrees[a] ?? 0) * (degrees[b] ?? 0);
        const isFirst = a < best.a || (a === best.a && b < best.b);
        if (a < b && (gain > best.gain || (gain === best.gain && gain > 0 && isFirst))) best = { gain, a, b };
      }
    });
    const { gain, a, b } = best;
    if (gain <= 0) return members.filter((some) => some.length > 0);
    members[a]?.push(...(members[b] ?? []));
    members[b] = [];
    for (const [node, weight] of links[b] ?? []) {
      links[node]?.delete(b);
      if (node === a) continue;
      links[a]?.set(node, (links[a]?.get(node) ?? 0) + weight);
      links[node]?.set(a, (links[node]?.get(a) ?? 0) + weight);
    }
    links[b] = new Map();
    degrees[a] = (degrees[a] ?? 0) + (degrees[b] ?? 0);
  }
}

/** The order of Cuthill and McKee for some nodes: outwards from one with few neighbours, so that linked nodes are near each other. */
function outwards(nodes: readonly number[], weights: Weights): readonly number[] {
  const left = new Set(nodes);
  const near = (node: number): number[] => [...(weights[node]?.keys() ?? [])].filter((to) => left.has(to));
  const degrees = new Map(nodes.map((node) => [node, near(node).length]));
  const byDegree = (a: number, b: number): number => (degrees.get(a) ?? 0) - (degrees.get(b) ?? 0) || a - b;
  const order: number[] = [];
  const take = (node: number): void => {
    left.delete(node);
    order.push(node);
  };
  for (const start of [...nodes].sort(byDegree)) {
    if (!left.has(start)) continue;
    take(start);
    for (let at = order.length - 1; at < order.length; at += 1)
      for (const next of near(order[at] ?? start).sort(byDegree)) take(next);
  }
  return order;
}

/**
 * The communities ordered so that linked ones are near each other: the largest first, then always the one with the most links to those
 * before. Nodes without links are left out.
 */
export function clusters(weights: Weights): readonly (readonly number[])[] {
  const left = communities(weights).filter((nodes) => nodes.length > 1);
  const ordered: (readonly number[])[] = [];
  const placed = new Set<number>();
  const linksTo = (nodes: readonly number[]): number =>
    sum(
      nodes.flatMap((node) =>
        [...(weights[node] ?? [])].map(([to, weight]) => (placed.has(to) ? weight : 0)),
      ),
    );
  while (left.length > 0) {
    const rank = new Map(left.map((nodes) => [nodes, linksTo(nodes)]));
    const [next] = left.toSorted(
      (a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0) || b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0),
    );
    if (!next) break;
    left.splice(left.indexOf(next), 1);
    ordered.push(outwards(next, weights));
    for (const node of next) placed.add(node);
  }
  return ordered;
}
