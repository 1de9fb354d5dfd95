import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import {
  pageSize,
  pagesOf,
  cachedPlace,
  cachedRow,
  pageOptions,
  readPlaces,
  useRows,
  useSettledPages,
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
import { useOwnFields } from '../custom-fields.ts';
import { useGrid } from '../grid/state.ts';

interface Spot {
  group: number;
  place: number;
}

/** The first row of each group, and finally the number of rows. A closed group is one row. */
export function startsOf(groups: readonly { count: number; closed: boolean }[]): readonly number[] {
  const starts = [0];
  for (const { count, closed } of groups) starts.push((starts.at(-1) ?? 0) + 1 + (closed ? 0 : count));
  return starts;
}

/** The group and position of a row, given the first rows of groups; null after the last row. */
export function spotOf(starts: readonly number[], row: number): Spot | null {
  const end = starts.at(-1) ?? 0;
  if (row < 0 || row >= end) return null;
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return { group: low, place: row - (starts[low] ?? 0) - 1 };
}

/** The pages of the rows `first` to `last`, as [group, page]. */
export function groupPages(
  starts: readonly number[],
  first: number,
  last: number,
): readonly (readonly [number, number])[] {
  const from = spotOf(starts, Math.max(0, first));
  const end = (starts.at(-1) ?? 0) - 1;
  const to = spotOf(starts, Math.min(last, end));
  if (!from || !to) return [];
  const pages: [number, number][] = [];
  for (let group = from.group; group <= to.group; group += 1) {
    const count = (starts[group + 1] ?? 0) - (starts[group] ?? 0) - 1;
    if (count <= 0) continue;
    const low = group === from.group ? Math.max(0, from.place) : 0;
    const high = group === to.group ? Math.max(0, to.place) : count - 1;
    const most = Math.floor((count - 1) / pageSize);
    for (const page of pagesOf(low, high)) if (page <= most) pages.push([group, page]);
  }
  return pages;
}

export function inGroup(query: ListQuery, field: string, value: Json): ListQuery {
  const filter: Filter = { field, op: 'is', value };
  return { ...query, filters: [...(query.filters ?? []), filter] };
}

function inOrder<Group extends { value: Json }>(
  groups: readonly Group[],
  { sort = [] }: ListQuery,
  by: string,
): readonly Group[] {
  const [first] = sort;
  if (first?.field !== by || first.direction === 'asc') return groups;
  const isEmpty = ({ value }: Group): boolean => value === null || value === '';
  return [...groups.filter((group) => !isEmpty(group)).toReversed(), ...groups.filter(isEmpty)];
}

export const mostGroups = 1000;

/** The list and the field of its groups; null for a single group. */
interface GroupQuery {
  query: ListQuery;
  by: string | null;
  summaries: readonly Summary[];
}

function useGroups({ query, by, summaries }: GroupQuery, enabled: boolean) {
  const { type, filters = [], search = '' } = query;
  return useQuery({
    queryKey: queryKeys.groups(type, { filters, search, by, summaries }),
    queryFn: async ({ signal }) => {
      const limit = by === null ? 1 : mostGroups;
      const input = { type, filters, search, by, summaries: [...summaries], limit };
      return { ...(await api.entities.groups(input, { signal })), of: query, by };
    },
    enabled,
    // Other summaries of the same type keep the shown groups meanwhile.
    placeholderData: (before, earlier) =>
      earlier?.queryKey[1] === type ? keepPreviousData(before) : undefined,
  });
}

interface CountQuery {
  query: ListQuery;
  /** The field of the groups; '' for none, without a query. */
  by: string;
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
function useGroupedRows({ query, by, summaries, closed, first, last }: CountQuery): Rows {
  const client = useQueryClient();
  const on = by !== '';
  const groupsQuery = useGroups({ query, by, summaries }, on);
  const counts = useCounts(query, on);
  const { data } = groupsQuery;
  const lines = useMemo((): readonly GroupLine[] => {
    const groups = inOrder(data?.groups ?? [], query, data?.by ?? by);
    return groups.map((group) => {
      const key = JSON.stringify(group.value);
      return { ...group, key, closed: closed.has(key) };
    });
  }, [data, query, by, closed]);
  const starts = useMemo(() => startsOf(lines), [lines]);
  const source = useMemo(
    // The groups do not depend on the sort of the list, but their content does.
    () =>
      lines.map(({ value }) => inGroup({ ...(data?.of ?? query), sort: query.sort }, data?.by ?? by, value)),
    [lines, data, query, by],
  );
  const pages = useSettledPages(
    on ? groupPages(starts, first, last).map((page) => page.join('/')) : [],
    `${JSON.stringify(query)}/${by}`,
  );
  const results = useQueries({
    queries: pages.flatMap((page) => {
      const [group = 0, number = 0] = page.split('/').map(Number);
      const of = source[group];
      return of && on ? [pageOptions(of, number)] : [];
    }),
  });
  const known = data !== undefined;
  return useMemo(() => {
    const at = (row: number): EntityRecord | undefined => {
      const spot = spotOf(starts, row);
      const of = spot && spot.place >= 0 ? source[spot.group] : undefined;
      return of && spot ? cachedRow(client, of, spot.place) : undefined;
    };
    return {
      at,
      group: (row) => {
        const spot = spotOf(starts, row);
        return spot?.place === -1 ? lines[spot.group] : undefined;
      },
      find: (id) => {
        for (const [group, of] of source.entries()) {
          const line = lines[group];
          const place = line && !line.closed ? cachedPlace(client, of, line.count, id) : -1;
          if (place >= 0) return (starts[group] ?? 0) + 1 + place;
        }
        return -1;
      },
      read: async (from, to) => {
        const records: EntityRecord[] = [];
        for (const [group, of] of source.entries()) {
          const begin = (starts[group] ?? 0) + 1;
          const end = (starts[group + 1] ?? 0) - 1;
          if (end < begin || end < from || begin > to) continue;
          records.push(
            ...(await readPlaces(client, of, Math.max(from, begin) - begin, Math.min(to, end) - begin)),
          );
        }
        return records;
      },
      count: known ? (starts.at(-1) ?? 0) : null,
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
    source,
    lines,
    known,
    data,
    counts.data,
    results,
    groupsQuery.isPlaceholderData,
    groupsQuery.error,
  ]);
}

/** Milliseconds before a list is summarised. */
const rest = 200;

/** The rows of a list near the visible ones, in groups if set, and its summaries. */
export function useListRows(view: ListView, summaries: readonly Summary[]) {
  const { type, search, filters, sort, deleted } = view;
  const [range, setRange] = useState({ first: 0, last: 30 });
  const query = useMemo(
    (): ListQuery => ({ type, search, filters: [...filters], sort: [...sort], deleted }),
    [type, search, filters, sort, deleted],
  );
  const own = useOwnFields(type);
  const field = useMemo(() => groupFieldOf(view, own), [view, own]);
  const closed = useGrid((state) => state.closed);
  const { first, last } = range;
  const flat = useRows(query, first, last, field === null);
  const grouped = useGroupedRows({ query, by: field?.key ?? '', summaries, closed, first, last });
  const rows: Rows = field ? grouped : flat;
  // After the rows, because nothing waits for custom fields.
  useOwnFields(type, rows.count !== null);
  // After the rows, and not while the person types a search.
  const [rested] = useDebouncedValue(query, rest);
  const summed = summaries.length > 0 && deleted === 'without';
  const totals = useGroups(
    { query, by: null, summaries },
    summed && rested === query && (rows.matched ?? 0) > 0,
  );
  const [all] = totals.data?.groups ?? [];
  return { query, field, rows, setRange, values: summed ? (all?.summaries ?? null) : null, summed };
}
