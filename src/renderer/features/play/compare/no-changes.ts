import { useEffect } from 'react';
import type { Comparison } from '#shared/contract/comparison.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { refreshSandboxes, useSandboxes } from '../useSandboxes.ts';

/** The sentence that live has not changed: since the sandbox was created, or since its last refresh. */
export function useNoChangesText(comparison: Comparison | undefined): string {
  const { t } = useTexts('compare');
  const { data } = useSandboxes();
  const sandbox = data?.find(({ id }) => id === comparison?.to.id);
  return t(sandbox?.refreshed == null ? 'none.live' : 'none.liveSince');
}

export function useReloadOnNewBase(comparison: Comparison | undefined): void {
  const base = comparison?.base?.hash;
  useEffect(() => {
    if (base !== undefined) void refreshSandboxes();
  }, [base]);
}
