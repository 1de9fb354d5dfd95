import type { z } from 'zod';
import type { groupsInput, Network, NetworkGroups } from '#shared/contract/network.ts';
import { createLinkFilter } from '#shared/domain/link-filters.ts';
import { NetworkColumns } from './columns.ts';
import type { NetworkIndexes, Node } from './columns.ts';
import { readGraph } from './graph.ts';

export type GroupsRequest = z.output<typeof groupsInput>;

/** Smaller groups beyond this number are merged with the records without a group. */
const maxGroups = 200;
/** The maximal number of shown members of expanded groups; the groups named first have priority. */
const maxMembers = 5000;
const edgesPerYield = 5000;
/** Marks the end of a link that is a group, not a node. */
const groupPrefix = 'group:';

/** The group of each node; '' for none. */
export type GroupOf = (id: string) => string;

export const universityOf =
  ({ nodes }: Network, nodeIndexes: ReadonlyMap<string, number>): GroupOf =>
  (id) => {
    const index = nodeIndexes.get(id) as number;
    return (nodes.type[index] === 'university' ? id : nodes.university[index]) ?? '';
  };

interface GroupLink {
  from: string;
  to: string;
  count: number;
  ratedCount: number;
  lossSum: number;
}

interface CollapsedLinks {
  groupLinks: readonly GroupLink[];
  memberLinkIds: ReadonlySet<string>;
  linkCount: number;
}

type Group = NetworkGroups['groups'][number];

/** The matching network with its groups collapsed; links between members of expanded groups stay. Yields often. */
export function* readGroups(
  indexes: NetworkIndexes,
  request: GroupsRequest,
  communities: ReadonlyMap<string, string> | null,
): Generator<number, NetworkGroups, void> {
  const { types, filters } = request;
  const fields = [
    ...(types.includes('team') ? ['lifecycle'] : []),
    ...(types.includes('student') ? ['status'] : []),
  ];
  const graph = yield* readGraph(indexes, {
    types,
    filters,
    fields,
    references: false,
    limit: Number.MAX_SAFE_INTEGER,
    drawing: 'network',
  });
  const { nodes, titles } = graph;
  const nodeIndexes = new Map(nodes.id.map((id, index) => [id, index]));
  const university = universityOf(graph, nodeIndexes);
  const groupIds = communities
    ? groupIdsByNode(graph, (id) => communities.get(id) ?? '', 'centre')
    : groupIdsByNode(graph, university, 'group');
  yield nodes.id.length;

  const members = request.expanded
    .flatMap((group) => nodes.id.filter((_, index) => groupIds[index] === group))
    .slice(0, maxMembers);
  const shownIds = new Set(members);
  const groups = new Map<string, Group>();
  for (const [index, id] of nodes.id.entries()) {
    if (shownIds.has(id)) continue;
    const group = groupIds[index] as string;
    const existing = groups.get(group);
    if (existing) existing.members += 1;
    else {
      const title = communities ? (nodes.title[nodeIndexes.get(group) ?? -1] ?? '') : (titles[group] ?? '');
      groups.set(group, { id: group, title, members: 1, within: 0 });
    }
  }

  const endIds = nodes.id.map((id, index) => (shownIds.has(id) ? id : `${groupPrefix}${groupIds[index]}`));
  const isMatch = createEdgeFilter(graph, request, university);
  const { groupLinks, memberLinkIds, linkCount } = yield* collapseLinks(graph, { endIds, groups, isMatch });
  const columns = new NetworkColumns(members.flatMap((id) => indexes.names.find(id) ?? []) as Node[]);
  for (const id of members) {
    yield* columns.addLinks([...indexes.links.linksFrom(id)].filter((link) => memberLinkIds.has(link.id)));
  }
  return {
    groups: [...groups.values()],
    network: yield* columns.finish(indexes, request, members.length),
    links: {
      from: groupLinks.map(({ from }) => from),
      to: groupLinks.map(({ to }) => to),
      count: groupLinks.map((link) => link.count),
      loss: groupLinks.map(({ ratedCount, lossSum }) => (ratedCount === 0 ? null : lossSum / ratedCount)),
    },
    nodes: nodes.id.length,
    all_links: linkCount,
  };
}

/** The group of each node by index, named by itself or by its most linked node (`centre`). '' for nodes without a group and of small groups. */
function groupIdsByNode(
  { nodes }: Network,
  groupOf: GroupOf,
  namedBy: 'group' | 'centre',
): readonly string[] {
  const counts = new Map<string, number>();
  const centralNodes = new Map<string, number>();
  for (const [index, id] of nodes.id.entries()) {
    const group = groupOf(id);
    counts.set(group, (counts.get(group) ?? 0) + 1);
    const centralNode = centralNodes.get(group);
    if (centralNode === undefined || (nodes.links[index] as number) > (nodes.links[centralNode] as number))
      centralNodes.set(group, index);
  }
  const order = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  const keptGroups = new Set(order.slice(0, maxGroups).map(([group]) => group));
  const groupIdOf = (group: string): string => {
    if (!keptGroups.has(group) || group === '') return '';
    return namedBy === 'group' ? group : (nodes.id[centralNodes.get(group) as number] as string);
  };
  return nodes.id.map((id) => groupIdOf(groupOf(id)));
}

/** Whether an edge passes the request's filters of links. */
function createEdgeFilter(
  { nodes, edges }: Network,
  request: GroupsRequest,
  university: GroupOf,
): (edge: number) => boolean {
  const matchesFilter = request.links && createLinkFilter(request.links);
  if (!matchesFilter) return () => true;
  const valueAt = (field: string, node: number): string | null =>
    (nodes.values[field]?.[node] as string | null) ?? null;
  const endOf = (node: number) => ({
    university: university(nodes.id[node] as string) || null,
    lifecycle: valueAt(nodes.type[node] === 'student' ? 'status' : 'lifecycle', node),
  });
  return (edge) => {
    const link = { bond: edges.bond[edge] ?? null, loss: edges.loss[edge] ?? null };
    return matchesFilter(link, endOf(edges.from[edge] as number), endOf(edges.to[edge] as number));
  };
}

/** Joins the links between two ends, of which at least one is a group. Counts links inside a group in `groups`. Yields often. */
function* collapseLinks(
  { edges }: Network,
  {
    endIds,
    groups,
    isMatch,
  }: {
    endIds: readonly string[];
    groups: ReadonlyMap<string, Group>;
    isMatch: (edge: number) => boolean;
  },
): Generator<number, CollapsedLinks, void> {
  const groupLinks = new Map<string, GroupLink>();
  const memberLinkIds = new Set<string>();
  let linkCount = 0;
  for (const [edge, id] of edges.id.entries()) {
    if (edge % edgesPerYield === 0) yield edge;
    if (!isMatch(edge)) continue;
    linkCount += 1;
    // Links in both directions are counted in one.
    const [from, to] = [edges.from[edge], edges.to[edge]]
      .map((node) => endIds[node as number] as string)
      .sort() as [string, string];
    const [isFromGroup, isToGroup] = [from.startsWith(groupPrefix), to.startsWith(groupPrefix)];
    if (!isFromGroup && !isToGroup) {
      memberLinkIds.add(id);
      continue;
    }
    if (from === to) {
      (groups.get(from.slice(groupPrefix.length)) as Group).within += 1;
      continue;
    }
    const key = `${from} ${to}`;
    const link = groupLinks.get(key) ?? { from, to, count: 0, ratedCount: 0, lossSum: 0 };
    link.count += 1;
    const loss = edges.loss[edge] ?? null;
    if (loss !== null) {
      link.ratedCount += 1;
      link.lossSum += loss;
    }
    groupLinks.set(key, link);
  }
  return { groupLinks: [...groupLinks.values()], memberLinkIds, linkCount };
}
