import { each, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { filled } from './backup.ts';

const million = 1_000_000;

/** Departures with stress tests and repairs of a network of 10,000 records, in seconds of processor time of all threads. */
export const stressTests: Row = {
  id: 'stress-tests',
  name: 'departures with stress tests and repairs, 10k records (s of processor time)',
  target: 5.3,
  better: 'lower',
  async measure(run) {
    const place = await filled({ ...run, sample: run.isSmoke ? run.sample : '10k' });
    try {
      const client = place.core.client(place.core.session());
      await client.analysis.setRanking({ people: true });
      return await each(run, async (round) => {
        const before = process.cpuUsage();
        // Another seed each time, because answers are kept.
        for await (const _ of await client.analysis.insights({ question: 'leavers', seed: round + 1 }));
        const { user, system } = process.cpuUsage(before);
        return (user + system) / million;
      });
    } finally {
      await place.close();
    }
  },
};

/** The ranking of teams after the strength of a link, or the terms of a student, changed: what was read follows the change. In milliseconds. */
export const analysisAfterWrite: Row = {
  id: 'analysis-after-write',
  name: 'an Insights answer after a write, 100k records (ms)',
  target: 500,
  better: 'lower',
  async measure(run) {
    const place = await filled(run);
    try {
      const client = place.core.client(place.core.session());
      const [link] = (await client.entities.list({ type: 'interface', limit: 1 })).rows;
      const [student] = (await client.entities.list({ type: 'student', limit: 1 })).rows;
      if (!link || !student) throw new Error('There is nothing to change.');
      const answer = async (): Promise<void> => {
        for await (const _ of await client.analysis.insights({
          question: 'leavers',
          who: 'teams',
          quick: true,
        }));
      };
      await answer();
      return await each(run, async (round) => {
        if (round % 2 === 0)
          await client.entities.update({ type: 'interface', id: link.id, data: { energy_loss: 10 + round } });
        else
          await client.entities.update({
            type: 'student',
            id: student.id,
            data: { terms_remaining: round + 2 },
          });
        return timed(answer);
      });
    } finally {
      await place.close();
    }
  },
};
