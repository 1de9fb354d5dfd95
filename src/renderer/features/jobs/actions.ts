import type { Job, JobRequest } from '#shared/contract/jobs.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { jobName } from './texts.ts';

async function reportJob(request: Promise<Job>, text: 'added' | 'retried' | 'cancelled'): Promise<void> {
  await reportErrors(async () => {
    const job = await request;
    notice({ id: 'job', title: say(`jobs:${text}`, { job: jobName(job) }) });
    await queryClient.invalidateQueries({ queryKey: queryKeys.jobs });
  });
}

export const addJob = (job: JobRequest): Promise<void> => reportJob(api.jobs.enqueue({ job }), 'added');
export const retryJob = ({ id }: Job): Promise<void> => reportJob(api.jobs.retry({ id }), 'retried');
export const cancelJob = ({ id }: Job): Promise<void> => reportJob(api.jobs.cancel({ id }), 'cancelled');
