import { useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../api/client.ts';
import { isCancelled } from '../../api/failures.ts';
import { follow } from '../../api/stream.ts';
import { say } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { notice, report } from '../../ui/notices.tsx';

/** Milliseconds between polls during background training. */
const pause = 2000;

export function useIndexStatus() {
  return useQuery({
    queryKey: keys.care('index'),
    queryFn: ({ signal }) => api.search.status({}, { signal }),
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.meaning?.state === 'training' ? pause : false),
  });
}

interface Training {
  running: { progress: Progress | null; stop: () => void } | null;
}

/** Training started by this window. It continues while other views are open. */
export const useTraining = create<Training>()(() => ({ running: null }));

const indexChanged = (): Promise<void> => queries.invalidateQueries({ queryKey: keys.care('index') });

/** Embeds the texts of the workspace and reports the result. */
export async function train(): Promise<void> {
  if (useTraining.getState().running) return;
  const ending = new AbortController();
  const { signal } = ending;
  const stop = (): void => ending.abort();
  useTraining.setState({ running: { progress: null, stop } });
  try {
    const status = await follow(
      api.search.train({}, { signal }),
      (progress) => useTraining.setState({ running: { progress, stop } }),
      signal,
    );
    if (status.meaning?.state === 'ready') notice({ id: 'training', title: say('care:search.done') });
  } catch (error) {
    if (isCancelled(error)) notice({ id: 'training', title: say('care:search.stopped') });
    else report(error);
  } finally {
    useTraining.setState({ running: null });
    await indexChanged();
  }
}

export async function clearIndex(): Promise<void> {
  try {
    await api.search.clear({});
  } catch (error) {
    report(error);
  }
  await indexChanged();
}
