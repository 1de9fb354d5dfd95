import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { keys, queries } from '../../stores/queries.ts';

/** They are files that commands and other windows make and discard too: looked at anew whenever one comes to them. */
const fresh = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;

/** How often the page of Play looks whether somebody else made or discarded one, in milliseconds. */
const often = 5000;

/** The sandboxes of the workspace, newest first, also those that were put aside and damaged ones; `watched` where others may make and discard them in sight. Only those that others read as long as it is not `enabled`. */
export function useSandboxes({ watched = false, enabled = true } = {}) {
  return useQuery({
    queryKey: keys.sandboxes('here'),
    queryFn: ({ signal }) => api.sandboxes.list({}, { signal }),
    enabled,
    ...fresh,
    refetchInterval: watched && often,
  });
}

export function useTrash({ watched = false } = {}) {
  return useQuery({
    queryKey: keys.sandboxes('trash'),
    queryFn: ({ signal }) => api.sandboxes.trash({}, { signal }),
    ...fresh,
    refetchInterval: watched && often,
  });
}

/** The sandboxes that were shared, newest first, as live has them. */
export function useSharedSandboxes({ watched = false } = {}) {
  return useQuery({
    queryKey: keys.sharedSandboxes,
    queryFn: ({ signal }) => api.sandboxes.shared({}, { signal }),
    ...fresh,
    refetchInterval: watched && often,
  });
}

/**
 * What was compared with a sandbox that has been `discarded` is not shown again: it is compared anew, as of any that something was done
 * with where that is in sight.
 */
export async function comparisonsOf(id: string, discarded: boolean): Promise<void> {
  const queryKey = ['compared', id];
  await (discarded ? queries.resetQueries({ queryKey }) : queries.invalidateQueries({ queryKey }));
}

/** Looks at them anew, after something was done with one. */
export async function sandboxesChanged(): Promise<void> {
  await Promise.all(
    (['here', 'trash'] as const).map((shelf) =>
      queries.invalidateQueries({ queryKey: keys.sandboxes(shelf) }),
    ),
  );
}
