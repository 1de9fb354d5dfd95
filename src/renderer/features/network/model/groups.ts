import type { NetworkGroups } from '#shared/contract/network.ts';
import { say } from '../../../i18n/setup.ts';
import { readModel } from './model.ts';
import type { Model, NetEdge, NetNode } from './model.ts';

const prefix = 'group:';
export const isGroup = (id: string): boolean => id.includes(prefix);
export const groupKey = (id: string): string => id.slice(prefix.length);

function titleOf({ id, title, members }: NetworkGroups['groups'][number], isCommunity: boolean): string {
  if (id === '') return say(isCommunity ? 'network:group.small' : 'network:noGroup');
  return isCommunity && members > 1 ? say('network:group.title', { title, count: members - 1 }) : title;
}

/** With more than `many` lines between groups, only the `kept` strongest of each node are drawn. */
const lines = { many: 120, kept: 3 };

export function strongestLines({ from, to, count }: NetworkGroups['links']): ReadonlySet<number> {
  const order = count.map((_, at) => at);
  if (count.length <= lines.many) return new Set(order);
  order.sort((a, b) => (count[b] ?? 0) - (count[a] ?? 0) || a - b);
  const drawn = new Map<string, number>();
  const spare = (end = ''): boolean => (drawn.get(end) ?? 0) < lines.kept;
  return new Set(
    order.filter((at) => {
      const ends = [from[at] ?? '', to[at] ?? ''];
      const isKept = ends.some(spare);
      if (isKept) for (const end of ends) drawn.set(end, (drawn.get(end) ?? 0) + 1);
      return isKept;
    }),
  );
}

export function groupModel({ groups, network, links }: NetworkGroups, isCommunity: boolean): Model {
  const { nodes: members, edges: inside, titles } = readModel(network);
  const counts = new Map<string, number>();
  const edges = new Map<string, NetEdge>(inside);
  const drawn = strongestLines(links);
  links.from.forEach((from, at) => {
    const to = links.to[at] ?? '';
    const count = links.count[at] ?? 0;
    for (const end of [from, to]) counts.set(end, (counts.get(end) ?? 0) + count);
    if (!drawn.has(at)) return;
    const id = `${from} ${to}`;
    edges.set(id, { id, from, to, kind: 'interface', bond: null, loss: links.loss[at] ?? null, count });
  });
  const nodes = new Map<string, NetNode>(members);
  for (const group of groups) {
    const id = `${prefix}${group.id}`;
    nodes.set(id, {
      id,
      type: isCommunity ? 'team' : 'university',
      title: titleOf(group, isCommunity),
      university: isCommunity ? null : group.id,
      links: counts.get(id) ?? 0,
      saved: null,
      values: {},
      members: group.members,
    });
  }
  return { nodes, edges, titles, matched: nodes.size };
}
