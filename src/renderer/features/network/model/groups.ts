import type { NetworkGroups } from '#shared/contract/network.ts';
import { say } from '../../../i18n/setup.ts';
import { readModel } from './model.ts';
import type { Model, NetEdge, NetNode } from './model.ts';

const prefix = 'group:';
export const isGroup = (id: string): boolean => id.includes(prefix);
/** What a group is called where it is expanded. */
export const groupKey = (id: string): string => id.slice(prefix.length);

function titleOf({ id, title, members }: NetworkGroups['groups'][number], isCommunity: boolean): string {
  if (id === '') return say(isCommunity ? 'network:group.small' : 'network:noGroup');
  return isCommunity && members > 1 ? say('network:group.title', { title, count: members - 1 }) : title;
}

/** The model of groups and of the members of expanded ones. */
export function groupModel({ groups, network, links }: NetworkGroups, isCommunity: boolean): Model {
  const { nodes: members, edges: inside, titles } = readModel(network);
  const counts = new Map<string, number>();
  const edges = new Map<string, NetEdge>(inside);
  links.from.forEach((from, at) => {
    const to = links.to[at] ?? '';
    const count = links.count[at] ?? 0;
    for (const end of [from, to]) counts.set(end, (counts.get(end) ?? 0) + count);
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
