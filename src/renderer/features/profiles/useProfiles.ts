import { useQuery } from '@tanstack/react-query';
import type { Profile } from '#shared/contract/workspace.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';

/** Everybody who may act here, oldest first; nobody while that is not known. */
export function useProfiles(): readonly Profile[] {
  const { data = [] } = useQuery({
    queryKey: keys.profiles,
    queryFn: ({ signal }) => api.workspace.profiles({}, { signal }),
  });
  return data;
}
