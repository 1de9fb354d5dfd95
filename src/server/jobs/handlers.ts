import type { Job } from '#shared/contract/job.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { RequestContext, SignedInContext } from '../context.ts';
import { beginTraining } from '../knowledge/base.ts';
import { forAdmins } from '../procedures.ts';
import { recordAccess } from '../users/access.ts';
import { ServerJobQueue } from './queue.ts';

const queueOf = ({ services }: RequestContext): ServerJobQueue => new ServerJobQueue(services.database);

/** Throws JOB_NOT_FOUND, also for backups and restores, and JOB_STATE if the state of the job does not allow it. */
async function changeJob(context: SignedInContext, action: 'cancel' | 'retry', id: string): Promise<Job> {
  await recordAccess(context, `jobs.${action}`, id);
  const queue = queueOf(context);
  const isChanged = await queue[action](id);
  const queuedJob = await queue.findQueued(id);
  const job = queuedJob && (await queue.get(id));
  if (!job) throw new ServerFault('JOB_NOT_FOUND', { id });
  const { state } = job;
  if (!isChanged) throw new ServerFault('JOB_STATE', { id, state });
  return job;
}

export const jobHandlers = {
  list: forAdmins.jobs.list.handler(async ({ input, context }) => {
    const { state, kind, page, page_size } = input;
    await recordAccess(context, 'jobs.list', null);
    const { data, total } = await queueOf(context).list({
      states: state && [state],
      kinds: kind === undefined ? undefined : [kind],
      page,
      page_size,
    });
    const meta = { page, page_size, total_count: total, total_pages: Math.ceil(total / page_size) };
    return { data, meta };
  }),
  create: forAdmins.jobs.create.handler(async ({ input: { kind }, context }) => {
    await recordAccess(context, 'jobs.create', kind);
    const { services, caller } = context;
    if (kind === 'train') return beginTraining(services, caller.id);
    const queue = queueOf(context);
    const request = {
      kind,
      input: {},
      maxAttempts: 3,
      createdBy: caller.id,
      priority: 5,
      schedule: `${kind}.asked`,
    };
    const id =
      kind === 'backup'
        ? (await services.backups.begin('manual', caller.id)).id
        : await queue.enqueue(request);
    const job = await queue.get(id);
    if (!job) throw new ServerFault('JOB_NOT_FOUND', { id });
    return job;
  }),
  retry: forAdmins.jobs.retry.handler(({ input: { id }, context }) => changeJob(context, 'retry', id)),
  cancel: forAdmins.jobs.cancel.handler(({ input: { id }, context }) => changeJob(context, 'cancel', id)),
};
