import { useQuery } from '@tanstack/react-query';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys, queries } from '../../../stores/queries.ts';
import { faultData } from '../../../text/faults.ts';
import type { Page } from './rows.ts';

/** The record as a list on the screen has it: enough to show something at once. */
function listed(id: string): EntityRecord | undefined {
  for (const [, page] of queries.getQueriesData<Page>({ queryKey: keys.lists })) {
    const row = page?.rows.find((record) => record.id === id);
    if (row) return row;
  }
  return undefined;
}

/** Whether there is no such record, as at a moment before it was made. */
export const isGone = (error: unknown): boolean => faultData(error, 'NOT_FOUND') !== null;

/** One record, live or deleted. What was read of it before is nothing any more once it is gone. */
export function useRecord(type: EntityType, id: string) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.get({ type, id }, { signal }),
    placeholderData: () => listed(id),
  });
  return { data: isGone(error) ? undefined : data, error, refetch };
}
