import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Health } from '#shared/contract/care.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { follow } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { notice, reportError } from '../../ui/notices.tsx';

/** Corruption blocks writes, so it is shown at once. */
function noticed(found: Health): Health {
  if (found.state === 'bad') void queryClient.invalidateQueries({ queryKey: queryKeys.care('warnings') });
  return found;
}

export function useHealth() {
  const [progress, setProgress] = useState<Progress | null>(null);
  const query = useQuery({
    queryKey: queryKeys.care('health'),
    queryFn: async ({ signal }) =>
      noticed(await follow(api.care.health({ full: false }, { signal }), setProgress, signal)),
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  });
  return { ...query, progress };
}

export function useStats() {
  return useQuery({
    queryKey: queryKeys.care('stats'),
    queryFn: ({ signal }) => follow(api.care.stats({}, { signal }), () => {}, signal),
    refetchOnMount: 'always',
  });
}

export async function careChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['care'] });
}

interface FullCheck {
  running: { progress: Progress | null; stop: () => void } | null;
  /** Time of the last full check of this window without corruption (ISO 8601). */
  whole: string | null;
}

/** The full check. It continues while other views are open. */
export const useFullCheck = windowStore<FullCheck>(() => ({ running: null, whole: null }));

const isWhole = ({ findings }: Health): boolean =>
  findings.some(({ id, state }) => id === 'integrity' && state === 'good');

export async function checkNow(): Promise<void> {
  if (useFullCheck.getState().running) return;
  const ending = new AbortController();
  const { signal } = ending;
  const stop = (): void => ending.abort();
  useFullCheck.setState({ running: { progress: null, stop } });
  try {
    const found = await follow(
      api.care.health({ full: true }, { signal }),
      (progress) => useFullCheck.setState({ running: { progress, stop } }),
      signal,
    );
    queryClient.setQueryData(queryKeys.care('health'), noticed(found));
    useFullCheck.setState({ whole: isWhole(found) ? new Date().toISOString() : null });
    if (found.state === 'bad') notice({ id: 'care-check', tone: 'bad', title: say('care:checkFound') });
    else notice({ id: 'care-check', title: say('care:checkDone') });
  } catch (error) {
    if (isCancelled(error))
      notice({ id: 'care-check', title: say('notices:cancelled', { what: say('care:checking') }) });
    else reportError(error);
  } finally {
    useFullCheck.setState({ running: null });
  }
}
