import { useQuery } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { queryKeys, queryClient, queryFor } from '../../../stores/queries.ts';
import { faultData } from '../../../text/faults.ts';
import type { Page } from './rows.ts';
import { isDrawing, recordPage, recordIn } from '#shared/address/view.ts';
import { navigate, showPanel, useView } from '../../../stores/address.ts';
import type { Json } from '#shared/domain/json.ts';

function listed(id: string): EntityRecord | undefined {
  for (const [, page] of queryClient.getQueriesData<Page>({ queryKey: queryKeys.lists })) {
    const row = page?.rows.find((record) => record.id === id);
    if (row) return row;
  }
  return undefined;
}

/** Whether the record does not exist, such as at an earlier point in time. */
export const isMissing = (error: unknown): boolean => faultData(error, 'NOT_FOUND') !== null;

/** A record of any type, live or deleted. Cached data of a missing record is dropped. */
export function useRecord(id: string) {
  const { data, error, refetch } = useQuery({
    ...queryFor('entities.find', { id }),
    placeholderData: () => listed(id),
  });
  return { data: isMissing(error) ? undefined : data, error, refetch };
}

/** Opens another record: from a record's own tab in its own tab, from a network in its panel. */
export function useOpenRecord(): (type: EntityType, id: string) => void {
  const view = useView();
  return (type, id) => {
    if (isDrawing(view)) showPanel({ kind: 'record', id, tab: 'details' });
    else navigate((view.kind === 'record' ? recordPage : recordIn)(type, id));
  };
}

type Change = (record: EntityRecord) => EntityRecord;

export function changeCached(id: string, change: Change): () => void {
  const before = queryClient.getQueryData<EntityRecord>(queryKeys.record(id));
  if (before) queryClient.setQueryData(queryKeys.record(id), change(before));
  const pages = queryClient.getQueriesData<Page>({ queryKey: queryKeys.lists });
  const touched: [readonly unknown[], EntityRecord][] = [];
  for (const [key, page] of pages) {
    const row = page?.rows.find((record) => record.id === id);
    if (!page || !row) continue;
    touched.push([key, row]);
    queryClient.setQueryData<Page>(key, swapped(page, change(row)));
  }
  return () => {
    if (before) queryClient.setQueryData(queryKeys.record(id), before);
    for (const [key, row] of touched) {
      queryClient.setQueryData<Page>(key, (page) => page && swapped(page, row));
    }
  };
}

function swapped(page: Page, record: EntityRecord): Page {
  return { ...page, rows: page.rows.map((row) => (row.id === record.id ? record : row)) };
}

/** The record with one field set, or removed if `value` is undefined. */
export function withField(record: EntityRecord, field: string, value: Json | undefined): EntityRecord {
  const { [field]: _, ...others } = record.payload;
  const payload = value === undefined ? others : { ...others, [field]: value };
  return { ...record, payload };
}

export function readAgain(id: string): void {
  for (const queryKey of [queryKeys.record(id), queryKeys.lists])
    void queryClient.invalidateQueries({ queryKey });
}

export function storeCached(record: EntityRecord): void {
  changeCached(record.id, () => record);
  queryClient.setQueryData(queryKeys.record(record.id), record);
}
