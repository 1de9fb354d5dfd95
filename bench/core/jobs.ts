import { z } from 'zod';
import { jobKind } from '#core/jobs/kind.ts';
import { jobQueue } from '#core/jobs/queue.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { openPlace } from './place.ts';

const jobs = 100;

export const jobOverhead: Row = {
  id: 'job-overhead',
  name: 'empty job (enqueued, claimed, completed) vs two prepared transactions',
  target: 3,
  better: 'lower',
  async measure(repetitions) {
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
      return await pairs(
        repetitions,
        'lower',
        () =>
          timed(async () => {
            for (let n = 0; n < jobs; n += 1) {
              await queue.enqueue(wanted);
              await runner.waitUntilEmpty();
            }
          }),
        () =>
          timed(() => {
            for (let n = 0; n < jobs; n += 1) update.run(insert.get());
          }),
      );
    } finally {
      await place.close();
    }
  },
};
