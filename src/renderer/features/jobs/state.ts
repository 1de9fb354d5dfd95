import type { JobOverview } from '#shared/contract/jobs.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { keepSubscribed } from '../../stores/subscription.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';

interface JobsState {
  overview: JobOverview | null;
}

export const useJobs = windowStore<JobsState>(() => ({ overview: null }));

/** A key that changes with the lists of jobs, but not with progress. */
const listKey = ({ counts, running }: JobOverview): string =>
  JSON.stringify([counts, running.map(({ id, attempts }) => [id, attempts])]);

export function updateOverview(overview: JobOverview): void {
  const { overview: previous } = useJobs.getState();
  useJobs.setState({ overview });
  if (previous && listKey(previous) !== listKey(overview))
    void queryClient.invalidateQueries({ queryKey: queryKeys.jobs });
}

export function watchJobs(): () => void {
  return keepSubscribed(async (signal) => {
    for await (const overview of await api.jobs.watch({}, { signal })) updateOverview(overview);
  });
}
