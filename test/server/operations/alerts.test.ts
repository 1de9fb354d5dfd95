import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { openDatabase } from '#server/db/database.ts';
import { alertRules, firingAlerts } from '../support/alerts.ts';
import type { Scrape } from '../support/alerts.ts';
import { backUp, backupsOfTest } from '../support/backups.ts';
import { describing } from '../support/files.ts';
import { own, populate } from '../support/people.ts';
import { operation, push } from '../support/push.ts';
import { startServer, testDatabase } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import type { Api } from '../support/api.ts';

interface Broken {
  server: TestServer;
  admin: Api;
  /** Tells the server, and Prometheus, that time has passed. */
  pass: (seconds: number) => void;
  /** Sets what ends the accident once its alert was looked for. */
  hold: (end: () => Promise<unknown>) => void;
}

/** How a well server comes to each alert. */
const accidents: Record<string, (broken: Broken) => Promise<unknown>> = {
  FramesSlow: async ({ server: { database }, admin }) => {
    const create = (body: string): string =>
      `CREATE OR REPLACE FUNCTION frames_visible(record text, from_end text, to_end text) RETURNS boolean LANGUAGE sql AS $$ ${body} $$`;
    // A database that takes a second and a half for each record.
    await database.run(create(`SELECT pg_sleep(1.5) IS NOT NULL`));
    const team = { name: 'Slow', university_id: own };
    await Promise.all(Array.from({ length: 5 }, () => admin.post('teams', team)));
  },
  FramesWaitsForConnections: async ({ server: { database }, admin, hold }) => {
    const release: (() => void)[] = [];
    const busy = (): Promise<void> =>
      database.readAsUser(
        { id: 'x', role: 'viewer', university_id: null, sees: 'all' },
        () => new Promise((resolve) => void release.push(resolve)),
      );
    // Every connection for requests is in use, and more requests come.
    const running = Array.from({ length: requestConnections }, busy);
    while (release.length < requestConnections) await setImmediate();
    const waiting = [admin.get('teams'), admin.get('projects')];
    while (database.connections().waiting < waiting.length) await setImmediate();
    hold(async () => {
      for (const end of release) end();
      await Promise.all([...running, ...waiting]);
    });
  },
  FramesEventLoopLags: async () => {
    // The first delay after a scrape is not measured.
    for (let turn = 0; turn < 5; turn++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
      await setImmediate();
    }
  },
  FramesServerDown: ({ server }) => server.stop(),
  FramesDatabaseDown: async ({ server: { database } }) => {
    const { name = '' } = (await database.get<{ name: string }>('SELECT current_database() AS name')) ?? {};
    const main = openDatabase(inject('postgres'));
    await main.run(`DROP DATABASE ${name} WITH (FORCE)`);
    await main.close();
  },
  FramesErrors: async ({ server: { database }, admin }) => {
    await database.run('ALTER TABLE teams RENAME TO gone');
    for (let at = 0; at < 40; at++) await admin.get('teams');
  },
  FramesFiguresUnreadable: ({ server: { database } }) =>
    database.run('ALTER TABLE file_parts RENAME TO gone'),
  FramesBackupMissing: async ({ pass }) => pass(27 * 3600),
  FramesJobsFailed: ({ server: { database } }) =>
    database.run(
      `INSERT INTO queued_jobs (id, kind, input, priority, state, attempts, max_attempts, run_after, token, created_by, created_at)
       VALUES ('dead', 'train', '{}', 0, 'dead', 3, 3, now(), 3, '', now())`,
    ),
  FramesFilesMissing: ({ admin }) =>
    push(admin, [operation([describing('doc_gone', Buffer.from('nobody has this'), own)])]),
  FramesDiskFull: async () => void (disk.free = 0.1),

  FramesClientsRefused: async ({ admin }) => {
    for (let at = 0; at < 11; at++) await admin.get('sync/hello?schema=1');
  },
  FramesCertificateEnds: async ({ server, pass }) => {
    const end = Date.parse(new X509Certificate(server.config.tls?.cert ?? '').validTo) / 1000;
    pass(end - 13 * 86_400 - server.clock.now / 1000);
  },
};

/** Alerts that a computer which runs other tests at the same time can raise too. */
const ofLoad = ['FramesSlow', 'FramesEventLoopLags'];
/** Connections of the pool that requests get. */
const requestConnections = 6;
/** Alerts that follow from another one. */
const followers: Record<string, string[]> = {
  // A certificate lasts longer than a backup is new.
  FramesCertificateEnds: ['FramesBackupMissing'],
};

const disk = { free: 0.5 };
const [cert, key] = ['cert', 'key'].map((part) =>
  readFileSync(join(import.meta.dirname, `../fixtures/tls-${part}.pem`), 'utf8'),
) as [string, string];

function scrape(server: TestServer): Promise<Scrape> {
  const time = server.clock.now / 1000;
  return new Promise((resolve) => {
    get(`${server.api.url}/metrics`, { ca: cert, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ time, text: Buffer.concat(chunks).toString() }));
    }).on('error', () => resolve({ time, text: null }));
  });
}

test('each rule is a row of the page on monitoring, and has an accident here', () => {
  const page = readFileSync(join(root, 'docs/operations/monitoring.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(Frames\w+)` \|/gm)].map(([, name = '']) => name);
  expect(rows.toSorted()).toEqual([...alertRules.keys()].toSorted());
  expect(Object.keys(accidents).toSorted()).toEqual(rows.toSorted());
});

test.each(Object.entries(accidents))('%s fires after its accident, and not before', async (name, breaks) => {
  disk.free = 0.5;
  const database = await testDatabase();
  const options = { database, freeShareOf: async () => disk.free };
  const plain = await startServer({ backups: backupsOfTest() }, options);
  const { admin } = await populate(plain);
  await backUp(admin);
  const server = await startServer(
    { ...plain.config, tls: { cert, key } },
    { ...options, clock: plain.clock },
  );
  const firing = (earlier: Scrape, later: Scrape): string[] =>
    firingAlerts(earlier, later).filter((one) => one === name || !ofLoad.includes(one));
  let before = await scrape(server);
  while (ofLoad.includes(name) && firing(before, before).length > 0) before = await scrape(server);
  expect(firing(before, before)).toEqual([]);
  // Counters are those of the server that gets the requests, which has no TLS.
  const pass = (seconds: number) => void (server.clock.now += seconds * 1000);
  const isCounted = ['FramesErrors', 'FramesClientsRefused', 'FramesSlow'].includes(name);
  const watched = isCounted ? plain : server;
  const watch = async (): Promise<Scrape> =>
    isCounted
      ? { time: plain.clock.now / 1000, text: (await plain.api.get<string>('/metrics')).body }
      : scrape(server);
  const earlier = await watch();
  let end: () => Promise<unknown> = async () => {};
  await breaks({ server: watched, admin, pass, hold: (ending) => void (end = ending) });
  const fired = firing(earlier, await watch());
  await end();
  expect(fired.filter((one) => !followers[name]?.includes(one))).toEqual([name]);
  if (name !== 'FramesServerDown') await server.stop();
  await plain.stop();
  await database.close();
});

test('the disk of the database is watched too, if the server knows its folder', async () => {
  const full = new Set(['/database']);
  const backups = backupsOfTest();
  const server = await startServer(
    { backups, databaseFolder: '/database' },
    { freeShareOf: async (folder) => (full.has(folder) ? 0.1 : 0.5) },
  );
  const { admin } = await populate(server);
  await backUp(admin);
  const firing = async (): Promise<string[]> => {
    const { body: text } = await server.api.get<string>('/metrics');
    const now = { time: server.clock.now / 1000, text };
    return firingAlerts(now, now).filter((one) => !ofLoad.includes(one));
  };
  expect(await firing()).toEqual(['FramesDiskFull']);
  full.clear();
  expect(await firing()).toEqual([]);
  await server.stop();
});
