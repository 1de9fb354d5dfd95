import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { keys } from './queries.ts';

export function useCheckpoints() {
  return useQuery({
    queryKey: keys.moments('checkpoints'),
    queryFn: ({ signal }) => api.checkpoints.list({}, { signal }),
    refetchOnWindowFocus: 'always',
  });
}
