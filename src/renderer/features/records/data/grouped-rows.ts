import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import {
  pageSize,
  pagesOf,
  cachedIndex,
  cachedRow,
  pageOptions,
  readRange,
  useRows,
  useDebouncedPages,
} from './rows.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueries, useQueryClient } from '@tanstack/react-query';
import type { Summary } from '#shared/contract/bulk.ts';
import { api } from '../../../api/client.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { useMemo, useState } from 'react';
import type { ListView } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { GroupLine, Rows } from './rows.ts';
import { groupFieldOf } from '../filters/model.ts';
import { useCustomFields } from '../custom-fields.ts';
import { useGrid } from '../grid/state.ts';

interface RowPosition {
  group: number;
  index: number;
}

/** The first row of each group, and finally the number of rows. A closed group is one row. */
export function groupStarts(groups: readonly { count: number; isClosed: boolean }[]): readonly number[] {
  const starts = [0];
  for (const { count, isClosed } of groups) starts.push((starts.at(-1) ?? 0) + 1 + (isClosed ? 0 : count));
  return starts;
}

/** The group of a row and its index in the group, -1 for the group's own line; null before the first and after the last row. */
export function locateRow(starts: readonly number[], row: number): RowPosition | null {
  const end = starts.at(-1) ?? 0;
  if (row < 0 || row >= end) return null;
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return { group: low, index: row - (starts[low] ?? 0) - 1 };
}

/** The pages of the rows `first` to `last`, as [group, page]. */
export function groupPages(
  starts: readonly number[],
  first: number,
  last: number,
): readonly (readonly [number, number])[] {
  const lastRow = (starts.at(-1) ?? 0) - 1;
  const firstPosition = locateRow(starts, Math.max(0, first));
  const lastPosition = locateRow(starts, Math.min(last, lastRow));
  if (!firstPosition || !lastPosition) return [];
  const pages: [number, number][] = [];
  for (let group = firstPosition.group; group <= lastPosition.group; group += 1) {
    const count = (starts[group + 1] ?? 0) - (starts[group] ?? 0) - 1;
    if (count <= 0) continue;
    const firstIndex = group === firstPosition.group ? Math.max(0, firstPosition.index) : 0;
    const lastIndex = group === lastPosition.group ? Math.max(0, lastPosition.index) : count - 1;
    const lastPage = Math.floor((count - 1) / pageSize);
    for (const page of pagesOf(firstIndex, lastIndex)) if (page <= lastPage) pages.push([group, page]);
  }
  return pages;
}

export function withGroupFilter(query: ListQuery, field: string, value: Json): ListQuery {
  const filter: Filter = { field, op: 'is', value };
  return { ...query, filters: [...(query.filters ?? []), filter] };
}

/** Core sorts groups in ascending order with the empty group last; this also applies a descending sort by the groups' field. */
function sortGroups<Group extends { value: Json }>(
  groups: readonly Group[],
  { sort = [] }: ListQuery,
  groupField: string,
): readonly Group[] {
  const [first] = sort;
  if (first?.field !== groupField || first.direction === 'asc') return groups;
  const isEmpty = ({ value }: Group): boolean => value === null || value === '';
  return [...groups.filter((group) => !isEmpty(group)).toReversed(), ...groups.filter(isEmpty)];
}

export const maxGroups = 1000;

/** A list and the field of its groups. If `groupField` is null, all records are one group. */
interface GroupQuery {
  query: ListQuery;
  groupField: string | null;
  summaries: readonly Summary[];
}

function useGroups({ query, groupField, summaries }: GroupQuery, enabled: boolean) {
  const { type, filters = [], search = '' } = query;
  return useQuery({
    queryKey: queryKeys.groups(type, { filters, search, by: groupField, summaries }),
    queryFn: async ({ signal }) => {
      const limit = groupField === null ? 1 : maxGroups;
      const input = { type, filters, search, by: groupField, summaries: [...summaries], limit };
      return { ...(await api.entities.groups(input, { signal })), loadedQuery: query, by: groupField };
    },
    enabled,
    // While other summaries of the same type load, the shown groups stay.
    placeholderData: (previousData, previousQuery) =>
      previousQuery?.queryKey[1] === type ? keepPreviousData(previousData) : undefined,
  });
}

interface GroupedQuery {
  query: ListQuery;
  /** The field of the groups; '' for a list without groups, for which nothing is read. */
  groupField: string;
  summaries: readonly Summary[];
  closedKeys: ReadonlySet<string>;
  first: number;
  last: number;
}

function useCounts(query: ListQuery, enabled: boolean) {
  return useQuery({
    queryKey: queryKeys.groups(query.type, { query, counts: true }),
    queryFn: async ({ signal }) => {
      const { matched, total } = await api.entities.list({ ...query, limit: 0 }, { signal });
      return { matched, total };
    },
    enabled,
  });
}

/** The rows of a grouped list: the line of each group and, for open groups, the records near the visible rows. */
function useGroupedRows({ query, groupField, summaries, closedKeys, first, last }: GroupedQuery): Rows {
  const client = useQueryClient();
  const isGrouped = groupField !== '';
  const groupsQuery = useGroups({ query, groupField, summaries }, isGrouped);
  const counts = useCounts(query, isGrouped);
  const { data } = groupsQuery;
  const lines = useMemo((): readonly GroupLine[] => {
    const groups = sortGroups(data?.groups ?? [], query, data?.by ?? groupField);
    return groups.map((group) => {
      const key = JSON.stringify(group.value);
      return { ...group, key, isClosed: closedKeys.has(key) };
    });
  }, [data, query, groupField, closedKeys]);
  const starts = useMemo(() => groupStarts(lines), [lines]);
  const groupQueries = useMemo(
    // The groups do not depend on the sort of the list, but their content does.
    () =>
      lines.map(({ value }) =>
        withGroupFilter({ ...(data?.loadedQuery ?? query), sort: query.sort }, data?.by ?? groupField, value),
      ),
    [lines, data, query, groupField],
  );
  const pages = useDebouncedPages(
    isGrouped ? groupPages(starts, first, last).map((page) => page.join('/')) : [],
    `${JSON.stringify(query)}/${groupField}`,
  );
  const results = useQueries({
    queries: pages.flatMap((page) => {
      const [group = 0, number = 0] = page.split('/').map(Number);
      const groupQuery = groupQueries[group];
      return groupQuery && isGrouped ? [pageOptions(groupQuery, number)] : [];
    }),
  });
  const isLoaded = data !== undefined;
  return useMemo(() => {
    const recordAt = (row: number): EntityRecord | undefined => {
      const position = locateRow(starts, row);
      const groupQuery = position && position.index >= 0 ? groupQueries[position.group] : undefined;
      return groupQuery && position ? cachedRow(client, groupQuery, position.index) : undefined;
    };
    return {
      recordAt,
      groupAt: (row) => {
        const position = locateRow(starts, row);
        return position?.index === -1 ? lines[position.group] : undefined;
      },
      indexOf: (id) => {
        for (const [group, groupQuery] of groupQueries.entries()) {
          const line = lines[group];
          const index = line && !line.isClosed ? cachedIndex(client, groupQuery, line.count, id) : -1;
          if (index >= 0) return (starts[group] ?? 0) + 1 + index;
        }
        return -1;
      },
      read: async (firstRow, lastRow) => {
        const records: EntityRecord[] = [];
        for (const [group, groupQuery] of groupQueries.entries()) {
          const groupFirst = (starts[group] ?? 0) + 1;
          const groupLast = (starts[group + 1] ?? 0) - 1;
          const firstIndex = Math.max(firstRow, groupFirst) - groupFirst;
          const lastIndex = Math.min(lastRow, groupLast) - groupFirst;
          if (firstIndex > lastIndex) continue;
          records.push(...(await readRange(client, groupQuery, firstIndex, lastIndex)));
        }
        return records;
      },
      count: isLoaded ? (starts.at(-1) ?? 0) : null,
      matched: counts.data?.matched ?? null,
      total: counts.data?.total ?? null,
      groups: { lines, total: data?.total ?? 0 },
      isStale: groupsQuery.isPlaceholderData,
      error: groupsQuery.error,
      retry: () => void groupsQuery.refetch(),
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `results` is a dependency so that new pages re-render
  }, [
    client,
    starts,
    groupQueries,
    lines,
    isLoaded,
    data,
    counts.data,
    results,
    groupsQuery.isPlaceholderData,
    groupsQuery.error,
  ]);
}

const debounceMs = 200;

/** The rows of a list near the visible ones, grouped if the view has a group field, and the summaries of the list. */
export function useListRows(view: ListView, summaries: readonly Summary[]) {
  const { type, search, filters, sort, deleted } = view;
  const [range, setRange] = useState({ first: 0, last: 30 });
  const query = useMemo(
    (): ListQuery => ({ type, search, filters: [...filters], sort: [...sort], deleted }),
    [type, search, filters, sort, deleted],
  );
  const customFields = useCustomFields(type);
  const groupField = useMemo(() => groupFieldOf(view, customFields), [view, customFields]);
  const closedKeys = useGrid((state) => state.closedGroups);
  const { first, last } = range;
  const flatRows = useRows(query, first, last, groupField === null);
  const groupedRows = useGroupedRows({
    query,
    groupField: groupField?.key ?? '',
    summaries,
    closedKeys,
    first,
    last,
  });
  const rows: Rows = groupField ? groupedRows : flatRows;
  // Read after the rows, because nothing waits for custom fields.
  useCustomFields(type, rows.count !== null);
  // Read after the rows, and not while the person types a search.
  const [debouncedQuery] = useDebouncedValue(query, debounceMs);
  const hasSummaries = summaries.length > 0 && deleted === 'without';
  const totalsQuery = useGroups(
    { query, groupField: null, summaries },
    hasSummaries && debouncedQuery === query && (rows.matched ?? 0) > 0,
  );
  const [totalGroup] = totalsQuery.data?.groups ?? [];
  return {
    query,
    groupField,
    rows,
    setRange,
    /** The summaries of the whole list; null while loading or without summaries. */
    totals: hasSummaries ? (totalGroup?.summaries ?? null) : null,
    hasSummaries,
  };
}
