import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import pg from 'pg';
import { mkdtempSync, readFileSync } from 'node:fs';
import { connectRemote } from '#core/sync/remote.ts';
import { generateSample } from '#scripts/sample/generate.ts';
import { openForBench } from '../core/open.ts';
import { each, median, pairs, timed } from '../row.ts';
import type { Figures, Row } from '../row.ts';
import type { Run } from '../run.ts';
import { addPerson, atServer, connect, email, http, password, pushTo } from './serving.ts';
import type { Channel, Serving } from './serving.ts';

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

/** Operations of the bench in the server's history. */
async function countOperations(serving: Serving): Promise<number> {
  const client = new pg.Client({ connectionString: postgresOf(serving) });
  await client.connect();
  const { rows } = await client.query<{ n: string }>(
    `SELECT count(*) AS n FROM audit_transactions WHERE id < $1 AND label = 'team.create'`,
    [firstNumber],
  );
  await client.end();
  return Number(rows[0]?.n);
}

export const orderedPush: Row = {
  id: 'sync-push',
  name: 'ordered push, 16 writers with 100 operations a batch, vs a server that writes the same rows unordered',
  target: 0.5,
  better: 'higher',
  measure: (run) =>
    // The peer's rows break the history.
    atServer(run, (serving) => pushWithPeer(run, serving), { spoils: true }),
};

async function pushWithPeer(run: Run, serving: Serving): Promise<Figures> {
  const peer = await startPeer(serving);
  const remotes = {
    ours: serving.remote,
    theirs: connectRemote({ http, url: peer.url, requestId: () => 'bench' }),
  };
  const pushAll = (remote: Serving['remote']): Promise<number> =>
    timed(() =>
      Promise.all(
        Array.from({ length: run.scaled(writers) }, async () => {
          for (let round = 0; round < run.scaled(rounds); round++)
            await pushTo({ ...serving, remote }, run.scaled(batch));
        }),
      ),
    );
  try {
    let sent = 0;
    const figures = await pairs(run, 'higher', {
      ours() {
        sent += run.scaled(writers) * run.scaled(rounds) * run.scaled(batch);
        return pushAll(remotes.ours);
      },
      theirs: () => pushAll(remotes.theirs),
    });
    const lost = sent - (await countOperations(serving));
    if (lost !== 0) throw new Error(`${lost} operations were lost`);
    return figures;
  } finally {
    await peer.stop();
  }
}

/** Milliseconds from sending an operation until each of the channels has heard of it. */
async function heard(serving: Serving, channels: readonly Channel[]): Promise<number[]> {
  const start = performance.now();
  const all = channels.map(
    ({ listeners }) =>
      new Promise<number>((resolve) => {
        const listen = (): void => {
          listeners.delete(listen);
          resolve(performance.now() - start);
        };
        listeners.add(listen);
      }),
  );
  await pushTo(serving, 1);
  return Promise.all(all);
}

const [listeningClients, roundsAlone, settling] = [100, 30, 500];

export const fanOut: Row = {
  id: 'sync-fan-out',
  name: 'commit until 100 clients have heard (p95) vs until one has (median)',
  target: 4,
  better: 'lower',
  measure: (run) =>
    atServer(run, async (serving) => {
      const channels: Channel[] = [];
      try {
        const one = await connect(serving);
        channels.push(one);
        const alone: number[] = [];
        for (let round = 0; round < run.scaled(roundsAlone); round++)
          alone.push(...(await heard(serving, [one])));
        while (channels.length < run.scaled(listeningClients)) channels.push(await connect(serving));
        await sleep(run.scaled(settling));
        const base = median(alone.slice(Math.min(5, alone.length - 1)));
        return await each(run, async () => {
          const times = (await heard(serving, channels)).toSorted((a, b) => a - b);
          return (times[Math.ceil(times.length * 0.95) - 1] as number) / base;
        });
      } finally {
        for (const channel of channels) channel.close();
      }
    }),
};

export const firstSync: Row = {
  id: 'sync-first',
  name: 'first sync of 100k records vs importing them from a file',
  target: 3,
  better: 'lower',
  measure: (run) =>
    atServer(run, async (serving) => {
      const cores: Awaited<ReturnType<typeof openForBench>>[] = [];
      const folder = mkdtempSync(join(serving.folder, 'first-'));
      const opened = async (name: string) => {
        const core = await openForBench(join(folder, name));
        cores.push(core);
        return core;
      };
      const records = [...generateSample({ size: run.sample, seed: 1, now: Date.UTC(2026, 0, 1) })];
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
        // Other rows of a smoke run push to the same server.
        if (!run.isSmoke && !(await client.sync.status({})).in_step) throw new Error('it is not in step');
      };
      try {
        const first = await opened('first');
        await fill(first);
        await sync(first);
        return await pairs({ ...run, repetitions: Math.min(run.repetitions, 3) }, 'lower', {
          async ours(round) {
            const core = await opened(`ours-${round}`);
            return timed(() => sync(core));
          },
          async theirs(round) {
            const core = await opened(`theirs-${round}`);
            return timed(() => fill(core));
          },
        });
      } finally {
        for (const core of cores) await core.close();
      }
    }),
};

/** The heap of a new server is collected thoroughly for the first time after a minute or more, and so is at its largest. */
const [warmUp, seconds, perSecond] = [100, 60, 1000];

export const steady: Row = {
  id: 'sync-steady',
  name: `memory of a server after ${seconds} s of 1,000 operations a second vs before, warmed up in the same way for ${warmUp} s`,
  target: 1.25,
  better: 'lower',
  measure: (run) =>
    atServer(run, async (serving) => {
      // One person may send 100,000 operations an hour.
      const other = await addPerson(serving, 0);
      const start = performance.now();
      const turns = { before: run.scaled(warmUp), all: run.scaled(warmUp) + run.scaled(seconds) };
      let early = 0;
      for (let turn = 0; turn < turns.all; turn++) {
        const sender = turn % 2 === 0 ? serving : other;
        await Promise.all(Array.from({ length: perSecond / batch }, () => pushTo(sender, run.scaled(batch))));
        const left = start + (turn + 1) * run.scaled(1000) - performance.now();
        if (turn === turns.before - 1) early = serving.memory();
        if (left > 0) await sleep(left);
      }
      const took = (performance.now() - start) / 1000;
      if (!run.isSmoke && took > turns.all * 1.05)
        throw new Error(`${turns.all * perSecond} operations took ${took.toFixed(1)} s`);
      return { runs: [serving.memory() / early] };
    }),
};
