import { join } from 'node:path';
import { each, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { filled } from './backup.ts';
import { openForBench } from './open.ts';

/** Teams that each round starts at. */
const starts = 20;

export const relatedRecords: Row = {
  id: 'related',
  name: 'what is connected with a record, depth 3, slowest of 20 teams and a university, just opened, 100k records (ms)',
  target: 1000,
  better: 'lower',
  async measure(run) {
    const place = await filled(run);
    try {
      return await each(run, async () => {
        // A second open workspace has read nothing yet.
        const core = await openForBench(join(place.folder, 'workspace'));
        try {
          const client = core.client(core.session());
          const teams = await client.entities.list({ type: 'team', limit: run.scaled(starts) });
          const universities = await client.entities.list({ type: 'university', limit: 1 });
          const times: number[] = [];
          for (const { id } of [...teams.rows, ...universities.rows])
            times.push(await timed(() => client.entities.related({ id, depth: 3 })));
          return Math.max(...times);
        } finally {
          await core.close();
        }
      });
    } finally {
      await place.close();
    }
  },
};
