import type { Job, JobRequest } from '#shared/contract/jobs.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { notice, report } from '../../ui/notices.tsx';
import { jobName } from './texts.ts';

async function change(work: Promise<Job>, text: 'added' | 'retried' | 'cancelled'): Promise<void> {
  try {
    const job = await work;
    notice({ id: 'job', title: say(`jobs:${text}`, { job: jobName(job) }) });
    await queries.invalidateQueries({ queryKey: keys.jobs });
  } catch (error) {
    report(error);
  }
}

export const addJob = (job: JobRequest): Promise<void> => change(api.jobs.enqueue({ job }), 'added');
export const retryJob = ({ id }: Job): Promise<void> => change(api.jobs.retry({ id }), 'retried');
export const cancelJob = ({ id }: Job): Promise<void> => change(api.jobs.cancel({ id }), 'cancelled');
