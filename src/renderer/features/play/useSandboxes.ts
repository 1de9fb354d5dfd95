import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { keys, queries } from '../../stores/queries.ts';

/** They are files that commands and other windows make and discard too: looked at anew whenever one comes to them. */
const fresh = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;

/** The sandboxes of the workspace, newest first, also those that were put aside and damaged ones. */
export function useSandboxes() {
  return useQuery({
    queryKey: keys.sandboxes('here'),
    queryFn: ({ signal }) => api.sandboxes.list({}, { signal }),
    ...fresh,
  });
}

/** What was discarded and can be recovered, newest first. */
export function useTrash() {
  return useQuery({
    queryKey: keys.sandboxes('trash'),
    queryFn: ({ signal }) => api.sandboxes.trash({}, { signal }),
    ...fresh,
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
