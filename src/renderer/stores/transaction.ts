import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { queryKeys } from './queries.ts';

/** The transaction of an op id; null if there is none. */
export function useTransaction(opId: string) {
  return useQuery({
    queryKey: queryKeys.transaction(opId),
    queryFn: async ({ signal }) =>
      (await api.history.list({ op_id: opId, limit: 1 }, { signal })).rows[0] ?? null,
    placeholderData: keepPreviousData,
    enabled: opId !== '',
  });
}
