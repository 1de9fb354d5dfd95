import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { WhatIfView } from '#shared/address/view.ts';
import type { Chances, SimulationResult } from '#shared/contract/simulation.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { follow } from '../../api/stream.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { openTarget } from '../../stores/target.ts';

export interface Simulations {
  /** The results in the requested order; older ones stay until newer ones arrive. */
  results: readonly (SimulationResult | undefined)[];
  error: unknown;
  /** Their common progress; null if nothing is computed. */
  pending: { progress: Progress | null; cancel: () => void } | null;
  /** Simulates missing and failed ones. */
  retry: () => void;
}

export function outlookOf({ terms, runs, seed, newcomer, ...view }: WhatIfView) {
  const shares = (['early', 'joins', 'weak', 'fragile'] as const).flatMap((part) => {
    const perCent = view[part];
    return perCent === null ? [] : [[part, perCent / 100] as const];
  });
  const chances: Chances = {
    ...Object.fromEntries(shares),
    ...(newcomer === null ? {} : { newcomer_terms: newcomer }),
  };
  return { terms, runs, seed, chances };
}

/** Simulates live and sandboxes in separate calls, so that a write to one does not restart the others. */
export function useSimulations(targets: readonly string[], view: WhatIfView): Simulations {
  const input = outlookOf(view);
  const [done, setDone] = useState<Readonly<Record<string, number>>>({});
  const keyOf = (of: string) => queryKeys.simulated(of === openTarget(), { of, ...input });
  const found = useQueries({
    queries: targets.map((of) => ({
      queryKey: keyOf(of),
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        setDone((before) => ({ ...before, [of]: 0 }));
        const call = api.analysis.simulate({ of, ...input }, { signal });
        return follow(call, (progress) => setDone((before) => ({ ...before, [of]: progress.done })), signal);
      },
      // Others may have written to it while it was not shown.
      refetchOnMount: of === openTarget() ? true : ('always' as const),
      placeholderData: (before: SimulationResult | undefined) => before,
    })),
  });
  const running = targets.filter((_, at) => found[at]?.isFetching);
  const share = running.reduce((sum, of) => sum + (done[of] ?? 0), 0) / Math.max(1, running.length);
  return {
    results: found.map(({ data }) => data),
    error: found.find(({ error }) => error !== null && !isCancelled(error))?.error ?? null,
    pending:
      running.length === 0
        ? null
        : {
            progress: { kind: 'progress', step: 'checking', done: Math.round(share), total: 100 },
            cancel: () => {
              for (const of of running) void queryClient.cancelQueries({ queryKey: keyOf(of) });
            },
          },
    retry: () => {
      for (const one of found) if (!one.data || one.isPlaceholderData || one.error) void one.refetch();
    },
  };
}
