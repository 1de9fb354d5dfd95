import { compareNames } from '#shared/domain/sort-key.ts';
import type { MatrixOrder } from '#shared/address/view.ts';
import { valueOf } from '../network/look/fields.ts';
import type { Model, NetNode } from '../network/model/model.ts';

/** For each node from 0 to n − 1: its neighbours, each with the number of links in both directions. */
type Weights = readonly ReadonlyMap<number, number>[];

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, value) => total + value, 0);

/**
 * Communities by greedy maximisation of modularity (Clauset, Newman and Moore 2004): from single nodes, merges the two groups whose union
 * raises modularity most, until none does. Ties go to the first, so that the result is deterministic.
 */
function findCommunities(weights: Weights): readonly (readonly number[])[] {
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
    if (gain <= 0) return members.filter((group) => group.length > 0);
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

/** The Cuthill–McKee order of some nodes: outwards from the one with the fewest neighbours, so that linked nodes are close. */
function cuthillMcKeeOrder(nodes: readonly number[], weights: Weights): readonly number[] {
  const unvisited = new Set(nodes);
  const unvisitedNeighbours = (node: number): number[] =>
    [...(weights[node]?.keys() ?? [])].filter((to) => unvisited.has(to));
  const degrees = new Map(nodes.map((node) => [node, unvisitedNeighbours(node).length]));
  const compareDegrees = (a: number, b: number): number =>
    (degrees.get(a) ?? 0) - (degrees.get(b) ?? 0) || a - b;
  const order: number[] = [];
  const visit = (node: number): void => {
    unvisited.delete(node);
    order.push(node);
  };
  for (const start of [...nodes].sort(compareDegrees)) {
    if (!unvisited.has(start)) continue;
    visit(start);
    for (let index = order.length - 1; index < order.length; index += 1)
      for (const next of unvisitedNeighbours(order[index] ?? start).sort(compareDegrees)) visit(next);
  }
  return order;
}

/**
 * The communities ordered so that linked ones are near each other: the largest first, then always the one with the most links to those
 * before. Communities of a single node are left out.
 */
function orderCommunities(weights: Weights): readonly (readonly number[])[] {
  const unplacedGroups = findCommunities(weights).filter((nodes) => nodes.length > 1);
  const orderedGroups: (readonly number[])[] = [];
  const placedNodes = new Set<number>();
  const linksTo = (nodes: readonly number[]): number =>
    sum(
      nodes.flatMap((node) =>
        [...(weights[node] ?? [])].map(([to, weight]) => (placedNodes.has(to) ? weight : 0)),
      ),
    );
  while (unplacedGroups.length > 0) {
    const linkCounts = new Map(unplacedGroups.map((nodes) => [nodes, linksTo(nodes)]));
    const [nextGroup] = unplacedGroups.toSorted(
      (a, b) =>
        (linkCounts.get(b) ?? 0) - (linkCounts.get(a) ?? 0) ||
        b.length - a.length ||
        (a[0] ?? 0) - (b[0] ?? 0),
    );
    if (!nextGroup) break;
    unplacedGroups.splice(unplacedGroups.indexOf(nextGroup), 1);
    orderedGroups.push(cuthillMcKeeOrder(nextGroup, weights));
    for (const node of nextGroup) placedNodes.add(node);
  }
  return orderedGroups;
}

/** Adjacent records of one university, discipline, stage or cluster. */
export interface Block {
  /** The common value, or the number of the cluster from 1; '' for none. */
  key: string;
  start: number;
  size: number;
}

export interface Arrangement {
  nodes: readonly NetNode[];
  blocks: readonly Block[];
}

const lifecycles = ['incoming', 'established', 'outgoing'];
const groupFields = { university: 'university', discipline: 'discipline', lifecycle: 'stage' } as const;

/** The group value of a record as stored; '' for none. */
function groupKey(node: NetNode, order: keyof typeof groupFields): string {
  const value = valueOf(node, groupFields[order]);
  return typeof value === 'string' ? value : '';
}

/** One block per group, one after the other. */
export function blocksOf(groups: Iterable<readonly [string, { length: number }]>): readonly Block[] {
  let start = 0;
  return [...groups].map(([key, { length: size }]) => {
    const block = { key, start, size };
    start += size;
    return block;
  });
}

export const truncateBlocks = (blocks: readonly Block[], count: number): readonly Block[] =>
  blocks.flatMap((block) =>
    block.start < count ? [{ ...block, size: Math.min(block.size, count - block.start) }] : [],
  );

const arrangeGroups = (groups: readonly (readonly [string, readonly NetNode[]])[]): Arrangement => ({
  nodes: groups.flatMap(([, nodes]) => nodes),
  blocks: blocksOf(groups),
});

function countLinks(nodes: readonly NetNode[], { edges }: Model): Weights {
  const indexById = new Map(nodes.map(({ id }, index) => [id, index]));
  const weights = nodes.map(() => new Map<number, number>());
  const addLink = (a: number, b: number): void => {
    weights[a]?.set(b, (weights[a]?.get(b) ?? 0) + 1);
  };
  for (const { from, to, kind } of edges.values()) {
    const [a, b] = [indexById.get(from), indexById.get(to)];
    if (kind !== 'interface' || a === undefined || b === undefined || a === b) continue;
    addLink(a, b);
    addLink(b, a);
  }
  return weights;
}

/** The records in an order. `groupName` returns the name of a group. */
export function arrangeRecords(
  model: Model,
  order: MatrixOrder,
  groupName: (key: string) => string,
): Arrangement {
  const nodes = [...model.nodes.values()].sort(
    (a, b) => compareNames(a.title, b.title) || (a.id < b.id ? -1 : 1),
  );
  if (order === 'name') return { nodes, blocks: [] };
  if (order === 'links') return { nodes: nodes.sort((a, b) => b.links - a.links), blocks: [] };
  if (order === 'cluster') {
    const groups = orderCommunities(countLinks(nodes, model)).map((members, index): [string, NetNode[]] => [
      String(index + 1),
      members.flatMap((node) => nodes[node] ?? []),
    ]);
    const groupedNodes = new Set(groups.flatMap(([, members]) => members));
    const ungroupedNodes = nodes.filter((node) => !groupedNodes.has(node));
    return arrangeGroups(ungroupedNodes.length > 0 ? [...groups, ['', ungroupedNodes]] : groups);
  }
  const groups = Map.groupBy(nodes, (node) => groupKey(node, order));
  // Lifecycles in their order, then other groups by name, then records without a group.
  const rank = (key: string): number => {
    if (key === '') return lifecycles.length + 1;
    const lifecycleIndex = order === 'lifecycle' ? lifecycles.indexOf(key) : -1;
    return lifecycleIndex < 0 ? lifecycles.length : lifecycleIndex;
  };
  return arrangeGroups(
    [...groups].sort(([a], [b]) => rank(a) - rank(b) || compareNames(groupName(a), groupName(b))),
  );
}

/** The number of links within a block, and of all links. The block of records without a group does not count. */
export function countInside(
  { nodes, blocks }: Arrangement,
  { edges }: Model,
): { inside: number; all: number } {
  const groupById = new Map<string, string>();
  for (const { key, start, size } of blocks)
    for (const { id } of nodes.slice(start, start + size)) groupById.set(id, key);
  const links = [...edges.values()].filter(({ kind }) => kind === 'interface');
  const inside = links.filter(({ from, to }) => {
    const group = groupById.get(from);
    return group !== undefined && group !== '' && group === groupById.get(to);
  });
  return { inside: inside.length, all: links.length };
}
