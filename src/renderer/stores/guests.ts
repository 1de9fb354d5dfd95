import { useQuery } from '@tanstack/react-query';
import type { Profile } from '#shared/contract/workspace.ts';
import { api } from '../api/client.ts';
import { keys } from './queries.ts';
import { openSandbox } from './target.ts';

const none: readonly Profile[] = [];

/** Whom live knows and the sandbox that is open does not: they may act in it all the same. */
export function useGuests(): readonly Profile[] {
  const { data = none } = useQuery({
    queryKey: keys.profilesOfLive,
    queryFn: ({ signal }) => api.workspace.profilesOfLive({}, { signal }),
    enabled: openSandbox() !== null,
    select: (all) => all.filter(({ guest }) => guest),
  });
  return data;
}
