import { locateIn } from '#core/log/records/locate.ts';
import { verifyChain } from '#core/log/audit/verify-chain.ts';
import { verifyReplay } from '#core/log/audit/verify-replay.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { Connection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { openPlace, teamPayload } from './place.ts';
import type { Place } from './place.ts';

/** Fills the place with so many teams, as one change. */
async function fill(place: Place, count: number): Promise<string[]> {
  const ids: string[] = [];
  await place.core.services.queue.command(place.core.session(), (write) => {
    for (let n = 0; n < count; n += 1) {
      const id = `team_${write.ids.uuid()}`;
      ids.push(id);
      write.records.createLater({ type: 'team', id, payload: teamPayload(n) }, null);
    }
    write.audit.label('seed', { total: count });
  });
  return ids;
}

export const pointRead: Row = {
  id: 'point-read',
  name: 'repository point read vs raw prepared statement and JSON.parse',
  target: 0.95,
  better: 'higher',
  async measure(run) {
    const place = await openPlace();
    try {
      const ids = await fill(place, run.scaled(10_000));
      const { read } = place.core.services;
      const statement = read.raw.prepare('SELECT payload, deleted_at FROM teams WHERE id = ?');
      const rounds = 3;
      const eachId = (one: (id: string) => unknown) => (): void => {
        for (let round = 0; round < rounds; round += 1) for (const id of ids) one(id);
      };
      return await pairs(run, 'higher', {
        ours: () => timed(eachId((id) => locateIn(read, 'team', id))),
        theirs: () =>
          timed(eachId((id) => JSON.parse((statement.get(id) as { payload: string }).payload) as unknown)),
      });
    } finally {
      await place.close();
    }
  },
};

function drain(work: Generator<number, { ok: boolean }, void>): void {
  let next = work.next();
  while (!next.done) next = work.next();
  if (!next.value.ok) throw new Error('the log that was just written does not verify');
}

export const verifying: Row = {
  id: 'verify',
  name: 'verify (chain and replay) of a 100k-row log vs reading all its rows once',
  target: 3,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    let own: Connection | undefined;
    try {
      const count = run.scaled(100_000);
      await fill(place, count);
      own = openConnection(place.core.services.files.live, { mode: 'read', log: silentLog, slowMs: 60_000 });
      const db = own;
      return await pairs(run, 'lower', {
        ours: () =>
          timed(() => {
            drain(verifyChain(db, null));
            drain(verifyReplay(db));
          }),
        theirs: () =>
          timed(() => {
            let rows = 0;
            for (const row of db.iterate<{ id: number }>('SELECT * FROM audit_logs'))
              rows += row.id > 0 ? 1 : 0;
            if (rows < count) throw new Error('rows are missing');
          }),
      });
    } finally {
      own?.close();
      await place.close();
    }
  },
};
