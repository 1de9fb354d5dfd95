import { z } from 'zod';
import { jobKind } from '#core/jobs/kind.ts';
import { jobQueue } from '#core/jobs/queue.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { bareCommits, pagesOf } from './floor.ts';
import { openPlace } from './place.ts';

const [jobs, commitsOfAJob] = [100, 3];

export const jobOverhead: Row = {
  id: 'job-overhead',
  name: 'empty job (enqueued, claimed, completed) vs two prepared transactions',
  target: 3,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    try {
      const { core, raw } = place;
      const queue = jobQueue(core.services);
      const empty = jobKind({ input: z.null(), maxAttempts: 1, run: () => Promise.resolve(null) });
      const runner = core.runJobs({ kinds: { empty }, schedules: [], workers: 1 });
      const wanted = { kind: 'empty', input: null, maxAttempts: 1, createdBy: core.session().profile };
      raw.exec('CREATE TABLE raw_jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT');
      const insert = raw.prepare("INSERT INTO raw_jobs (state) VALUES ('pending') RETURNING id").pluck();
      const update = raw.prepare("UPDATE raw_jobs SET state = 'completed' WHERE id = ?");
      const one = async (): Promise<void> => {
        await queue.enqueue(wanted);
        await runner.waitUntilEmpty();
      };
      // A job commits when it is enqueued, when it is claimed and when it is completed.
      const pages = await pagesOf(place, one);
      const bare = bareCommits(place, Math.max(1, Math.round(pages / commitsOfAJob)));
      const times = (count: number, work: () => unknown) => async (): Promise<number> =>
        timed(async () => {
          for (let n = 0; n < count; n += 1) await work();
        });
      try {
        return await pairs(run, 'lower', {
          ours: times(run.scaled(jobs), one),
          theirs: times(run.scaled(jobs), () => update.run(insert.get())),
          floor: times(run.scaled(jobs) * commitsOfAJob, () => bare.commit()),
        });
      } finally {
        bare.close();
      }
    } finally {
      await place.close();
    }
  },
};
