import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import pg from 'pg';
import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { realtimePath } from '#shared/sync/realtime.ts';
import { generateSample } from '#scripts/sample/generate.ts';
import { openForBench } from '../core/open.ts';
import { median, pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { email, operationsOf, password, pushTo, startServing } from './serving.ts';
import type { Serving } from './serving.ts';

const writers = 16;
const batch = 100;
const rounds = 3;

async function postgresOf({ folder }: Serving): Promise<string> {
  const line = readFileSync(join(folder, 'server/postgres/postmaster.pid'), 'utf8').split('\n');
  const secret = readFileSync(join(folder, 'server/postgres-password'), 'utf8').trim();
  return Promise.resolve(`postgres://frames:${secret}@127.0.0.1:${line[3]}/frames`);
}

/** The same rows as a push writes, by as many writers, without order, rules or history: what ordering and merging cost. */
async function unordered(clients: readonly Client[]): Promise<void> {
  await Promise.all(
    clients.map(async (client) => {
      for (let round = 0; round < rounds; round++) {
        const operations = operationsOf(batch);
        const rows = operations.flatMap((one) => one.rows);
        await client.query('BEGIN');
        await client.query(
          `INSERT INTO bench_records SELECT id, after, now() FROM jsonb_to_recordset($1::jsonb) AS r(id text, after jsonb)`,
          [JSON.stringify(rows)],
        );
        await client.query(
          `INSERT INTO bench_transactions (op_id, label, params) SELECT op_id, label, params
           FROM jsonb_to_recordset($1::jsonb) AS r(op_id text, label text, params jsonb)`,
          [JSON.stringify(operations)],
        );
        await client.query(
          `INSERT INTO bench_logs (entity_id, payload) SELECT id, after FROM jsonb_to_recordset($1::jsonb) AS r(id text, after jsonb)`,
          [JSON.stringify(rows)],
        );
        await client.query('COMMIT');
      }
    }),
  );
}

const benchTables = `
  CREATE TABLE bench_records (id text PRIMARY KEY, payload jsonb NOT NULL, at timestamptz NOT NULL);
  CREATE INDEX ON bench_records USING gin (payload jsonb_path_ops);
  CREATE TABLE bench_transactions (id bigserial PRIMARY KEY, op_id text UNIQUE, label text, params jsonb);
  CREATE TABLE bench_logs (id bigserial PRIMARY KEY, entity_id text, payload jsonb);
  CREATE INDEX ON bench_logs (entity_id, id)`;

export const orderedPush: Row = {
  id: 'sync-push',
  name: 'ordered push, 16 writers with 100 operations a batch, vs writing the rows unordered',
  target: 0.5,
  better: 'higher',
  async measure(repetitions) {
    const serving = await startServing();
    const url = await postgresOf(serving);
    const clients = await Promise.all(
      Array.from({ length: writers }, async () => {
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        return client;
      }),
    );
    try {
      await clients[0]?.query(benchTables);
      let sent = 0;
      const ours = (): Promise<number> =>
        timed(() =>
          Promise.all(
            Array.from({ length: writers }, async () => {
              for (let round = 0; round < rounds; round++) {
                const { accepted } = await pushTo(serving, batch);
                sent += accepted.length;
              }
            }),
          ),
        );
      const ratios = await pairs(repetitions, 'higher', ours, () => timed(() => unordered(clients)));
      const { rows } = (await clients[0]?.query('SELECT count(*) AS n FROM audit_transactions')) ?? {
        rows: [],
      };
      if (Number((rows[0] as { n: string }).n) !== sent + 1) throw new Error('operations were lost');
      return ratios;
    } finally {
      for (const client of clients) await client.end();
      await serving.stop();
    }
  },
};

async function connect({ url, token }: Serving): Promise<Socket> {
  const socket = io(url, { path: realtimePath, transports: ['websocket'], auth: { token }, forceNew: true });
  await new Promise<void>((resolve) => void socket.once('connect', resolve));
  return socket;
}

/** Milliseconds from sending an operation until each of the sockets has heard of it. */
async function heard(serving: Serving, sockets: readonly Socket[]): Promise<number[]> {
  const start = performance.now();
  const all = sockets.map(
    (socket) =>
      new Promise<number>((resolve) => void socket.once('head', () => resolve(performance.now() - start))),
  );
  await pushTo(serving, 1);
  return Promise.all(all);
}

export const fanOut: Row = {
  id: 'sync-fan-out',
  name: 'commit until 100 clients have heard (p95) vs until one has (median)',
  target: 4,
  better: 'lower',
  async measure(repetitions) {
    const serving = await startServing();
    const sockets: Socket[] = [];
    try {
      const one = [await connect(serving)];
      sockets.push(...one);
      const alone: number[] = [];
      for (let round = 0; round < 30; round++) alone.push(...(await heard(serving, one)));
      for (let at = 1; at < 100; at++) sockets.push(await connect(serving));
      await sleep(500);
      const base = median(alone.slice(5));
      const ratios: number[] = [];
      for (let round = 0; round < repetitions; round++) {
        const times = (await heard(serving, sockets)).toSorted((a, b) => a - b);
        ratios.push((times[94] as number) / base);
      }
      return ratios;
    } finally {
      for (const socket of sockets) socket.disconnect();
      await serving.stop();
    }
  },
};

export const firstSync: Row = {
  id: 'sync-first',
  name: 'first sync of 100k records vs importing them from a file',
  target: 3,
  better: 'lower',
  async measure(repetitions) {
    const serving = await startServing();
    const cores: Awaited<ReturnType<typeof openForBench>>[] = [];
    const opened = async (name: string) => {
      const core = await openForBench(join(serving.folder, name));
      cores.push(core);
      return core;
    };
    const records = [...generateSample({ size: '100k', seed: 1, now: Date.UTC(2026, 0, 1) })];
    const fill = async (core: (typeof cores)[number]): Promise<void> => {
      await core.services.queue.job(core.session(), 'bench', async (write) => {
        for (const { type, id, payload } of records) write.records.createLater({ type, id, payload }, null);
        write.audit.label('import', { file: 'bench' });
        return Promise.resolve();
      });
    };
    const sync = async (core: (typeof cores)[number]): Promise<void> => {
      const client = core.client(core.session());
      for await (const _ of await client.sync.join({ url: serving.url, email, password, share: 'all' }));
      const status = await client.sync.status({});
      if (!status.in_step) throw new Error('it is not in step');
    };
    try {
      const first = await opened('first');
      await fill(first);
      await sync(first);
      let count = 0;
      const ours = async (): Promise<number> => {
        const core = await opened(`ours-${count++}`);
        return timed(() => sync(core));
      };
      const theirs = async (): Promise<number> => {
        const core = await opened(`theirs-${count++}`);
        return timed(() => fill(core));
      };
      return await pairs(Math.min(repetitions, 3), 'lower', ours, theirs);
    } finally {
      for (const core of cores) await core.close();
      await serving.stop();
    }
  },
};

const seconds = 60;
const perSecond = 1000;

export const steady: Row = {
  id: 'sync-steady',
  name: 'memory of a server after 60 s of 1,000 operations a second vs after the first 10 s',
  target: 1.25,
  better: 'lower',
  async measure() {
    const serving = await startServing();
    try {
      const start = performance.now();
      let early = 0;
      for (let second = 0; second < seconds; second++) {
        await Promise.all(Array.from({ length: perSecond / batch }, () => pushTo(serving, batch)));
        const left = start + (second + 1) * 1000 - performance.now();
        if (second === 9) early = serving.memory();
        if (left > 0) await sleep(left);
      }
      const took = (performance.now() - start) / 1000;
      if (took > seconds * 1.05)
        throw new Error(`${seconds * perSecond} operations took ${took.toFixed(1)} s`);
      return [serving.memory() / early];
    } finally {
      await serving.stop();
    }
  },
};
