import { useEffect } from 'react';
import type { Comparison } from '#shared/contract/comparison.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { sandboxesChanged, useSandboxes } from '../useSandboxes.ts';

/** Since when live is unchanged: since the sandbox was created or last refreshed. */
export function useNoneOfLive(comparison: Comparison | undefined): string {
  const { t } = useTexts('compare');
  const { data } = useSandboxes();
  const one = data?.find(({ id }) => id === comparison?.to.id);
  return t(one?.refreshed == null ? 'none.live' : 'none.liveSince');
}

export function useBaseMoved(comparison: Comparison | undefined): void {
  const base = comparison?.base?.hash;
  useEffect(() => {
    if (base !== undefined) void sandboxesChanged();
  }, [base]);
}
