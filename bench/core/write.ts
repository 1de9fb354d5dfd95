import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createRecord, updateRecord } from '#core/model/commands.ts';
import type { WriteContext } from '#core/log/commands/write-context.ts';
import { median, pairs, timed } from '../row.ts';
import type { Figures, Row } from '../row.ts';
import { bareCommits, pagesOf } from './floor.ts';
import type { BareCommits } from './floor.ts';
import { openPlace, teamPayload } from './place.ts';
import type { Place } from './place.ts';

const insert = 'INSERT INTO teams (id, payload, created_at, updated_at) VALUES (?, ?, ?, ?)';
const [durable, inMemory, grouped, groups] = [300, 3000, 32, 20];

async function withPlace(measure: (place: Place) => Promise<Figures>): Promise<Figures> {
  const place = await openPlace();
  try {
    return await measure(place);
  } finally {
    await place.close();
  }
}

/** Hands over bare commits of as many pages as one call of `work` writes. */
async function withBareCommits<T>(
  place: Place,
  work: () => Promise<unknown>,
  measure: (bare: BareCommits) => Promise<T>,
): Promise<T> {
  const bare = bareCommits(place, await pagesOf(place, work));
  try {
    return await measure(bare);
  } finally {
    bare.close();
  }
}

/** A measurement of so many calls in a row. */
const times = (count: number, work: () => unknown) => (): Promise<number> =>
  timed(async () => {
    for (let n = 0; n < count; n += 1) await work();
  });

let serial = 0;

/** Adds a team without core. Returns its id. */
function rawInsert({ raw }: Place): () => string {
  const statement = raw.prepare(insert);
  return () => {
    const id = `raw_${++serial}`;
    const now = new Date().toISOString();
    statement.run(id, JSON.stringify(teamPayload(serial)), now, now);
    return id;
  };
}

const create = (write: WriteContext): unknown =>
  createRecord(write, { type: 'team', data: teamPayload(++serial) });

export const auditedInsert: Row = {
  id: 'audited-insert',
  name: 'audited insert, a transaction each, vs raw prepared insert',
  target: 0.65,
  better: 'higher',
  measure: (run) =>
    withPlace((place) => {
      const session = place.core.session();
      const one = (): Promise<unknown> => place.core.services.queue.command(session, create);
      const count = run.scaled(durable);
      return withBareCommits(place, one, (bare) =>
        pairs(run, 'higher', {
          ours: times(count, one),
          theirs: times(count, rawInsert(place)),
          floor: times(count, () => bare.commit()),
        }),
      );
    }),
};

export const auditedInsertCpu: Row = {
  id: 'audited-insert-cpu',
  name: 'audited inserts (record and audit row) inside one transaction vs raw prepared inserts inside one',
  target: 0.45,
  better: 'higher',
  measure: (run) =>
    withPlace((place) => {
      const session = place.core.session();
      const rawOne = rawInsert(place);
      const count = run.scaled(inMemory);
      return pairs(run, 'higher', {
        ours: () =>
          timed(() =>
            place.core.services.queue.command(session, (write) => {
              for (let n = 0; n < count; n += 1)
                write.records.create({
                  type: 'team',
                  id: `team_${write.ids.uuid()}`,
                  payload: teamPayload(n),
                });
              write.audit.label('seed', {});
            }),
          ),
        theirs: () =>
          timed(() => {
            place.raw.exec('BEGIN IMMEDIATE');
            for (let n = 0; n < count; n += 1) rawOne();
            place.raw.exec('COMMIT');
          }),
      });
    }),
};

export const auditedUpdate: Row = {
  id: 'audited-update',
  name: 'audited update, a transaction each, vs raw read-modify-write',
  target: 0.5,
  better: 'higher',
  measure: (run) =>
    withPlace(async (place) => {
      const session = place.core.session();
      const { queue } = place.core.services;
      const id = await queue.command(session, (write) =>
        createRecord(write, { type: 'team', data: teamPayload(1) }),
      );
      const one = (): Promise<unknown> => {
        const data = { size: 1 + (++serial % 1000) };
        return queue.command(session, (context) =>
          updateRecord(context, { type: 'team', id, data, unset: [] }),
        );
      };
      const rawId = rawInsert(place)();
      const read = place.raw.prepare<[string], { payload: string }>('SELECT payload FROM teams WHERE id = ?');
      const write = place.raw.prepare('UPDATE teams SET payload = ?, updated_at = ? WHERE id = ?');
      const rawOne = (): void => {
        const payload = JSON.parse(read.get(rawId)?.payload ?? '') as Record<string, unknown>;
        payload.size = 1 + (++serial % 1000);
        write.run(JSON.stringify(payload), new Date().toISOString(), rawId);
      };
      const count = run.scaled(durable);
      return withBareCommits(place, one, (bare) =>
        pairs(run, 'higher', {
          ours: times(count, one),
          theirs: times(count, rawOne),
          floor: times(count, () => bare.commit()),
        }),
      );
    }),
};

export const durableCommit: Row = {
  id: 'durable-commit',
  name: 'durable audited commit, p50, vs appending 8 KB and fdatasync, p50',
  target: 1.1,
  better: 'lower',
  measure: (run) =>
    withPlace(async (place) => {
      const session = place.core.session();
      const one = (): Promise<unknown> => place.core.services.queue.command(session, create);
      const block = Buffer.alloc(8192, 1);
      const file = openSync(join(place.folder, 'append.bin'), 'a');
      const middle = (work: () => unknown) => async (): Promise<number> => {
        const taken: number[] = [];
        for (let n = 0; n < run.scaled(200); n += 1) taken.push(await timed(work));
        return median(taken);
      };
      const append = (): void => {
        writeSync(file, block);
        fdatasyncSync(file);
      };
      try {
        return await withBareCommits(place, one, (bare) =>
          pairs(run, 'lower', {
            ours: middle(one),
            theirs: middle(append),
            floor: middle(() => bare.commit()),
          }),
        );
      } finally {
        closeSync(file);
      }
    }),
};

export const groupCommit: Row = {
  id: 'group-commit',
  name: 'group commit of 32 waiting commands vs one by one',
  target: 6,
  better: 'higher',
  measure: (run) =>
    withPlace((place) => {
      const session = place.core.session();
      const one = (): Promise<unknown> => place.core.services.queue.command(session, create);
      const count = run.scaled(groups);
      return pairs(run, 'higher', {
        ours: times(count, () => Promise.all(Array.from({ length: grouped }, one))),
        theirs: times(count * grouped, one),
      });
    }),
};
