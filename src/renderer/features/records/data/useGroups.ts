import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Summary } from '#shared/contract/bulk.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';

/** Most groups that are shown. */
export const mostGroups = 1000;

/** What groups are asked of: the records that a list shows, by a field; null for all of them as one. */
export interface GroupQuery {
  query: ListQuery;
  by: string | null;
  summaries: readonly Summary[];
}

/** The groups of a list with their counts and summaries, and what they were asked of. */
export function useGroups({ query, by, summaries }: GroupQuery, wanted: boolean) {
  const { type, filters = [], search = '' } = query;
  return useQuery({
    queryKey: keys.groups(type, { filters, search, by, summaries }),
    queryFn: async ({ signal }) => {
      const limit = by === null ? 1 : mostGroups;
      const asked = { type, filters, search, by, summaries: [...summaries], limit };
      return { ...(await api.entities.groups(asked, { signal })), of: query, by };
    },
    enabled: wanted,
    // The same list asked for other summaries keeps what it shows; another type begins anew.
    placeholderData: (before, asked) => (asked?.queryKey[1] === type ? keepPreviousData(before) : undefined),
  });
}
