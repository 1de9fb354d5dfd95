import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';

/** Reloaded on every visit: other processes create and discard sandboxes too. */
const alwaysRefetch = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;

/** Milliseconds between checks for others' changes. */
const pollMs = 5000;

/** The sandboxes, newest first, with archived and damaged ones; `watched` polls. Without `enabled` only reads the cache. */
export function useSandboxes({ watched = false, enabled = true } = {}) {
  return useQuery({
    queryKey: queryKeys.sandboxes('here'),
    queryFn: ({ signal }) => api.sandboxes.list({}, { signal }),
    enabled,
    ...alwaysRefetch,
    refetchInterval: watched && pollMs,
  });
}

export function useTrash({ watched = false } = {}) {
  return useQuery({
    queryKey: queryKeys.sandboxes('trash'),
    queryFn: ({ signal }) => api.sandboxes.trash({}, { signal }),
    ...alwaysRefetch,
    refetchInterval: watched && pollMs,
  });
}

/** Live's shared sandboxes, newest first. */
export function useSharedSandboxes({ watched = false } = {}) {
  return useQuery({
    queryKey: queryKeys.sharedSandboxes,
    queryFn: ({ signal }) => api.sandboxes.listShared({}, { signal }),
    ...alwaysRefetch,
    refetchInterval: watched && pollMs,
  });
}

/** Reloads the cached comparisons with a sandbox; clears them first if the sandbox was discarded. */
export async function reloadComparisons(id: string, isDiscarded: boolean): Promise<void> {
  const queryKey = ['compared', `sandbox:${id}`];
  await (isDiscarded ? queryClient.resetQueries({ queryKey }) : queryClient.invalidateQueries({ queryKey }));
}

/** Reloads the lists of sandboxes and of the trash. */
export async function refreshSandboxes(): Promise<void> {
  await Promise.all(
    (['here', 'trash'] as const).map((list) =>
      queryClient.invalidateQueries({ queryKey: queryKeys.sandboxes(list) }),
    ),
  );
}
