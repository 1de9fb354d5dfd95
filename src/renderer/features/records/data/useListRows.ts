import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { Summary } from '#shared/contract/bulk.ts';
import type { ListView } from '#shared/address/view.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { groupFieldOf } from '../filters/model.ts';
import { useOwnFields } from '../custom-fields.ts';
import { useGrid } from '../grid/state.ts';
import type { Rows } from './rows.ts';
import { useGroupedRows, useGroups } from './grouped-rows.ts';
import { useRows } from './rows.ts';

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
