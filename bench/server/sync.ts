import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Socket } from 'socket.io-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import pg from 'pg';
import { readFileSync } from 'node:fs';
import { generateSample } from '#scripts/sample/generate.ts';
import { openForBench } from '../core/open.ts';
import { median, pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { addPerson, callAt, connect, email, password, pushTo, startServing } from './serving.ts';
import type { Serving } from './serving.ts';

const writers = 16;
const batch = 100;
const rounds = 3;

function postgresOf({ folder }: Serving): string {
  const line = readFileSync(join(folder, 'server/postgres/postmaster.pid'), 'utf8').split('\n');
  const secret = readFileSync(join(folder, 'server/postgres-password'), 'utf8').trim();
  return `postgres://frames:${secret}@127.0.0.1:${line[3]}/frames`;
}

/** Numbers that the peer draws: far from the server's own, and a push's worth apart. */
const firstNumber = 1e12;

/** Starts the peer on the server's database: see `unordered.ts`. Returns its address, and what ends it. */
async function startPeer(serving: Serving): Promise<{ url: string; stop: () => Promise<void> }> {
  const database = postgresOf(serving);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query(`CREATE SEQUENCE bench_numbers START ${firstNumber} INCREMENT 10000`);
  await client.query('GRANT USAGE ON bench_numbers TO frames_app');
  await client.end();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'unordered.ts'), database, serving.user], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

export const orderedPush: Row = {
  id: 'sync-push',
  name: 'ordered push, 16 writers with 100 operations a batch, vs a server that writes the same rows unordered',
  target: 0.5,
  better: 'higher',
  async measure(repetitions) {
    const serving = await startServing();
    const peer = await startPeer(serving);
    try {
      let sent = 0;
      const all = (push: () => Promise<{ accepted: string[] }>): Promise<number> =>
        timed(() =>
          Promise.all(
            Array.from({ length: writers }, async () => {
              for (let round = 0; round < rounds; round++) {
                const { accepted } = await push();
                if (accepted.length !== batch) throw new Error('operations were refused');
              }
            }),
          ),
        );
      const ours = (): Promise<number> => {
        sent += writers * rounds * batch;
        return all(() => pushTo(serving, batch));
      };
      const theirs = (): Promise<number> =>
        all(() =>
          pushTo(
            { ...serving, call: (method, _path, body) => callAt(peer.url, method, 'push', body) },
            batch,
          ),
        );
      const ratios = await pairs(repetitions, 'higher', ours, theirs);
      if ((await countOperations(serving)) !== sent + 1) throw new Error('operations were lost');
      return ratios;
    } finally {
      await peer.stop();
      await serving.stop();
    }
  },
};

async function countOperations(serving: Serving): Promise<number> {
  const client = new pg.Client({ connectionString: postgresOf(serving) });
  await client.connect();
  const { rows } = await client.query<{ n: string }>(
    'SELECT count(*) AS n FROM audit_transactions WHERE id < $1',
    [firstNumber],
  );
  await client.end();
  return Number(rows[0]?.n);
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
        write.audit.label('import', { source: 'bench', count: 1 });
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

/** The heap of a new server is collected thoroughly for the first time after a minute or more, and so is at its largest. */
const warmUp = 100;
const seconds = 60;
const perSecond = 1000;

export const steady: Row = {
  id: 'sync-steady',
  name: `memory of a server after ${seconds} s of 1,000 operations a second vs before, warmed up in the same way for ${warmUp} s`,
  target: 1.25,
  better: 'lower',
  async measure() {
    const serving = await startServing();
    try {
      // One person may send 100,000 operations an hour.
      const other = await addPerson(serving, 0);
      const start = performance.now();
      let early = 0;
      for (let second = 0; second < warmUp + seconds; second++) {
        const sender = second % 2 === 0 ? serving : other;
        await Promise.all(Array.from({ length: perSecond / batch }, () => pushTo(sender, batch)));
        const left = start + (second + 1) * 1000 - performance.now();
        if (second === warmUp - 1) early = serving.memory();
        if (left > 0) await sleep(left);
      }
      const took = (performance.now() - start) / 1000;
      if (took > (warmUp + seconds) * 1.05)
        throw new Error(`${(warmUp + seconds) * perSecond} operations took ${took.toFixed(1)} s`);
      return [serving.memory() / early];
    } finally {
      await serving.stop();
    }
  },
};
