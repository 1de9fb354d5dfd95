import type { Job } from '#shared/contract/job.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { RequestContext } from '../context.ts';
import { forAdmins } from '../procedures.ts';
import { noteAccess } from '../users/access.ts';
import { ServerJobQueue } from './queue.ts';

const queueOf = ({ services }: RequestContext): ServerJobQueue => new ServerJobQueue(services.database);

/** Throws JOB_NOT_FOUND unless `isThere`. */
async function settled(queue: ServerJobQueue, id: string, isThere: boolean): Promise<Job> {
  const job = isThere ? await queue.get(id) : undefined;
  if (!job) throw new ServerFault('JOB_NOT_FOUND', `There is no job "${id}" in the queue.`, { id });
  return job;
}

export const jobHandlers = {
  list: forAdmins.jobs.list.handler(async ({ input, context }) => {
    const { state, kind, page, page_size } = input;
    await noteAccess(context, 'jobs.list', null);
    const { data, total } = await queueOf(context).list({
      states: state && [state],
      kinds: kind === undefined ? undefined : [kind],
      page,
      page_size,
    });
    const meta = { page, page_size, total_count: total, total_pages: Math.ceil(total / page_size) };
    return { data, meta };
  }),
  retry: forAdmins.jobs.retry.handler(async ({ input: { id }, context }) => {
    await noteAccess(context, 'jobs.retry', id);
    const queue = queueOf(context);
    return settled(queue, id, await queue.retry(id));
  }),
  cancel: forAdmins.jobs.cancel.handler(async ({ input: { id }, context }) => {
    await noteAccess(context, 'jobs.cancel', id);
    const queue = queueOf(context);
    return settled(queue, id, await queue.cancel(id));
  }),
};
