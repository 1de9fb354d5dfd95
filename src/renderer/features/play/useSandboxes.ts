import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';

/** Reloaded on every visit: other processes create and discard sandboxes too. */
const fresh = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;

/** Milliseconds between checks for others' changes. */
const often = 5000;

/** The sandboxes, newest first, with archived and damaged ones; `watched` polls. Without `enabled` only reads the cache. */
export function useSandboxes({ watched = false, enabled = true } = {}) {
  return useQuery({
    queryKey: queryKeys.sandboxes('here'),
    queryFn: ({ signal }) => api.sandboxes.list({}, { signal }),
    enabled,
    ...fresh,
    refetchInterval: watched && often,
  });
}

export function useTrash({ watched = false } = {}) {
  return useQuery({
    queryKey: queryKeys.sandboxes('trash'),
    queryFn: ({ signal }) => api.sandboxes.trash({}, { signal }),
    ...fresh,
    refetchInterval: watched && often,
  });
}

/** Live's shared sandboxes, newest first. */
export function useSharedSandboxes({ watched = false } = {}) {
  return useQuery({
    queryKey: queryKeys.sharedSandboxes,
    queryFn: ({ signal }) => api.sandboxes.shared({}, { signal }),
    ...fresh,
    refetchInterval: watched && often,
  });
}

/** Drops cached comparisons with a `discarded` sandbox. */
export async function comparisonsOf(id: string, discarded: boolean): Promise<void> {
  const queryKey = ['compared', `sandbox:${id}`];
  await (discarded ? queryClient.resetQueries({ queryKey }) : queryClient.invalidateQueries({ queryKey }));
}

/** Reloads the list. */
export async function sandboxesChanged(): Promise<void> {
  await Promise.all(
    (['here', 'trash'] as const).map((shelf) =>
      queryClient.invalidateQueries({ queryKey: queryKeys.sandboxes(shelf) }),
    ),
  );
}
