import { useQuery } from '@tanstack/react-query';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { useEffect } from 'react';
import type { Comparison } from '#shared/contract/comparison.ts';
import { useTexts } from '../../i18n/setup.ts';

/** Milliseconds between checks for others' changes. */
const pollMs = 5000;

/** The sandboxes, newest first, with archived and damaged ones; `watched` polls. Without `enabled` only reads the cache. */
export const useSandboxes = ({ watched = false, enabled = true } = {}) =>
  useQuery({
    ...queryFor('sandboxes.list', {}, queryKeys.sandboxes('here')),
    enabled,
    refetchInterval: watched && pollMs,
  });

export const useTrash = ({ watched = false } = {}) =>
  useQuery({
    ...queryFor('sandboxes.trash', {}, queryKeys.sandboxes('trash')),
    refetchInterval: watched && pollMs,
  });

export const useSharedSandboxes = ({ watched = false } = {}) =>
  useQuery({
    ...queryFor('sandboxes.listShared', {}, queryKeys.sharedSandboxes),
    refetchInterval: watched && pollMs,
  });

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

/** The sentence that live has not changed: since the sandbox was created, or since its last refresh. */
export function useNoChangesText(comparison: Comparison | undefined): string {
  const { t } = useTexts('compare');
  const { data } = useSandboxes();
  const sandbox = data?.find(({ id }) => id === comparison?.to.id);
  return t(sandbox?.refreshed == null ? 'none.live' : 'none.liveSince');
}

export function useReloadSandboxesOnNewBase(comparison: Comparison | undefined): void {
  const base = comparison?.base?.hash;
  useEffect(() => {
    if (base !== undefined) void refreshSandboxes();
  }, [base]);
}
