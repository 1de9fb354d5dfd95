import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Health } from '#shared/contract/care.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { runInWindow } from '../../stores/window-work.ts';
import type { RunningWork } from '../../stores/window-work.ts';
import { notice } from '../../ui/notices.tsx';

/** Refreshes the warning bar after a check with a bad finding, because corruption blocks writes. Returns the health. */
function refreshWarningsIfBad(health: Health): Health {
  if (health.state === 'bad') void queryClient.invalidateQueries({ queryKey: queryKeys.care('warnings') });
  return health;
}

export function useHealth() {
  const [progress, setProgress] = useState<Progress | null>(null);
  const query = useQuery({
    queryKey: queryKeys.care('health'),
    queryFn: async ({ signal }) =>
      refreshWarningsIfBad(
        await awaitResult(api.care.health({ full: false }, { signal }), setProgress, signal),
      ),
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  });
  return { ...query, progress };
}

export function useStats() {
  return useQuery({
    queryKey: queryKeys.care('stats'),
    queryFn: ({ signal }) => awaitResult(api.care.stats({}, { signal }), () => {}, signal),
    refetchOnMount: 'always',
  });
}

export async function refreshCare(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['care'] });
}

interface FullCheck {
  running: RunningWork | null;
  /** When the last full check of this window ended, if the file was intact (ISO 8601). */
  lastIntactAt: string | null;
}

export const useFullCheck = windowStore<FullCheck>(() => ({ running: null, lastIntactAt: null }));

const isIntact = ({ findings }: Health): boolean =>
  findings.some(({ id, state }) => id === 'integrity' && state === 'good');

export const runFullCheck = (): Promise<void> =>
  runInWindow(useFullCheck, {
    start: (options) => api.care.health({ full: true }, options),
    onResult: (health) => {
      queryClient.setQueryData(queryKeys.care('health'), refreshWarningsIfBad(health));
      useFullCheck.setState({ lastIntactAt: isIntact(health) ? new Date().toISOString() : null });
      if (health.state === 'bad') notice({ id: 'care-check', tone: 'bad', title: say('care:checkFound') });
      else notice({ id: 'care-check', title: say('care:checkDone') });
    },
    onCancelled: () =>
      notice({ id: 'care-check', title: say('notices:cancelled', { what: say('care:checking') }) }),
  });
