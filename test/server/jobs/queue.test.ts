import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Job } from '#shared/contract/job.ts';
import { ServerJobQueue } from '#server/jobs/queue.ts';
import type { ClaimedJob } from '#server/jobs/queue.ts';
import { ServerJobRunner } from '#server/jobs/runner.ts';
import type { ServerJobKind } from '#server/jobs/runner.ts';
import { deed, JobHistory } from '#test/support/job-history.ts';
import type { JobGround } from '#test/support/job-history.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { populate } from '../support/people.ts';
import { serverOfFile, testDatabase } from '../support/server.ts';

const database = await testDatabase();
afterAll(() => database.close());
await database.run('CREATE TABLE effects (name text NOT NULL)');

/** The queue on Postgres, by a clock that a history sets. */
function postgresGround(clock: { now: number }): JobGround<ClaimedJob> {
  const queue = new ServerJobQueue(database, () => clock.now);
  const ids = new Set<string>();
  const checkpointOf = async (id: string): Promise<number> =>
    Number((await queue.findQueued(id))?.checkpoint ?? 0);
  return {
    async enqueue({ max, ...input }) {
      const { priority } = input;
      const id = await queue.enqueue({
        kind: 'count',
        input: { steps: input.steps },
        maxAttempts: max,
        priority,
      });
      ids.add(id);
      return id;
    },
    claim: (name) => queue.claim({ name, kinds: ['count'] }),
    beat: async (lease) => void (await queue.heartbeat([lease])),
    fail: (lease) => queue.fail(lease, { code: 'X', message: 'x' }),
    release: (lease) => queue.release(lease),
    cancel: async (id) => void (await queue.cancel(id)),
    retry: async (id) => void (await queue.retry(id)),
    holds: (lease) => queue.holds(lease),
    async step(lease, steps) {
      const step = await checkpointOf(lease.id);
      await queue.write(lease, async (sql, job) => {
        await sql.run('INSERT INTO effects (name) VALUES ($1)', [`${lease.id}/${step}`]);
        await (step + 1 === steps ? job.complete(steps) : job.save(step + 1));
      });
    },
    async jobs() {
      const rows = await Promise.all([...ids].map((id) => queue.findQueued(id)));
      return rows.flatMap((row) => (row ? [{ ...row, checkpoint: Number(row.checkpoint ?? 0) }] : []));
    },
    effects: async () =>
      (await database.all<{ name: string }>('SELECT name FROM effects')).map(({ name }) => name),
    wait: (milliseconds) => void (clock.now += milliseconds),
  };
}

test('on Postgres too each job ends, and each effect is there once', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 60 }), async (deeds) => {
      const history = new JobHistory(postgresGround({ now: Date.now() }));
      for (const one of deeds) await history.play(one);
      await history.finish();
      await history.check();
      expect(history.problems).toEqual([]);
      refused += history.refused;
    }),
    // Fewer histories meet too few refusals.
    { numRuns: Math.max(40, lawRuns(40)) },
  );
  expect(refused).toBeGreaterThan(10);
});

test('two servers never claim the same job', async () => {
  const queue = new ServerJobQueue(database);
  const other = new ServerJobQueue(database);
  for (let n = 0; n < 10; n++) await queue.enqueue({ kind: 'shared', input: {}, maxAttempts: 1 });
  const claims = await Promise.all(
    [...Array(6).keys()].flatMap((name) =>
      [queue, other].map((one) => one.claim({ name: `w${name}`, kinds: ['shared'] })),
    ),
  );
  const ids = claims.flatMap((claim) => (claim ? [claim.id] : []));
  expect(new Set(ids).size).toBe(ids.length);
});

const silent = { info: () => {}, error: () => {} };

describe('the runner of a server', () => {
  test('runs scheduled jobs once, retries failures, and releases a job when it ends', async () => {
    const queue = new ServerJobQueue(database);
    let runs = 0;
    const begun = Promise.withResolvers<void>();
    const kinds: Record<string, ServerJobKind> = {
      hourly: { maxAttempts: 1, interval: 3_600_000, run: async () => ({ runs: ++runs }) },
      endless: {
        maxAttempts: 3,
        run: ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('ended')));
            begun.resolve();
          }),
      },
    };
    const runners = [1, 2].map(() =>
      new ServerJobRunner({ queue, kinds, log: silent, now: Date.now, pollInterval: 5 }).start(),
    );
    const id = await queue.enqueue({ kind: 'endless', input: {}, maxAttempts: 3 });
    await begun.promise;
    const hourly = { states: undefined, kinds: ['hourly'], page: 1, page_size: 10 };
    while ((await queue.list(hourly)).data[0]?.state !== 'completed') await sleep(5);
    await Promise.all(runners.map((runner) => runner.stop()));
    expect(await queue.get(id)).toMatchObject({ state: 'pending', attempts: 0 });
    const { data } = await queue.list(hourly);
    expect(data.map(({ state }) => state)).toEqual(['completed']);
    expect(runs).toBe(1);
  });
});

describe('/jobs', async () => {
  const server = await serverOfFile();
  const { admin } = await populate(server);
  const queue = new ServerJobQueue(server.database);

  test('lists jobs for admins, retries and cancels them', async () => {
    const id = await queue.enqueue({ kind: 'other', input: {}, maxAttempts: 1 });
    const claimed = await queue.claim({ name: 'w', kinds: ['other'] });
    if (claimed) await queue.fail(claimed, { code: 'INTERNAL', message: 'No.' });
    const dead = await admin.get<{ data: Job[] }>('jobs?state=dead');
    expect(dead.body.data).toMatchObject([{ id, attempts: 1, error: { message: 'No.' } }]);
    const status = await admin.get<{ jobs: { failed: number } }>('status');
    expect(status.body.jobs.failed).toBe(1);
    expect((await admin.post<Job>(`jobs/${id}/retry`, {})).body).toMatchObject({
      state: 'pending',
      attempts: 0,
    });
    expect((await admin.post<Job>(`jobs/${id}/cancel`, {})).body).toMatchObject({ state: 'cancelled' });
    const again = await admin.post(`jobs/${id}/retry`, {});
    expect(again).toMatchObject({
      status: 409,
      body: { error: { code: 'JOB_STATE', details: { id, state: 'cancelled' } } },
    });
    expect((await admin.post(`jobs/none/cancel`, {})).status).toBe(404);
  });

  test('has hourly work and backups', async () => {
    const { body } = await admin.get<{ data: Job[] }>('jobs?kind=purge');
    expect(body.data[0]).toMatchObject({ kind: 'purge', created_by: '' });
    await server.database.run(
      `INSERT INTO jobs (id, kind, state, created_at, problem) VALUES ('b', 'backup', 'failed', now(), 'Disk full')`,
    );
    const backups = await admin.get<{ data: Job[] }>('jobs?kind=backup');
    expect(backups.body.data).toMatchObject([{ id: 'b', state: 'dead', error: { message: 'Disk full' } }]);
  });
});
