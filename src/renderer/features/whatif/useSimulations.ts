import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { WhatIfView } from '#shared/address/view.ts';
import type { Chances, SimulationResult } from '#shared/contract/simulation.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { awaitResult } from '../../api/stream.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { pageTarget } from '../../stores/target.ts';

export interface Simulations {
  /** The results in the requested order; older ones stay until newer ones arrive. */
  results: readonly (SimulationResult | undefined)[];
  error: unknown;
  /** The common progress of all simulations; null if none runs. */
  pending: { progress: Progress | null; cancel: () => void } | null;
  /** Simulates again for missing and failed results. */
  retry: () => void;
}

export function simulationInput({ terms, runs, seed, newcomer, ...view }: WhatIfView) {
  const shares = (['early', 'joins', 'weak', 'fragile'] as const).flatMap((rate) => {
    const perCent = view[rate];
    return perCent === null ? [] : [[rate, perCent / 100] as const];
  });
  const chances: Chances = {
    ...Object.fromEntries(shares),
    ...(newcomer === null ? {} : { newcomer_terms: newcomer }),
  };
  return { terms, runs, seed, chances };
}

/** Simulates live and sandboxes in separate calls, so that a write to one does not restart the others. */
export function useSimulations(targets: readonly string[], view: WhatIfView): Simulations {
  const input = simulationInput(view);
  const [progressByTarget, setProgress] = useState<Readonly<Record<string, number>>>({});
  const queryKeyOf = (target: string) =>
    queryKeys.simulation(target === pageTarget(), { of: target, ...input });
  const queries = useQueries({
    queries: targets.map((target) => ({
      queryKey: queryKeyOf(target),
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        setProgress((previous) => ({ ...previous, [target]: 0 }));
        const call = api.analysis.simulate({ of: target, ...input }, { signal });
        return awaitResult(
          call,
          (progress) => setProgress((previous) => ({ ...previous, [target]: progress.done })),
          signal,
        );
      },
      // Others can have changed the target while it was not shown.
      refetchOnMount: target === pageTarget() ? true : ('always' as const),
      placeholderData: (previous: SimulationResult | undefined) => previous,
    })),
  });
  const runningTargets = targets.filter((_, index) => queries[index]?.isFetching);
  const percent =
    runningTargets.reduce((sum, target) => sum + (progressByTarget[target] ?? 0), 0) /
    Math.max(1, runningTargets.length);
  return {
    results: queries.map(({ data }) => data),
    error: queries.find(({ error }) => error !== null && !isCancelled(error))?.error ?? null,
    pending:
      runningTargets.length === 0
        ? null
        : {
            progress: { kind: 'progress', step: 'checking', done: Math.round(percent), total: 100 },
            cancel: () => {
              for (const target of runningTargets)
                void queryClient.cancelQueries({ queryKey: queryKeyOf(target) });
            },
          },
    retry: () => {
      for (const query of queries)
        if (!query.data || query.isPlaceholderData || query.error) void query.refetch();
    },
  };
}
