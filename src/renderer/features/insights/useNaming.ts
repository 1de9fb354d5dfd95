import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';

/** Whether rankings may name people; false until known. */
export function useNaming(): boolean {
  const { data } = useQuery({
    queryKey: keys.ranking,
    queryFn: ({ signal }) => api.analysis.ranking({}, { signal }),
  });
  return data?.people ?? false;
}
