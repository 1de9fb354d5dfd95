import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NetworkGroups, NodeType } from '#shared/contract/network.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { api } from '../../api/client.ts';
import { follow } from '../../api/stream.ts';
import { queryKeys } from '../../stores/queries.ts';
import { faultData } from '../../text/faults.ts';
import { countedRecords } from '../../text/names.ts';
import { say } from '../../i18n/setup.ts';
import { neededFields } from './look/fields.ts';
import { groupModel, strongestLines } from './model/groups.ts';
import { emptyModel, readModel } from './model/model.ts';
import type { Model } from './model/model.ts';

function byType({ filters, types }: NetworkView): { type: NodeType; filters: Filter[] }[] {
  return types
    .map((type) => ({
      type,
      filters: filters.filter((one) => one.type === type).map(({ filter }) => filter),
    }))
    .filter((one) => one.filters.length > 0);
}

/** Whether to omit universities without shown records: if only other types are filtered, universities are there as their context. */
export function hidesLonelyUniversities({
  types,
  filters,
  focus,
}: Pick<NetworkView, 'types' | 'filters' | 'focus'>): boolean {
  const used = filters.filter(({ type }) => types.includes(type));
  return (
    focus === '' &&
    types.includes('university') &&
    used.length > 0 &&
    used.every(({ type }) => type !== 'university')
  );
}

/** The model without universities that have neither a shown record nor an edge. An incomplete model stays as it is. */
export function withoutLonely(model: Model): Model {
  if (model.matched > model.nodes.size) return model;
  const named = new Set<string>();
  for (const { type, university } of model.nodes.values())
    if (type !== 'university' && university !== null) named.add(university);
  for (const { from, to } of model.edges.values()) named.add(from).add(to);
  const nodes = new Map([...model.nodes].filter(([id, { type }]) => type !== 'university' || named.has(id)));
  return { ...model, nodes, matched: nodes.size };
}

/** Larger networks are drawn as communities, unless everything is requested. */
const drawable = { nodes: 10_000, links: 100_000 };
/** Limits for showing everything on request. */
const hardLimit = { nodes: 20_000, links: 200_000 };

/** The counts of a grouped network. */
export interface Grouped {
  groups: number;
  nodes: number;
  links: number;
  /** Grouped because of its size, not on request. */
  isAutomatic: boolean;
  /** Only the strongest edges are drawn. */
  isThinned: boolean;
  canShowAll: boolean;
}

export interface NetworkData {
  /** Null until first read. */
  model: Model | null;
  grouped: Grouped | null;
  error: unknown;
  /** The centre record does not exist. */
  notFound: boolean;
  /** The view of the model: the previous one while the next is loading. */
  shown: NetworkView;
  retry: () => void;
}

function groupedOf(
  { groups, nodes, all_links: links, links: lines }: NetworkGroups,
  isAutomatic: boolean,
): Grouped {
  const canShowAll = isAutomatic && nodes <= hardLimit.nodes && links <= hardLimit.links;
  const isThinned = strongestLines(lines).size < lines.count.length;
  return { groups: groups.length, nodes, links, isAutomatic, isThinned, canShowAll };
}

export function useNetworkData(view: NetworkView): NetworkData {
  const { types, focus, depth, references, colour, size, collapse, expanded, links } = view;
  const isLocal = focus !== '';
  const isChosen = !isLocal && (collapse === 'university' || collapse === 'community');
  const fields = neededFields(isLocal ? nodeType.options : types, colour, size);
  const near = { id: focus, depth, fields, references };
  const narrowed = { types: [...types], filters: byType(view), fields };
  const whole = { ...narrowed, references, ...(collapse === 'auto' && { most: drawable }) };
  const single = useQuery({
    queryKey: isLocal ? queryKeys.network('around', near) : queryKeys.network('graph', whole),
    queryFn: ({ signal }) =>
      isLocal ? api.network.around(near, { signal }) : api.network.graph(whole, { signal }),
    placeholderData: keepPreviousData,
    enabled: !isChosen,
  });
  const isTooLarge = !isLocal && collapse === 'auto' && single.data?.too_large !== undefined;
  const by: 'university' | 'community' | null = isChosen ? collapse : isTooLarge ? 'community' : null;
  const input = {
    ...narrowed,
    by: by ?? 'community',
    expanded: [...expanded],
    links: { ...links, loss: links.loss && ([...links.loss] as [number, number]) },
  };
  const together = useQuery({
    queryKey: queryKeys.network('groups', input),
    queryFn: ({ signal }) => follow(api.analysis.groups(input, { signal }), () => {}, signal),
    placeholderData: keepPreviousData,
    enabled: by !== null,
  });
  const { error, isPlaceholderData, refetch } = by === null ? single : together;
  const [settled, settle] = useState(view);
  if (!isPlaceholderData && settled !== view) settle(view);
  const shown = isPlaceholderData ? { ...settled, layout: view.layout } : view;
  const centre = shown.focus;
  const shownTypes = shown.types.join();
  const hidesLonely = hidesLonelyUniversities(shown);
  const { data } = single;
  const groups = by === null ? undefined : together.data;
  const model = useMemo(() => {
    if (by !== null) return groups ? groupModel(groups, by === 'community') : null;
    if (!data) return null;
    const read = readModel(data, centre === '' ? undefined : (shownTypes.split(',') as NodeType[]), centre);
    return hidesLonely ? withoutLonely(read) : read;
  }, [data, groups, by, shownTypes, centre, hidesLonely]);
  const grouped = useMemo(() => (groups ? groupedOf(groups, isTooLarge) : null), [groups, isTooLarge]);
  const notFound = isLocal && Boolean(faultData(error, 'NOT_FOUND'));
  return {
    model: notFound ? emptyModel : model,
    grouped,
    error,
    notFound,
    shown,
    retry: () => void refetch(),
  };
}

/** "64 teams · 173 links" of `all`; '' until read. */
export function countsOf(
  model: Model | null,
  all: Model | null = model,
  grouped: Grouped | null = null,
): string {
  if (!model || !all) return '';
  if (grouped) {
    const { nodes, links: every, groups, isThinned } = grouped;
    const key = isThinned ? 'network:groupedThinned' : 'network:grouped';
    return say(key, { nodes, links: every, groups });
  }
  const types = new Map<string, number>();
  for (const { type } of model.nodes.values()) types.set(type, (types.get(type) ?? 0) + 1);
  const linksOf = ({ edges }: Model): number =>
    [...edges.values()].filter(({ kind }) => kind === 'interface').length;
  const [links, allLinks] = [linksOf(model), linksOf(all)];
  const others = model.edges.size - links;
  return [
    ...[...types].map(([type, count]) => countedRecords(type, count)),
    links === allLinks
      ? countedRecords('interface', links)
      : say('network:linksOfAll', { shown: links, count: allLinks }),
    ...(others > 0 ? [say('network:otherLines', { count: others })] : []),
  ].join(' · ');
}
