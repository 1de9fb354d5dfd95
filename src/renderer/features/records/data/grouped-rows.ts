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
export function groupStarts(groups: readonly { count: number; closed: boolean }[]): readonly number[] {
  const starts = [0];
  for (const { count, closed } of groups) starts.push((starts.at(-1) ?? 0) + 1 + (closed ? 0 : count));
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
  const from = locateRow(starts, Math.max(0, first));
  const end = (starts.at(-1) ?? 0) - 1;
  const to = locateRow(starts, Math.min(last, end));
  if (!from || !to) return [];
  const pages: [number, number][] = [];
  for (let group = from.group; group <= to.group; group += 1) {
    const count = (starts[group + 1] ?? 0) - (starts[group] ?? 0) - 1;
    if (count <= 0) continue;
    const low = group === from.group ? Math.max(0, from.index) : 0;
    const high = group === to.group ? Math.max(0, to.index) : count - 1;
    const lastPage = Math.floor((count - 1) / pageSize);
    for (const page of pagesOf(low, high)) if (page <= lastPage) pages.push([group, page]);
  }
  return pages;
}

export function withGroupFilter(query: ListQuery, field: string, value: Json): ListQuery {
  const filter: Filter = { field, op: 'is', value };
  return { ...query, filters: [...(query.filters ?? []), filter] };
}

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
  closed: ReadonlySet<string>;
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
function useGroupedRows({ query, groupField, summaries, closed, first, last }: GroupedQuery): Rows {
  const client = useQueryClient();
  const isGrouped = groupField !== '';
  const groupsQuery = useGroups({ query, groupField, summaries }, isGrouped);
  const counts = useCounts(query, isGrouped);
  const { data } = groupsQuery;
  const lines = useMemo((): readonly GroupLine[] => {
    const groups = sortGroups(data?.groups ?? [], query, data?.by ?? groupField);
    return groups.map((group) => {
      const key = JSON.stringify(group.value);
      return { ...group, key, closed: closed.has(key) };
    });
  }, [data, query, groupField, closed]);
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
    const at = (row: number): EntityRecord | undefined => {
      const position = locateRow(starts, row);
      const groupQuery = position && position.index >= 0 ? groupQueries[position.group] : undefined;
      return groupQuery && position ? cachedRow(client, groupQuery, position.index) : undefined;
    };
    return {
      at,
      groupAt: (row) => {
        const position = locateRow(starts, row);
        return position?.index === -1 ? lines[position.group] : undefined;
      },
      indexOf: (id) => {
        for (const [group, groupQuery] of groupQueries.entries()) {
          const line = lines[group];
          const index = line && !line.closed ? cachedIndex(client, groupQuery, line.count, id) : -1;
          if (index >= 0) return (starts[group] ?? 0) + 1 + index;
        }
        return -1;
      },
      read: async (from, to) => {
        const records: EntityRecord[] = [];
        for (const [group, groupQuery] of groupQueries.entries()) {
          const begin = (starts[group] ?? 0) + 1;
          const end = (starts[group + 1] ?? 0) - 1;
          if (end < begin || end < from || begin > to) continue;
          records.push(
            ...(await readRange(
              client,
              groupQuery,
              Math.max(from, begin) - begin,
              Math.min(to, end) - begin,
            )),
          );
        }
        return records;
      },
      count: isLoaded ? (starts.at(-1) ?? 0) : null,
      matched: counts.data?.matched ?? null,
      total: counts.data?.total ?? null,
      groups: { lines, total: data?.total ?? 0 },
      stale: groupsQuery.isPlaceholderData,
      error: groupsQuery.error,
      retry: () => void groupsQuery.refetch(),
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `results` is named so that the coming of pages draws the rows again
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

/** Milliseconds without a change of the query before its summaries are read. */
const debounceMs = 200;

/** The rows of a list near the visible ones, in groups if set, and its summaries. */
export function useListRows(view: ListView, summaries: readonly Summary[]) {
  const { type, search, filters, sort, deleted } = view;
  const [range, setRange] = useState({ first: 0, last: 30 });
  const query = useMemo(
    (): ListQuery => ({ type, search, filters: [...filters], sort: [...sort], deleted }),
    [type, search, filters, sort, deleted],
  );
  const customFields = useCustomFields(type);
  const field = useMemo(() => groupFieldOf(view, customFields), [view, customFields]);
  const closed = useGrid((state) => state.closed);
  const { first, last } = range;
  const flatRows = useRows(query, first, last, field === null);
  const groupedRows = useGroupedRows({ query, groupField: field?.key ?? '', summaries, closed, first, last });
  const rows: Rows = field ? groupedRows : flatRows;
  // Read after the rows, because nothing waits for custom fields.
  useCustomFields(type, rows.count !== null);
  // Read after the rows, and not while the person types a search.
  const [debouncedQuery] = useDebouncedValue(query, debounceMs);
  const hasSummaries = summaries.length > 0 && deleted === 'without';
  const totals = useGroups(
    { query, groupField: null, summaries },
    hasSummaries && debouncedQuery === query && (rows.matched ?? 0) > 0,
  );
  const [totalGroup] = totals.data?.groups ?? [];
  return {
    query,
    field,
    rows,
    setRange,
    values: hasSummaries ? (totalGroup?.summaries ?? null) : null,
    summed: hasSummaries,
  };
}
