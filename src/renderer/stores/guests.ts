import { useQuery } from '@tanstack/react-query';
import type { Profile } from '#shared/contract/workspace.ts';
import { api } from '../api/client.ts';
import { keys, queries } from './queries.ts';
import { openSandbox } from './target.ts';

const none: readonly Profile[] = [];

/** Whom live knows and the sandbox that is open does not: they may act in it all the same. What is done in live is told to no sandbox. */
export function useGuests(): readonly Profile[] {
  const { data = none } = useQuery({
    queryKey: keys.profilesOfLive,
    queryFn: ({ signal }) => api.workspace.profilesOfLive({}, { signal }),
    enabled: openSandbox() !== null,
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
    select: (all) => all.filter(({ guest }) => guest),
  });
  return data;
}

/** Looks anew whom live knows. */
export const lookForGuests = (): void => void queries.invalidateQueries({ queryKey: keys.profilesOfLive });
