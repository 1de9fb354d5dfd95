import type { JobOverview } from '#shared/contract/jobs.ts';
import { windowStore } from '../../api/window-store.ts';
import { api } from '../../api/client.ts';
import { keepListening } from '../../stores/listening.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';

interface JobsState {
  overview: JobOverview | null;
}

export const useJobs = windowStore<JobsState>(() => ({ overview: null }));

/** Changes whenever a list of jobs may have changed, but not with progress. */
const listed = ({ counts, running }: JobOverview): string =>
  JSON.stringify([counts, running.map(({ id, attempts }) => [id, attempts])]);

export function takeOverview(overview: JobOverview): void {
  const { overview: before } = useJobs.getState();
  useJobs.setState({ overview });
  if (before && listed(before) !== listed(overview))
    void queryClient.invalidateQueries({ queryKey: queryKeys.jobs });
}

export function watchJobs(): () => void {
  return keepListening(async (signal) => {
    for await (const overview of await api.jobs.watch({}, { signal })) takeOverview(overview);
  });
}
