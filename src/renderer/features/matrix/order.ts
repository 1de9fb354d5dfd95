import { compareNames } from '#shared/domain/sort-key.ts';
import type { MatrixOrder } from '#shared/address/view.ts';
import { valueOf } from '../network/look/fields.ts';
import type { Model, NetNode } from '../network/model/model.ts';
import { clusters } from './cluster.ts';
import type { Weights } from './cluster.ts';

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

const stages = ['incoming', 'established', 'outgoing'];
const fields = { university: 'university', discipline: 'discipline', lifecycle: 'stage' } as const;

/** The group value of a record as stored; '' for none. */
function keyOf(node: NetNode, order: keyof typeof fields): string {
  const value = valueOf(node, fields[order]);
  return typeof value === 'string' ? value : '';
}

/** Consecutive blocks of these sizes; none if the order has no groups. */
export function blocksOf(groups: Iterable<readonly [string, { length: number }]>): readonly Block[] {
  let start = 0;
  return [...groups].map(([key, { length: size }]) => {
    const block = { key, start, size };
    start += size;
    return block;
  });
}

/** The parts of blocks among the first `count` records. */
export const cutBlocks = (blocks: readonly Block[], count: number): readonly Block[] =>
  blocks.flatMap((block) =>
    block.start < count ? [{ ...block, size: Math.min(block.size, count - block.start) }] : [],
  );

const stacked = (groups: readonly (readonly [string, readonly NetNode[]])[]): Arrangement => ({
  nodes: groups.flatMap(([, nodes]) => nodes),
  blocks: blocksOf(groups),
});

function weightsOf(nodes: readonly NetNode[], { edges }: Model): Weights {
  const at = new Map(nodes.map(({ id }, index) => [id, index]));
  const weights = nodes.map(() => new Map<number, number>());
  const add = (a: number, b: number): void => {
    weights[a]?.set(b, (weights[a]?.get(b) ?? 0) + 1);
  };
  for (const { from, to, kind } of edges.values()) {
    const [a, b] = [at.get(from), at.get(to)];
    if (kind !== 'interface' || a === undefined || b === undefined || a === b) continue;
    add(a, b);
    add(b, a);
  }
  return weights;
}

/** The records in an order. `name` returns the name of a group. */
export function arrange(model: Model, order: MatrixOrder, name: (key: string) => string): Arrangement {
  const nodes = [...model.nodes.values()].sort(
    (a, b) => compareNames(a.title, b.title) || (a.id < b.id ? -1 : 1),
  );
  if (order === 'name') return { nodes, blocks: [] };
  if (order === 'links') return { nodes: nodes.sort((a, b) => b.links - a.links), blocks: [] };
  if (order === 'cluster') {
    const groups = clusters(weightsOf(nodes, model)).map((some, index): [string, NetNode[]] => [
      String(index + 1),
      some.flatMap((at) => nodes[at] ?? []),
    ]);
    const grouped = new Set(groups.flatMap(([, some]) => some));
    const others = nodes.filter((node) => !grouped.has(node));
    return stacked(others.length > 0 ? [...groups, ['', others]] : groups);
  }
  const groups = Map.groupBy(nodes, (node) => keyOf(node, order));
  const rank = (key: string): number =>
    key === '' ? 2 : order === 'lifecycle' && stages.includes(key) ? stages.indexOf(key) - stages.length : 1;
  return stacked([...groups].sort(([a], [b]) => rank(a) - rank(b) || compareNames(name(a), name(b))));
}

/** The number of links within blocks, and of all. Records without a group have no block. */
export function countInside(
  { nodes, blocks }: Arrangement,
  { edges }: Model,
): { inside: number; all: number } {
  const groups = new Map<string, string>();
  for (const { key, start, size } of blocks)
    for (const { id } of nodes.slice(start, start + size)) groups.set(id, key);
  const links = [...edges.values()].filter(({ kind }) => kind === 'interface');
  const inside = links.filter(({ from, to }) => {
    const group = groups.get(from);
    return group !== undefined && group !== '' && group === groups.get(to);
  });
  return { inside: inside.length, all: links.length };
}
