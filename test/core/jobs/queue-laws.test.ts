import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { fencedWrites } from '#core/jobs/fenced-writes.ts';
import { JobQueue } from '#core/jobs/queue.ts';
import type { ClaimedJob } from '#core/jobs/queue.ts';
import { createRecord } from '#core/model/commands.ts';
import { deed, JobHistory } from '#test/support/job-history.ts';
import type { JobGround } from '#test/support/job-history.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { TestWorkspace } from '#test/support/workspace.ts';

const workspace = await TestWorkspace.create();
afterAll(() => workspace.dispose());

/** The queue of the workspace; effects are audited records. */
function workspaceGround(): JobGround<ClaimedJob> {
  const { services } = workspace.core;
  const queue = new JobQueue(services);
  const ids = new Set<string>();
  const session = workspace.core.session();
  return {
    async enqueue({ max, steps, priority }) {
      const wanted = { kind: 'count', input: { steps }, maxAttempts: max, createdBy: 'x', priority };
      const { id } = await queue.enqueue(wanted);
      ids.add(id);
      return id;
    },
    claim: (name) => queue.claim({ name, kinds: ['count'] }),
    beat: async (lease) => void (await queue.heartbeat([lease])),
    fail: (lease) => queue.fail(lease, { code: 'X', message: 'x' }),
    release: (lease) => queue.release(lease),
    cancel: async (id) => void (await queue.cancel(id)),
    retry: async (id) => void (await queue.retry(id)),
    holds: async (lease) => queue.holds(services.read, lease),
    async step(lease, steps) {
      const step = Number(queue.details(lease.id).checkpoint ?? 0);
      const writes = fencedWrites(services.queue, queue, lease, (db) => {
        if (step + 1 === steps) queue.completeIn(db, lease, steps);
        else queue.checkpointIn(db, lease, step + 1);
      });
      const data = { name: `${lease.id}/${step}` };
      await writes.command(session, (write) => createRecord(write, { type: 'project', data }));
    },
    jobs: async () =>
      [...ids].map((id) => {
        const job = queue.details(id);
        return { ...job, checkpoint: Number(job.checkpoint ?? 0) };
      }),
    effects: async () =>
      services.read.column<string>(
        "SELECT payload ->> '$.name' FROM projects WHERE payload ->> '$.name' GLOB 'job_*/*'",
      ),
    wait: (milliseconds) => void (workspace.clock.time += milliseconds),
  };
}

test('whatever workers, crashes, clocks and people do, each job ends, and each effect is there once', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 60 }), async (deeds) => {
      const history = new JobHistory(workspaceGround());
      for (const one of deeds) await history.play(one);
      await history.finish();
      await history.check();
      expect(history.problems).toEqual([]);
      refused += history.refused;
    }),
    { numRuns: lawRuns(150) },
  );
  // The histories did have workers that tried to write after they had lost their lease.
  expect(refused).toBeGreaterThan(10);
  expect((await workspace.verify()).ok).toBe(true);
});
