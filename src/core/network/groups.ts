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
  const graphRequest = {
    types,
    filters,
    fields,
    references: false,
    limit: Number.MAX_SAFE_INTEGER,
    drawing: 'network' as const,
  };
  const graph = yield* readGraph(indexes, graphRequest);
  const { nodes, edges, titles } = graph;
  const nodeIndexes = new Map(nodes.id.map((id, index) => [id, index]));
  const university = universityOf(graph, nodeIndexes);
  const groupOf: GroupOf = communities ? (id) => communities.get(id) ?? '' : university;
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
    if (!keptGroups.has(group)) return '';
    return communities && group !== '' ? (nodes.id[centralNodes.get(group) as number] as string) : group;
  };
  const groupIds = new Map(order.map(([group]) => [group, groupIdOf(group)]));
  const shownGroups = nodes.id.map((id) => groupIds.get(groupOf(id)) as string);
  yield nodes.id.length;

  const members = request.expanded
    .flatMap((group) => nodes.id.filter((_, index) => shownGroups[index] === group))
    .slice(0, maxMembers);
  const shownIds = new Set(members);
  const groups = new Map<string, NetworkGroups['groups'][number]>();
  for (const [index, id] of nodes.id.entries()) {
    if (shownIds.has(id)) continue;
    const group = shownGroups[index] as string;
    const existing = groups.get(group);
    if (existing) existing.members += 1;
    else {
      const title = communities ? (nodes.title[nodeIndexes.get(group) ?? -1] ?? '') : (titles[group] ?? '');
      groups.set(group, { id: group, title, members: 1, within: 0 });
    }
  }

  const matchesFilter = request.links && createLinkFilter(request.links);
  const valueAt = (field: string, index: number): string | null =>
    (nodes.values[field]?.[index] as string | null) ?? null;
  const endOf = (index: number) => ({
    university: university(nodes.id[index] as string) || null,
    lifecycle: valueAt(nodes.type[index] === 'student' ? 'status' : 'lifecycle', index),
  });
  const groupLinks = new Map<string, GroupLink>();
  const memberLinks: string[] = [];
  let linkCount = 0;
  for (const [index, id] of edges.id.entries()) {
    if (index % edgesPerYield === 0) yield index;
    const [from, to] = [edges.from[index] as number, edges.to[index] as number];
    const loss = edges.loss[index] ?? null;
    if (matchesFilter && !matchesFilter({ bond: edges.bond[index] ?? null, loss }, endOf(from), endOf(to)))
      continue;
    linkCount += 1;
    const endIdOf = (end: number): string => {
      const node = nodes.id[end] as string;
      return shownIds.has(node) ? node : `group:${shownGroups[end]}`;
    };
    const [a, b] = [endIdOf(from), endIdOf(to)];
    if (a === b && a.startsWith('group:')) {
      (groups.get(shownGroups[from] as string) as { within: number }).within += 1;
      continue;
    }
    if (!a.startsWith('group:') && !b.startsWith('group:')) {
      memberLinks.push(id);
      continue;
    }
    // Links in both directions are counted in one.
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const link = groupLinks.get(key) ?? {
      from: a < b ? a : b,
      to: a < b ? b : a,
      count: 0,
      ratedCount: 0,
      lossSum: 0,
    };
    link.count += 1;
    if (loss !== null) {
      link.ratedCount += 1;
      link.lossSum += loss;
    }
    groupLinks.set(key, link);
  }

  const columns = new NetworkColumns(members.flatMap((id) => indexes.names.find(id) ?? []) as Node[]);
  const memberLinkIds = new Set(memberLinks);
  for (const id of members) {
    yield* columns.addLinks([...indexes.links.linksFrom(id)].filter((link) => memberLinkIds.has(link.id)));
  }
  const links = [...groupLinks.values()];
  return {
    groups: [...groups.values()],
    network: yield* columns.finish(indexes, request, members.length),
    links: {
      from: links.map(({ from }) => from),
      to: links.map(({ to }) => to),
      count: links.map((link) => link.count),
      loss: links.map(({ ratedCount, lossSum }) => (ratedCount === 0 ? null : lossSum / ratedCount)),
    },
    nodes: nodes.id.length,
    all_links: linkCount,
  };
}
