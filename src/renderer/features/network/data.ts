import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NetworkGroups, NodeType } from '#shared/contract/network.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { queryKeys } from '../../stores/queries.ts';
import { faultData } from '../../text/faults.ts';
import { countedRecords } from '../../text/names.ts';
import { say } from '../../i18n/setup.ts';
import { neededFields } from './look/fields.ts';
import { groupModel, strongestLineIndexes } from './model/groups.ts';
import { emptyModel, readModel } from './model/model.ts';
import type { Model } from './model/model.ts';

function filtersByType({ filters, types }: NetworkView): { type: NodeType; filters: Filter[] }[] {
  return types
    .map((type) => ({
      type,
      filters: filters.filter((candidate) => candidate.type === type).map(({ filter }) => filter),
    }))
    .filter((entry) => entry.filters.length > 0);
}

/** Whether to omit universities without shown records: they are only context if all filters are for other types. */
export function hidesIsolatedUniversities({
  types,
  filters,
  focus,
}: Pick<NetworkView, 'types' | 'filters' | 'focus'>): boolean {
  const activeFilters = filters.filter(({ type }) => types.includes(type));
  return (
    focus === '' &&
    types.includes('university') &&
    activeFilters.length > 0 &&
    activeFilters.every(({ type }) => type !== 'university')
  );
}

/** The model without universities that have neither a shown record nor an edge. An incomplete model is returned unchanged. */
export function withoutIsolatedUniversities(model: Model): Model {
  if (model.matched > model.nodes.size) return model;
  const referenced = new Set<string>();
  for (const { type, university } of model.nodes.values())
    if (type !== 'university' && university !== null) referenced.add(university);
  for (const { from, to } of model.edges.values()) referenced.add(from).add(to);
  const nodes = new Map(
    [...model.nodes].filter(([id, { type }]) => type !== 'university' || referenced.has(id)),
  );
  return { ...model, nodes, matched: nodes.size };
}

/** Larger networks are drawn as communities, unless everything is requested. */
const drawLimit = { nodes: 10_000, links: 100_000 };
const showAllLimit = { nodes: 20_000, links: 200_000 };

export interface GroupCounts {
  groups: number;
  nodes: number;
  links: number;
  /** Grouped because the network is large, not on request. */
  isAutomatic: boolean;
  /** Only the strongest edges are drawn. */
  isThinned: boolean;
  canShowAll: boolean;
}

export interface NetworkData {
  /** Null until first read. */
  model: Model | null;
  groupCounts: GroupCounts | null;
  error: unknown;
  notFound: boolean;
  /** The view that `model` shows. While a new view loads, the previous view with the new layout. */
  shownView: NetworkView;
  retry: () => void;
}

function countGroups(
  { groups, nodes, all_links: linkCount, links: lines }: NetworkGroups,
  isAutomatic: boolean,
): GroupCounts {
  const canShowAll = isAutomatic && nodes <= showAllLimit.nodes && linkCount <= showAllLimit.links;
  const isThinned = strongestLineIndexes(lines).size < lines.count.length;
  return { groups: groups.length, nodes, links: linkCount, isAutomatic, isThinned, canShowAll };
}

export function useNetworkData(view: NetworkView): NetworkData {
  const { types, focus, depth, references, colour, size, collapse, expanded, links } = view;
  const isLocal = focus !== '';
  const isGroupingChosen = !isLocal && (collapse === 'university' || collapse === 'community');
  const fields = neededFields(isLocal ? nodeType.options : types, colour, size);
  const neighbourhoodInput = { id: focus, depth, fields, references };
  const baseInput = { types: [...types], filters: filtersByType(view), fields };
  const graphInput = { ...baseInput, references, ...(collapse === 'auto' && { most: drawLimit }) };
  const recordsQuery = useQuery({
    queryKey: isLocal
      ? queryKeys.network('around', neighbourhoodInput)
      : queryKeys.network('graph', graphInput),
    queryFn: ({ signal }) =>
      isLocal
        ? api.network.neighbourhood(neighbourhoodInput, { signal })
        : api.network.graph(graphInput, { signal }),
    placeholderData: keepPreviousData,
    enabled: !isGroupingChosen,
  });
  const isTooLarge = !isLocal && collapse === 'auto' && recordsQuery.data?.too_large !== undefined;
  const grouping: 'university' | 'community' | null = isGroupingChosen
    ? collapse
    : isTooLarge
      ? 'community'
      : null;
  const groupsInput = {
    ...baseInput,
    by: grouping ?? 'community',
    expanded: [...expanded],
    links: { ...links, loss: links.loss && ([...links.loss] as [number, number]) },
  };
  const groupsQuery = useQuery({
    queryKey: queryKeys.network('groups', groupsInput),
    queryFn: ({ signal }) => awaitResult(api.analysis.groups(groupsInput, { signal }), () => {}, signal),
    placeholderData: keepPreviousData,
    enabled: grouping !== null,
  });
  const { error, isPlaceholderData, refetch } = grouping === null ? recordsQuery : groupsQuery;
  const [loadedView, setLoadedView] = useState(view);
  if (!isPlaceholderData && loadedView !== view) setLoadedView(view);
  const shownView = isPlaceholderData ? { ...loadedView, layout: view.layout } : view;
  const centre = shownView.focus;
  const shownTypes = shownView.types.join();
  const hidesIsolated = hidesIsolatedUniversities(shownView);
  const { data } = recordsQuery;
  const groups = grouping === null ? undefined : groupsQuery.data;
  const model = useMemo(() => {
    if (grouping !== null) return groups ? groupModel(groups, grouping === 'community') : null;
    if (!data) return null;
    const loadedModel = readModel(
      data,
      centre === '' ? undefined : (shownTypes.split(',') as NodeType[]),
      centre,
    );
    return hidesIsolated ? withoutIsolatedUniversities(loadedModel) : loadedModel;
  }, [data, groups, grouping, shownTypes, centre, hidesIsolated]);
  const groupCounts = useMemo(() => (groups ? countGroups(groups, isTooLarge) : null), [groups, isTooLarge]);
  const notFound = isLocal && Boolean(faultData(error, 'NOT_FOUND'));
  return {
    model: notFound ? emptyModel : model,
    groupCounts,
    error,
    notFound,
    shownView,
    retry: () => void refetch(),
  };
}

/** "64 teams · 173 links", with the number of links in `fullModel` if it differs; '' until loaded. */
export function networkCountsText(
  model: Model | null,
  fullModel: Model | null = model,
  groupCounts: GroupCounts | null = null,
): string {
  if (!model || !fullModel) return '';
  if (groupCounts) {
    const { nodes, links: linkCount, groups, isThinned } = groupCounts;
    const key = isThinned ? 'network:groupedThinned' : 'network:grouped';
    return say(key, { nodes, links: linkCount, groups });
  }
  const counts = new Map<string, number>();
  for (const { type } of model.nodes.values()) counts.set(type, (counts.get(type) ?? 0) + 1);
  const countLinks = ({ edges }: Model): number =>
    [...edges.values()].filter(({ kind }) => kind === 'interface').length;
  const [links, allLinks] = [countLinks(model), countLinks(fullModel)];
  const referenceCount = model.edges.size - links;
  return [
    ...[...counts].map(([type, count]) => countedRecords(type, count)),
    links === allLinks
      ? countedRecords('interface', links)
      : say('network:linksOfAll', { shown: links, count: allLinks }),
    ...(referenceCount > 0 ? [say('network:otherLines', { count: referenceCount })] : []),
  ].join(' · ');
}
