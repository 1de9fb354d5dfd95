import type { Core } from '#core/open.ts';
import { openForBench } from './open.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { openPlace, teamPayload } from './place.ts';

/** 1,000 transactions of 100 rows: teams are made, and then changed over and over. */
const [transactions, rows, making] = [1000, 100, 200];

async function live(core: Core, run: Run): Promise<void> {
  const session = core.session();
  const made = run.scaled(making);
  for (let at = 0; at < run.scaled(transactions); at += 1) {
    const make = at < made;
    await core.services.queue.command(session, ({ records }) => {
      for (let row = 0; row < rows; row += 1) {
        const n = make ? at * rows + row : (at * 7919 + row * 104_729) % (made * rows);
        const record = { type: 'team' as const, id: `team_${n}`, payload: teamPayload(n) };
        if (make) records.create(record);
        else records.update({ ...record, payload: current.get(n) ?? record.payload }, { size: at % 40 });
        if (!make) current.set(n, { ...record.payload, size: at % 40 });
      }
    });
  }
}
const current = new Map<number, ReturnType<typeof teamPayload>>();

/** The row of the log that a round goes to: all over it, each time elsewhere. */
const somewhere = (run: Run, round: number): number =>
  1 + (((round + 2) * 61_803) % (run.scaled(transactions) * rows));

export const asOf: Row = {
  id: 'as-of',
  name: 'from one moment to another, of a 100k-row log, vs counting its rows',
  target: null,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    try {
      await live(place.core, run);
      place.core.services.queue.checkpoint();
      const then = await openForBench(place.core.services.files.folder, undefined, 1);
      try {
        const { moments } = then.client(then.session());
        const go = (round: number): Promise<number> =>
          timed(() => moments.open({ at: somewhere(run, round) }));
        const count = (): Promise<number> =>
          timed(() => place.core.services.read.get('SELECT count(payload_after) AS n FROM audit_logs'));
        return await pairs(run, 'lower', { ours: go, theirs: count });
      } finally {
        await then.close();
      }
    } finally {
      await place.close();
    }
  },
};
