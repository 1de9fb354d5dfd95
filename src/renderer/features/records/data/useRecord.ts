import { useQuery } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys, queries } from '../../../stores/queries.ts';
import type { Page } from './rows.ts';

/** The record as a list on the screen has it: enough to show something at once. */
function listed(id: string): EntityRecord | undefined {
  for (const [, page] of queries.getQueriesData<Page>({ queryKey: keys.lists })) {
    const row = page?.rows.find((record) => record.id === id);
    if (row) return row;
  }
  return undefined;
}

/** One record, live or deleted. */
export function useRecord(type: EntityType, id: string) {
  return useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.get({ type, id }, { signal }),
    placeholderData: () => listed(id),
  });
}
