import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createRecord, updateRecord } from '#core/model/commands.ts';
import type { WriteContext } from '#core/log/commands/write-context.ts';
import { median, pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { openPlace, teamPayload } from './place.ts';
import type { Place } from './place.ts';

const insert = 'INSERT INTO teams (id, payload, created_at, updated_at) VALUES (?, ?, ?, ?)';
const durable = 300;
const inMemory = 3000;

async function withPlace(measure: (place: Place) => Promise<number[]>): Promise<number[]> {
  const place = await openPlace();
  try {
    return await measure(place);
  } finally {
    await place.close();
  }
}

let serial = 0;

function rawInsert(place: Place): void {
  const id = `raw_${++serial}`;
  const now = new Date().toISOString();
  place.raw.prepare(insert).run(id, JSON.stringify(teamPayload(serial)), now, now);
}

const create = (write: WriteContext): unknown =>
  createRecord(write, { type: 'team', data: teamPayload(++serial) });

export const auditedInsert: Row = {
  id: 'audited-insert',
  name: 'audited insert, a transaction each, vs raw prepared insert',
  target: 0.65,
  better: 'higher',
  measure: (repetitions) =>
    withPlace((place) => {
      const session = place.core.session();
      const statement = place.raw.prepare(insert);
      return pairs(
        repetitions,
        'higher',
        () =>
          timed(async () => {
            for (let n = 0; n < durable; n += 1) await place.core.services.queue.command(session, create);
          }),
        () =>
          timed(() => {
            for (let n = 0; n < durable; n += 1) {
              const now = new Date().toISOString();
              statement.run(`raw_${++serial}`, JSON.stringify(teamPayload(serial)), now, now);
            }
          }),
      );
    }),
};

export const auditedInsertCpu: Row = {
  id: 'audited-insert-cpu',
  name: 'audited inserts (record and audit row) inside one transaction vs raw prepared inserts inside one',
  target: 0.45,
  better: 'higher',
  measure: (repetitions) =>
    withPlace((place) => {
      const session = place.core.session();
      const statement = place.raw.prepare(insert);
      return pairs(
        repetitions,
        'higher',
        () =>
          timed(() =>
            place.core.services.queue.command(session, (write) => {
              for (let n = 0; n < inMemory; n += 1)
                write.records.create({
                  type: 'team',
                  id: `team_${write.ids.uuid()}`,
                  payload: teamPayload(n),
                });
              write.audit.label('seed', {});
            }),
          ),
        () =>
          timed(() => {
            place.raw.exec('BEGIN IMMEDIATE');
            for (let n = 0; n < inMemory; n += 1) {
              const now = new Date().toISOString();
              statement.run(`raw_${++serial}`, JSON.stringify(teamPayload(serial)), now, now);
            }
            place.raw.exec('COMMIT');
          }),
      );
    }),
};

export const auditedUpdate: Row = {
  id: 'audited-update',
  name: 'audited update, a transaction each, vs raw read-modify-write',
  target: 0.5,
  better: 'higher',
  measure: (repetitions) =>
    withPlace(async (place) => {
      const session = place.core.session();
      const id = await place.core.services.queue.command(session, (write) =>
        createRecord(write, { type: 'team', data: teamPayload(1) }),
      );
      rawInsert(place);
      const rawId = `raw_${serial}`;
      const read = place.raw.prepare('SELECT payload FROM teams WHERE id = ?');
      const write = place.raw.prepare('UPDATE teams SET payload = ?, updated_at = ? WHERE id = ?');
      return pairs(
        repetitions,
        'higher',
        () =>
          timed(async () => {
            for (let n = 0; n < durable; n += 1) {
              const data = { size: 1 + (++serial % 1000) };
              await place.core.services.queue.command(session, (context) =>
                updateRecord(context, { type: 'team', id, data, unset: [] }),
              );
            }
          }),
        () =>
          timed(() => {
            for (let n = 0; n < durable; n += 1) {
              const payload = JSON.parse((read.get(rawId) as { payload: string }).payload) as Record<
                string,
                unknown
              >;
              payload.size = 1 + (++serial % 1000);
              write.run(JSON.stringify(payload), new Date().toISOString(), rawId);
            }
          }),
      );
    }),
};

export const durableCommit: Row = {
  id: 'durable-commit',
  name: 'durable audited commit, p50, vs appending 8 KB and fdatasync, p50',
  target: 1.1,
  better: 'lower',
  measure: (repetitions) =>
    withPlace(async (place) => {
      const session = place.core.session();
      const block = Buffer.alloc(8192, 1);
      const file = openSync(join(place.folder, 'append.bin'), 'a');
      const many = async (work: () => unknown): Promise<number> => {
        const times: number[] = [];
        for (let n = 0; n < 200; n += 1) times.push(await timed(work));
        return median(times);
      };
      try {
        return await pairs(
          repetitions,
          'lower',
          () => many(() => place.core.services.queue.command(session, create)),
          () =>
            many(() => {
              writeSync(file, block);
              fdatasyncSync(file);
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
  measure: (repetitions) =>
    withPlace((place) => {
      const session = place.core.session();
      const { queue } = place.core.services;
      return pairs(
        repetitions,
        'higher',
        () =>
          timed(async () => {
            for (let n = 0; n < 20; n += 1)
              await Promise.all(Array.from({ length: 32 }, () => queue.command(session, create)));
          }),
        () =>
          timed(async () => {
            for (let n = 0; n < 640; n += 1) await queue.command(session, create);
          }),
      );
    }),
};
