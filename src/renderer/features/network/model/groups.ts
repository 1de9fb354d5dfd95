import type { NetworkGroups } from '#shared/contract/network.ts';
import { say } from '../../../i18n/setup.ts';
import { readModel } from './model.ts';
import type { Model, NetEdge, NetNode } from './model.ts';

const idPrefix = 'group:';
/** Whether the id is that of a group, or of a line, whose id joins the ids of its groups. */
export const isGroup = (id: string): boolean => id.includes(idPrefix);
export const groupKey = (id: string): string => id.slice(idPrefix.length);

function titleOf({ id, title, members }: NetworkGroups['groups'][number], isCommunity: boolean): string {
  if (id === '') return say(isCommunity ? 'network:group.small' : 'network:noGroup');
  return isCommunity && members > 1 ? say('network:group.title', { title, count: members - 1 }) : title;
}

/** With more than `total` lines between groups, weaker lines are skipped once both of their ends have `perNode` lines. */
const lineLimits = { total: 120, perNode: 3 };

export function strongestLineIndexes({ from, to, count }: NetworkGroups['links']): ReadonlySet<number> {
  const sortedIndexes = count.map((_, index) => index);
  if (count.length <= lineLimits.total) return new Set(sortedIndexes);
  sortedIndexes.sort((a, b) => (count[b] ?? 0) - (count[a] ?? 0) || a - b);
  const drawnCounts = new Map<string, number>();
  const hasRoom = (end = ''): boolean => (drawnCounts.get(end) ?? 0) < lineLimits.perNode;
  return new Set(
    sortedIndexes.filter((index) => {
      const ends = [from[index] ?? '', to[index] ?? ''];
      const isDrawn = ends.some(hasRoom);
      if (isDrawn) for (const end of ends) drawnCounts.set(end, (drawnCounts.get(end) ?? 0) + 1);
      return isDrawn;
    }),
  );
}

export function groupModel({ groups, network, links }: NetworkGroups, isCommunity: boolean): Model {
  const { nodes: members, edges: innerEdges, titles } = readModel(network);
  const linkCounts = new Map<string, number>();
  const edges = new Map<string, NetEdge>(innerEdges);
  const drawnIndexes = strongestLineIndexes(links);
  links.from.forEach((from, index) => {
    const to = links.to[index] ?? '';
    const count = links.count[index] ?? 0;
    for (const end of [from, to]) linkCounts.set(end, (linkCounts.get(end) ?? 0) + count);
    if (!drawnIndexes.has(index)) return;
    const id = `${from} ${to}`;
    edges.set(id, { id, from, to, kind: 'interface', bond: null, loss: links.loss[index] ?? null, count });
  });
  const nodes = new Map<string, NetNode>(members);
  for (const group of groups) {
    const id = `${idPrefix}${group.id}`;
    nodes.set(id, {
      id,
      type: isCommunity ? 'team' : 'university',
      title: titleOf(group, isCommunity),
      university: isCommunity ? null : group.id,
      links: linkCounts.get(id) ?? 0,
      saved: null,
      values: {},
      members: group.members,
    });
  }
  return { nodes, edges, titles, matched: nodes.size };
}
