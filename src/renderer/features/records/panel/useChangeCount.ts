import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';

/** How often a record or a link of it was changed; null until that is known. */
export function useChangeCount(id: string): number | null {
  const { data } = useQuery({
    queryKey: [...keys.recordHistory(id), 'count'],
    queryFn: ({ signal }) => api.history.ofRecord({ id, with_links: true, limit: 1 }, { signal }),
  });
  return data?.total ?? null;
}
