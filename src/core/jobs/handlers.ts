import type { InputOf } from '#shared/contract/base.ts';
import { Fault } from '#shared/contract/faults.ts';
import { jobKinds } from '#shared/contract/jobs.ts';
import type { Job, enqueue, JobOverview } from '#shared/contract/jobs.ts';
import { cancelJob, retryJob } from '#shared/domain/jobs.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { streamHandler, query } from '../model/pipeline.ts';
import { assertCanEditJob, assertCanAddJob } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { actingProfile, actorOf, idsOfPerson } from '../log/session.ts';
import { assertReadable } from '../kernel/files/read-file.ts';
import { isoTime } from '../kernel/system.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { jobQueue, waitForChange } from './queue.ts';
import type { JobQueue } from './queue.ts';
import { jobSchedules } from './schedule.ts';

const os = operationBuilder.jobs;

type Request = InputOf<typeof enqueue>['job'];

/** In milliseconds: `betweenAnswers` of `watch`, and `poll` between polls for progress and changes by other processes. */
const pauses = { betweenAnswers: 200, poll: 500 };

const actorIn = ({ services, session }: CallContext): Actor =>
  actorOf(actingProfile(services.home.read, session));

/** Returns the input to store: a file's path for its grant. Throws BAD_FILE now, because the job would fail later. */
async function storedInputOf(request: Request, { services }: CallContext): Promise<Json> {
  if (!('input' in request)) return {};
  if (request.kind !== 'import') return request.input as Json;
  const { grant, ...input } = request.input;
  const path = services.grants.resolve(grant, 'read');
  await assertReadable(path);
  return { ...input, path } as Json;
}

function assertLiveTarget({ services }: CallContext): void {
  if (services.files.target.kind === 'live') return;
  throw new Fault('FORBIDDEN', { rule: 'live_only', type: 'job', id: null });
}

const transitions = { cancel: cancelJob, retry: retryJob };

/** Returns a check that throws FORBIDDEN if the actor must not change the job, and ALREADY if the job's state forbids the change. */
const createChangeCheck =
  (call: CallContext, action: keyof typeof transitions) =>
  ({ id, state, created_by }: Job): void => {
    const actor = actorIn(call);
    const isOwn = idsOfPerson(call.services.home.read, actor.id).has(created_by);
    assertCanEditJob(actor, id, isOwn);
    if (transitions[action]({ state }, 0) === null) throw new Fault('ALREADY', { id, state });
  };

async function* watch(
  queue: JobQueue,
  signal: AbortSignal | undefined,
): AsyncGenerator<JobOverview, void, void> {
  const isDone = (): boolean => queue.isClosed || signal?.aborted === true;
  let lastText = '';
  while (!isDone()) {
    const overview = queue.overview();
    const text = JSON.stringify(overview);
    if (text !== lastText) {
      yield overview;
      await new Promise((resolve) => setTimeout(resolve, pauses.betweenAnswers));
    }
    lastText = text;
    if (!queue.isClosed) await waitForChange(queue, pauses.poll, signal);
  }
}

export const jobHandlers = {
  list: os.list.handler(({ input, context }) => jobQueue(context.services).list(input)),
  show: os.show.handler(({ input: { id }, context }) => jobQueue(context.services).details(id)),
  enqueue: os.enqueue.handler(async ({ input: { job, priority }, context }) => {
    assertLiveTarget(context);
    const actor = actorIn(context);
    assertCanAddJob(actor);
    const { maxAttempts } = jobKinds[job.kind];
    const input = await storedInputOf(job, context);
    return jobQueue(context.services).enqueue({
      kind: job.kind,
      input,
      maxAttempts,
      createdBy: actor.id,
      priority,
    });
  }),
  retry: os.retry.handler(({ input: { id }, context }) =>
    jobQueue(context.services).retry(id, createChangeCheck(context, 'retry')),
  ),
  cancel: os.cancel.handler(({ input: { id }, context }) =>
    jobQueue(context.services).cancel(id, createChangeCheck(context, 'cancel')),
  ),
  schedules: os.schedules.handler(
    query((db, _input, { services }) => {
      const createdAt = readFacts(db).created_at;
      return jobSchedules.map(({ key, kind, every }) => {
        const last = jobQueue(services).lastEnqueuedAt(key);
        return { kind, every, last, next: isoTime(Date.parse(last ?? createdAt) + every) };
      });
    }),
  ),
  watch: os.watch.handler(streamHandler(({ context, signal }) => watch(jobQueue(context.services), signal))),
};
