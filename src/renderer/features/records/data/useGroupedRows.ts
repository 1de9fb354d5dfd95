import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../../api/client.ts';
import type { Summary } from '#shared/contract/bulk.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { keys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { groupPages, inGroup, inOrder, spotOf, startsOf } from './group-lines.ts';
import { cachedPlace, cachedRow, pageOptions, readPlaces } from './rows.ts';
import type { GroupLine, Rows } from './rows.ts';
import { useGroups } from './useGroups.ts';
import { useWanted } from './useWanted.ts';

interface Wanted {
  query: ListQuery;
  /** The field by which records stand in groups; '' when they do not, and then nothing is read. */
  by: string;
  summaries: readonly Summary[];
  /** Keys of the groups that are closed. */
  closed: ReadonlySet<string>;
  first: number;
  last: number;
}

/** How many match, and how many there are. */
function useCounts(query: ListQuery, wanted: boolean) {
  return useQuery({
    queryKey: keys.groups(query.type, { query, counts: true }),
    queryFn: async ({ signal }) => {
      const { matched, total } = await api.entities.list({ ...query, limit: 0 }, { signal });
      return { matched, total };
    },
    enabled: wanted,
  });
}

/** The rows of a list in groups: the line of each group, and of those that are open the records near the rows on the screen. */
export function useGroupedRows({ query, by, summaries, closed, first, last }: Wanted): Rows {
  const client = useQueryClient();
  const on = by !== '';
  const asked = useGroups({ query, by, summaries }, on);
  const counts = useCounts(query, on);
  const { data } = asked;
  const lines = useMemo((): readonly GroupLine[] => {
    const groups = inOrder(data?.groups ?? [], query, data?.by ?? by);
    return groups.map((group) => {
      const key = JSON.stringify(group.value);
      return { ...group, key, closed: closed.has(key) };
    });
  }, [data, query, by, closed]);
  const starts = useMemo(() => startsOf(lines), [lines]);
  const source = useMemo(
    // What the groups are does not depend on the order of the list; what stands in them does.
    () =>
      lines.map(({ value }) => inGroup({ ...(data?.of ?? query), sort: query.sort }, data?.by ?? by, value)),
    [lines, data, query, by],
  );
  const pages = useWanted(
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
      stale: asked.isPlaceholderData,
      error: asked.error,
      retry: () => void asked.refetch(),
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
    asked.isPlaceholderData,
    asked.error,
  ]);
}
