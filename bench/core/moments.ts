import type { Core } from '#core/open.ts';
import { openForBench } from './open.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { openPlace, teamPayload } from './place.ts';

/** 1,000 transactions of 100 rows: teams are made, and then changed over and over. */
const [transactions, rows, making] = [1000, 100, 200];

async function live(core: Core): Promise<void> {
  const session = core.session();
  for (let at = 0; at < transactions; at += 1) {
    const make = at < making;
    await core.services.queue.command(session, ({ records }) => {
      for (let row = 0; row < rows; row += 1) {
        const n = make ? at * rows + row : (at * 7919 + row * 104_729) % (making * rows);
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
const somewhere = (round: number): number => 1 + (((round + 2) * 61_803) % (transactions * rows));

export const asOf: Row = {
  id: 'as-of',
  name: 'from one moment to another, of a 100k-row log, vs counting its rows',
  target: null,
  better: 'lower',
  async measure(repetitions) {
    const place = await openPlace();
    try {
      await live(place.core);
      place.core.services.queue.checkpoint();
      const then = await openForBench(place.core.services.files.folder, undefined, 1);
      try {
        const { moments } = then.client(then.session());
        const go = (round: number): Promise<number> => timed(() => moments.open({ at: somewhere(round) }));
        const count = (): Promise<number> =>
          timed(() => place.core.services.read.get('SELECT count(payload_after) AS n FROM audit_logs'));
        return await pairs(repetitions, 'lower', go, count);
      } finally {
        await then.close();
      }
    } finally {
      await place.close();
    }
  },
};
