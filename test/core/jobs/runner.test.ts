import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { jobKind } from '#core/jobs/kind.ts';
import type { JobKinds, JobRun } from '#core/jobs/kind.ts';
import { jobQueue } from '#core/jobs/queue.ts';
import { enqueueDue, isDue } from '#core/jobs/schedule.ts';
import { createRecord } from '#core/model/commands.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { JobState } from '#shared/domain/jobs.ts';
import type { Json } from '#shared/domain/json.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const poll = 5;
/** A kind of test job that does what is given. */
const doing = (run: (job: JobRun<Json>) => Promise<Json>, maxAttempts = 2): JobKinds => ({
  test: jobKind<Json>({ input: z.json(), maxAttempts, run }),
});

async function enqueue(workspace: TestWorkspace, input: Json = null, more: object = {}): Promise<string> {
  const queue = jobQueue(workspace.core.services);
  const createdBy = workspace.core.session().profile;
  return (await queue.enqueue({ kind: 'test', input, maxAttempts: 2, createdBy, ...more })).id;
}

/** Waits until the job is in that state; back-off passes at once. */
async function reached(workspace: TestWorkspace, id: string, state: JobState): Promise<void> {
  const queue = jobQueue(workspace.core.services);
  while (queue.get(id).state !== state) {
    workspace.clock.time += 20_000;
    await new Promise((resolve) => setTimeout(resolve, poll));
  }
}

const raised = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

describe('a runner', () => {
  test('runs a job with its input, stores the result, and reports progress', async () => {
    const workspace = await testWorkspace();
    const seen: unknown[] = [];
    const id = await enqueue(workspace, { a: 1 });
    const runner = workspace.core.runJobs({
      poll,
      kinds: doing(async ({ input, onProgress }) => {
        onProgress({ kind: 'progress', step: 'writing', done: 1, total: 2 });
        seen.push(input, jobQueue(workspace.core.services).get(id).progress);
        return { done: true };
      }),
    });
    await runner.waitUntilEmpty();
    expect(seen).toEqual([{ a: 1 }, { step: 'writing', done: 1, total: 2 }]);
    const job = jobQueue(workspace.core.services).details(id);
    expect(job).toMatchObject({ state: 'completed', attempts: 1, result: { done: true }, progress: null });
  });

  test('runs the highest priority first, at most as many as there are workers, and wakes for a new job', async () => {
    const workspace = await testWorkspace();
    const order: Json[] = [];
    let [now, most] = [0, 0];
    for (const [name, priority] of [
      ['low', -1],
      ['usual', 0],
      ['high', 5],
    ] as const)
      await enqueue(workspace, name, { priority });
    const runner = workspace.core.runJobs({
      poll: 60_000,
      workers: 1,
      kinds: doing(async ({ input }) => {
        order.push(input);
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, poll));
        now -= 1;
        return null;
      }),
    });
    await runner.waitUntilEmpty();
    await enqueue(workspace, 'later');
    await runner.waitUntilEmpty();
    expect(order).toEqual(['high', 'usual', 'low', 'later']);
    expect(most).toBe(1);
  });

  test('retries after a temporary error from the checkpoint, and leaves a dead job with its error that can be retried', async () => {
    const workspace = await testWorkspace();
    const from: Json[] = [];
    let isBroken = true;
    const id = await enqueue(workspace);
    workspace.core.runJobs({
      poll,
      kinds: doing(async ({ checkpoint, save }) => {
        from.push(checkpoint);
        await save(Number(checkpoint ?? 0) + 1);
        if (isBroken) throw new Fault('BUSY', { holder: null, waited_ms: 0 });
        return null;
      }),
    });
    await reached(workspace, id, 'dead');
    const queue = jobQueue(workspace.core.services);
    expect(queue.get(id)).toMatchObject({
      attempts: 2,
      error: { code: 'BUSY', message: expect.stringMatching(/^The workspace is in use/) as string },
    });
    isBroken = false;
    await queue.retry(id);
    await reached(workspace, id, 'completed');
    expect(from).toEqual([null, 1, 2]);
  });

  test('does not retry permanent errors, and names an unforeseen error by its trace', async () => {
    const workspace = await testWorkspace();
    const wrong = await enqueue(workspace, 'wrong');
    const broken = await enqueue(workspace, 'broken', { maxAttempts: 1 });
    const runner = workspace.core.runJobs({
      poll,
      kinds: doing(({ input }) => {
        if (input === 'broken') throw new TypeError('secret');
        throw new Fault('NOT_FOUND', { type: 'team', id: 't' });
      }),
    });
    await runner.waitUntilEmpty();
    const queue = jobQueue(workspace.core.services);
    expect(queue.get(wrong)).toMatchObject({ state: 'dead', attempts: 1, error: { code: 'NOT_FOUND' } });
    expect(queue.get(broken)).toMatchObject({ state: 'dead', error: { code: 'INTERNAL' } });
    expect(JSON.stringify(queue.get(broken))).not.toContain('secret');
  });

  test('stops a cancelled job, and gives a running one back when the workspace is closed', async () => {
    const workspace = await testWorkspace();
    const kinds = doing(async ({ signal }) => {
      await raised(signal);
      throw new Error('given up');
    });
    workspace.core.runJobs({ poll, kinds });
    const [first, second] = [await enqueue(workspace), await enqueue(workspace)];
    const queue = jobQueue(workspace.core.services);
    await reached(workspace, second, 'running');
    await queue.cancel(first);
    await workspace.reopen();
    const after = jobQueue(workspace.core.services);
    expect(after.get(first)).toMatchObject({ state: 'cancelled' });
    expect(after.get(second)).toMatchObject({ state: 'pending', attempts: 0 });
  });

  test('gives back a job that it claims while it is being stopped', async () => {
    const workspace = await testWorkspace();
    const { queue } = workspace.core.services;
    const id = await enqueue(workspace);
    const lock = Promise.withResolvers<void>();
    const writing = queue.job(workspace.core.session(), 'a test', () => lock.promise);
    const begun: Json[] = [];
    const kinds = doing(async ({ input }) => (begun.push(input), null));
    const runner = workspace.core.runJobs({ poll: 60_000, kinds });
    // It has seen the job and waits for the other write.
    await new Promise((resolve) => setImmediate(resolve));
    const stopping = runner.stop();
    lock.resolve();
    await Promise.all([writing, stopping]);
    expect(begun).toEqual([]);
    expect(jobQueue(workspace.core.services).get(id)).toMatchObject({ state: 'pending', attempts: 0 });
  });

  test('takes over the job of a process that stopped, whose late write is refused', async () => {
    const workspace = await testWorkspace();
    const other = await workspace.another();
    const stuck = Promise.withResolvers<void>();
    const id = await enqueue(workspace);
    // Its loop never turns again, so it sends no heartbeat, as a process that hangs.
    const claimed = await jobQueue(other.services).claim({ name: 'other', kinds: ['test'] });
    if (!claimed) throw new Error('nothing to claim');
    workspace.clock.time += 16_000;
    const runner = workspace.core.runJobs({
      poll,
      kinds: doing(async ({ call }) => {
        await call.services.queue.command(call.session, (write) =>
          createRecord(write, { type: 'project', data: { name: 'Once' } }),
        );
        stuck.resolve();
        return null;
      }),
    });
    await stuck.promise;
    await runner.waitUntilEmpty();
    await expect(jobQueue(other.services).complete(claimed, null)).rejects.toThrow('another worker');
    await expect(jobQueue(other.services).checkpoint(claimed, 1)).rejects.toThrow('another worker');
    expect(await jobQueue(other.services).heartbeat([claimed])).toEqual([claimed]);
    expect(jobQueue(workspace.core.services).get(id)).toMatchObject({ state: 'completed', attempts: 2 });
  });

  test('keeps its jobs after the computer slept', async () => {
    const workspace = await testWorkspace();
    const go = Promise.withResolvers<void>();
    const id = await enqueue(workspace);
    const runner = workspace.core.runJobs({ poll, kinds: doing(async () => (await go.promise, null)) });
    await reached(workspace, id, 'running');
    workspace.clock.time += 8 * 3_600_000;
    await enqueue(workspace);
    await reached(workspace, id, 'running');
    go.resolve();
    await runner.waitUntilEmpty();
    expect(jobQueue(workspace.core.services).get(id)).toMatchObject({ state: 'completed', attempts: 1 });
  });
});

test('a schedule enqueues one job when it is due, a period after the workspace was created at first', async () => {
  const workspace = await testWorkspace();
  const queue = jobQueue(workspace.core.services);
  const createdAt = new Date(workspace.clock.now()).toISOString();
  const look = () =>
    enqueueDue(queue, [{ key: 'daily', kind: 'test', input: null, every: 86_400_000 }], {
      now: workspace.clock.now(),
      createdAt,
      maxAttempts: () => 1,
    });
  const count = (): number => queue.list({ limit: 10, offset: 0 }).total;
  await look();
  expect(count()).toBe(0);
  workspace.clock.time += 86_400_000;
  await look();
  await look();
  expect(count()).toBe(1);
  const [job] = queue.list({ limit: 1, offset: 0 }).jobs;
  await queue.cancel(job?.id ?? '');
  await look();
  expect(count()).toBe(1);
  workspace.clock.time += 86_400_000;
  await look();
  expect(count()).toBe(2);
  expect(isDue({ every: 10 }, { last: new Date(100).toISOString(), now: 80 })).toBe(true);
});

test('finished jobs are kept for 30 days, and copies of the workspace have none', async () => {
  const workspace = await testWorkspace();
  const queue = jobQueue(workspace.core.services);
  const [old, dead] = [await enqueue(workspace), await enqueue(workspace)];
  await queue.cancel(old);
  const claimed = await queue.claim({ name: 'w', kinds: ['test'] });
  if (claimed) await queue.fail(claimed, { code: 'X', message: 'x' }, true);
  workspace.clock.time += 31 * 86_400_000;
  const recent = await enqueue(workspace);
  await queue.cancel(recent);
  expect(await queue.trim()).toBe(1);
  expect(queue.list({ limit: 9, offset: 0 }).jobs.map(({ id }) => id)).toEqual([recent, dead]);

  await enqueue(workspace);
  workspace.raw((db) => db.exec("UPDATE workspace SET value = 'another' WHERE key = 'replica'"));
  await workspace.reopen();
  const copy = jobQueue(workspace.core.services);
  expect(copy.list({ limit: 9, offset: 0 }).total).toBe(0);
  expect(copy.hasWork(['test'])).toBe(false);
  expect(await copy.trim()).toBe(3);
});

test('a sandbox starts without jobs, and takes none', async () => {
  const workspace = await testWorkspace();
  await enqueue(workspace);
  const { id } = await take(workspace.as(), 'Play');
  const play = await openSandbox(workspace, id);
  const { n } = play.services.read.get<{ n: number }>('SELECT count(*) AS n FROM jobs') ?? { n: -1 };
  expect(n).toBe(0);
  const adding = clientOf(play).jobs.enqueue({ job: { kind: 'backup' } });
  await expect(adding).rejects.toMatchObject({ data: { rule: 'live_only' } });
});

test('erasing a person removes the finished jobs that name them', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  await ada.entities.create({ type: 'student', id: 'student-a', data: { name: 'Grace Hopper' } });
  const queue = jobQueue(workspace.core.services);
  for (const result of ['It depends on Grace Hopper.', 'Nothing.']) {
    await enqueue(workspace);
    const claimed = await queue.claim({ name: 'w', kinds: ['test'] });
    if (claimed) await queue.complete(claimed, result);
  }
  for await (const _ of await ada.people.erase({ person: 'student-a' })) continue;
  const { jobs } = queue.list({ limit: 9, offset: 0 });
  expect(jobs.map(({ id }) => queue.details(id).result)).toEqual(['Nothing.']);
});

/** A file with one team of no university. */
function teamFile(workspace: TestWorkspace): string {
  const path = join(workspace.folder, '..', 'team.json');
  const teams = [{ id: 'imported', name: 'I', university_id: null, discipline: 'software' }];
  writeFileSync(path, JSON.stringify({ teams, faculty: [], projects: [], interfaces: [] }));
  return path;
}

describe('the kinds of job', () => {
  test('backup, index, verify, simulate and analyze give the results of the direct operations', async () => {
    const workspace = await testWorkspace();
    const ada = workspace.as();
    await ada.entities.create({ type: 'team', id: 'team-a', data: { name: 'Alpha' } });
    const runner = workspace.core.runJobs({ poll });
    const add = async (job: Parameters<typeof ada.jobs.enqueue>[0]['job']): Promise<string> =>
      (await ada.jobs.enqueue({ job })).id;
    const ids = [
      await add({ kind: 'backup' }),
      await add({ kind: 'index' }),
      await add({ kind: 'verify' }),
      await add({ kind: 'simulate', input: { runs: 3 } }),
      await add({ kind: 'analyze', input: { question: 'leavers' } }),
    ];
    await runner.waitUntilEmpty();
    const jobs = await Promise.all(ids.map((id) => ada.jobs.show({ id })));
    expect(jobs.map(({ state, error }) => [state, error])).toEqual(ids.map(() => ['completed', null]));
    const [backup, index, verified, simulation, answer] = jobs.map(({ result }) => result);
    expect((await ada.backups.list({})).map(({ id }) => id)).toEqual([(backup as { backup: string }).backup]);
    expect(index).toMatchObject({ records: 1, behind: 0 });
    expect(verified).toMatchObject({ ok: true });
    expect(simulation).toMatchObject({ runs: 3 });
    expect(answer).toMatchObject({ question: 'leavers' });
  });

  test('an import and the end of its job are one commit, so a crash imports once', async () => {
    const workspace = await testWorkspace();
    const ada = workspace.as();
    const grant = workspace.core.grants.issue(teamFile(workspace), 'read');
    const { id } = await ada.jobs.enqueue({ job: { kind: 'import', input: { grant } } });
    const runner = workspace.core.runJobs({ poll });
    await runner.waitUntilEmpty();
    const { state, result } = await ada.jobs.show({ id });
    expect(state).toBe('completed');
    expect(result).toMatchObject({ created: { teams: 1 } });
    const { rows } = await ada.history.list({ limit: 1 });
    expect(rows[0]).toMatchObject({ op_id: (result as { op_id: string }).op_id, label: 'import' });
    expect(await ada.entities.get({ type: 'team', id: 'imported' })).toMatchObject({ title: 'I' });
  });
});

test('viewers read jobs, editors add and manage their own, researchers all', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  const { id: university } = (await ada.entities.create({ type: 'university', data: { name: 'U' } })).record;
  for (const [name, role] of [
    ['Vera', 'viewer'],
    ['Edi', 'editor'],
    ['Rosa', 'researcher'],
  ] as const)
    await ada.workspace.createProfile({ name, role, university_id: university });
  const [vera, edi, rosa] = ['Vera', 'Edi', 'Rosa'].map((name) => workspace.as(name)) as [
    typeof ada,
    typeof ada,
    typeof ada,
  ];
  const { id } = await ada.jobs.enqueue({ job: { kind: 'backup' } });
  expect((await vera.jobs.list({})).jobs.map((job) => job.id)).toEqual([id]);
  await expect(vera.jobs.enqueue({ job: { kind: 'backup' } })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(vera.jobs.cancel({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(edi.jobs.cancel({ id })).rejects.toMatchObject({ data: { rule: 'own_job_only' } });
  const own = await edi.jobs.enqueue({ job: { kind: 'backup' } });
  expect(await edi.jobs.cancel({ id: own.id })).toMatchObject({ state: 'cancelled' });
  expect(await rosa.jobs.cancel({ id })).toMatchObject({ state: 'cancelled' });
  await expect(ada.jobs.show({ id: 'job_none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await ada.jobs.list({ states: ['pending'] })).toEqual({ jobs: [], total: 0 });
});

test('watchers are notified of changes, also by other processes, until the workspace is closed', async () => {
  const workspace = await testWorkspace();
  const other = await workspace.another();
  const stream = await workspace.as().jobs.watch({});
  const next = async () => (await stream.next()).value;
  expect(await next()).toMatchObject({ running: [], counts: { pending: 0 } });
  const createdBy = other.session().profile;
  await jobQueue(other.services).enqueue({ kind: 'test', input: null, maxAttempts: 1, createdBy });
  expect(await next()).toMatchObject({ counts: { pending: 1 } });
  await jobQueue(other.services).claim({ name: 'other', kinds: ['test'] });
  expect(await next()).toMatchObject({ running: [{ worker: 'other' }], counts: { pending: 0, running: 1 } });
  const ended = stream.next();
  await workspace.core.close();
  expect(await ended).toMatchObject({ done: true });
});
