import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { keys, queries } from './queries.ts';
import { isLive } from './target.ts';

/** They are files that commands and other windows make too: looked at anew whenever one comes to them. */
const fresh = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;

export function useGoldenVersions({ enabled = true } = {}) {
  return useQuery({
    queryKey: keys.golden('list'),
    queryFn: ({ signal }) => api.golden.list({}, { signal }),
    enabled,
    ...fresh,
  });
}

/** What comes with the program, which version is current, and how live stands to it. Not asked within a sandbox. */
export function useGoldenStatus() {
  return useQuery({
    queryKey: keys.golden('status'),
    queryFn: ({ signal }) => api.golden.status({}, { signal }),
    enabled: isLive(),
    ...fresh,
  });
}

/** Looks at them anew, after something was done with them. */
export async function goldenChanged(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['golden'] });
}
