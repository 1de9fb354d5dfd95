import { useQuery } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { queryKeys, queryClient, queryFor } from '../../../stores/queries.ts';
import { faultData } from '../../../text/faults.ts';
import type { Page } from './rows.ts';
import { isDrawing, recordPage, listWithRecord } from '#shared/address/view.ts';
import { navigate, showPanel, useView } from '../../../stores/address.ts';

function findInLists(id: string): EntityRecord | undefined {
  for (const [, page] of queryClient.getQueriesData<Page>({ queryKey: queryKeys.lists })) {
    const row = page?.rows.find((record) => record.id === id);
    if (row) return row;
  }
  return undefined;
}

/** Whether the error says that the record does not exist, such as at an earlier point in time. */
export const isMissing = (error: unknown): boolean => faultData(error, 'NOT_FOUND') !== null;

/** A record of any type, visible or deleted. For a record that does not exist, cached data is not returned. */
export function useRecord(id: string) {
  const { data, error, refetch } = useQuery({
    ...queryFor('entities.find', { id }),
    placeholderData: () => findInLists(id),
  });
  return { data: isMissing(error) ? undefined : data, error, refetch };
}

/** Returns a function that opens another record: on its page from a page, in the panel from a network, otherwise in its list. */
export function useOpenRecord(): (type: EntityType, id: string) => void {
  const view = useView();
  return (type, id) => {
    if (isDrawing(view)) showPanel({ kind: 'record', id, tab: 'details' });
    else navigate((view.kind === 'record' ? recordPage : listWithRecord)(type, id));
  };
}

type RecordChange = (record: EntityRecord) => EntityRecord;

/** Changes a record in every cached query. Returns a function that reverts this. */
export function changeCached(id: string, change: RecordChange): () => void {
  const previous = queryClient.getQueryData<EntityRecord>(queryKeys.record(id));
  if (previous) queryClient.setQueryData(queryKeys.record(id), change(previous));
  const pages = queryClient.getQueriesData<Page>({ queryKey: queryKeys.lists });
  const changedRows: [readonly unknown[], EntityRecord][] = [];
  for (const [key, page] of pages) {
    const row = page?.rows.find((record) => record.id === id);
    if (!page || !row) continue;
    changedRows.push([key, row]);
    queryClient.setQueryData<Page>(key, replaceRow(page, change(row)));
  }
  return () => {
    if (previous) queryClient.setQueryData(queryKeys.record(id), previous);
    for (const [key, row] of changedRows) {
      queryClient.setQueryData<Page>(key, (page) => page && replaceRow(page, row));
    }
  };
}

function replaceRow(page: Page, record: EntityRecord): Page {
  return { ...page, rows: page.rows.map((row) => (row.id === record.id ? record : row)) };
}

export function refetchRecord(id: string): void {
  for (const queryKey of [queryKeys.record(id), queryKeys.lists])
    void queryClient.invalidateQueries({ queryKey });
}

export function cacheRecord(record: EntityRecord): void {
  changeCached(record.id, () => record);
  queryClient.setQueryData(queryKeys.record(record.id), record);
}
