import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { ServerJob } from '#shared/contract/server/admin.ts';
import type { ServerStatus } from '#shared/contract/server/status.ts';
import { Backups } from '#server/backups/backups.ts';
import { Jobs } from '#server/backups/jobs.ts';
import { backUp, backupsOfTest, jobEnded, listBackups } from '../support/backups.ts';
import type { JobStatus } from '../support/backups.ts';
import { populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { startServer, testDatabase } from '../support/server.ts';
import type { Api } from '../support/api.ts';

const silent = { info: () => {}, error: () => {} };
const hour = 3_600_000;

async function pushTeams(admin: Api, from: number, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) =>
    create('team', `team_${from + at}`, { name: 'A', note: 'x'.repeat(200) }),
  );
  for (let at = 0; at < count; at += 1000) await push(admin, [operation(rows.slice(at, at + 1000))]);
}

test('while everything is replaced, every server answers only liveness and progress', async () => {
  const backups = backupsOfTest();
  const server = await startServer({ backups });
  const { admin } = await populate(server);
  const other = await startServer({ backups }, { database: server.database });
  await pushTeams(admin, 0, 6000);
  const id = await backUp(admin);
  expect((await admin.post(`admin/db/restore/${id}`, { confirm: id })).status).toBe(202);
  const seen = new Set<string>();
  let last: JobStatus['job'] = null;
  while (last?.state !== 'completed') {
    if (last?.state === 'dead') throw new Error(String(last.problem));
    last = (await admin.get<JobStatus>('admin/db/backup/status')).body.job;
    if (last?.state === 'running' && last.progress > 0 && last.progress < 1) seen.add('progress');
    for (const path of ['auth/me', 'teams/team_1', '/readyz', '/livez', '/health', '/metrics']) {
      const [here, there] = await Promise.all([admin.get(path), admin.at(other.api.url).get(path)]);
      seen.add(`${path} ${here.status}`);
      // It hears of it a little later; what it answers until then is what was there before.
      expect([200, 503]).toContain(there.status);
    }
  }
  for (const path of ['auth/me', 'teams/team_1', '/readyz', '/health']) expect(seen).toContain(`${path} 503`);
  for (const path of ['/livez', '/metrics']) expect(seen).not.toContain(`${path} 503`);
  expect(seen).toContain('progress');
  expect((await admin.get('auth/me')).status).toBe(200);
  await other.stop();
  await server.stop();
});

test('of two concurrent restore requests one starts', async () => {
  const server = await startServer({ backups: backupsOfTest() });
  const { admin } = await populate(server);
  const id = await backUp(admin);
  const asked = await Promise.all(
    [1, 2].map(() => admin.post<ServerJob>(`admin/db/restore/${id}`, { confirm: id })),
  );
  expect(asked.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 503]);
  expect((await jobEnded(admin)).state).toBe('completed');
  expect((await admin.post(`admin/db/restore/${id}`, { confirm: id })).status).toBe(202);
  await jobEnded(admin);
  await server.stop();
});

test('servers answer again after one that restored was killed', async () => {
  const server = await startServer({ backups: null });
  const { admin } = await populate(server);
  await server.database.run(
    `INSERT INTO jobs (id, kind, state, created_at, started_at) VALUES ('killed', 'restore', 'running', now(), now())`,
  );
  const seen: number[] = [];
  while (!(seen.includes(503) && seen.at(-1) === 200)) {
    seen.push((await admin.get('teams')).status);
    await setTimeout(100);
  }
  expect(await server.database.get(`SELECT state FROM jobs WHERE id = 'killed'`)).toEqual({
    state: 'failed',
  });
  await server.stop();
});

test('a restore that waited at a server which was killed does not block the next one', async () => {
  const server = await startServer({ backups: backupsOfTest() });
  const { admin } = await populate(server);
  const id = await backUp(admin);
  const left = (silent: string): Promise<number> =>
    server.database.run(
      `INSERT INTO jobs (id, kind, state, slot, created_at, alive_at) VALUES ($1, 'restore', 'waiting', 'restore', now(), now() - $2::interval)`,
      [`waits ${silent}`, silent],
    );
  await left('1 second');
  expect((await admin.post(`admin/db/restore/${id}`, { confirm: id })).status).toBe(503);
  await server.database.run(`DELETE FROM jobs WHERE slot = 'restore'`);
  await left('30 seconds');
  expect((await admin.post(`admin/db/restore/${id}`, { confirm: id })).status).toBe(202);
  expect((await jobEnded(admin)).state).toBe('completed');
  await server.stop();
});

test('a waiting job that was reported as failed does not run afterwards', async () => {
  const database = await testDatabase();
  const jobs = new Jobs({ database, now: Date.now }, silent);
  const gate = Promise.withResolvers<string>();
  const running = await jobs.begin({ kind: 'backup' }, () => gate.promise);
  const stateOf = (job: ServerJob | null) => database.get('SELECT state FROM jobs WHERE id = $1', [job?.id]);
  await expect.poll(() => stateOf(running)).toEqual({ state: 'running' });
  const restore = vi.fn(async () => 'restored');
  const waiting = await jobs.begin({ kind: 'restore', slot: 'restore' }, restore);
  await database.run(`UPDATE jobs SET alive_at = now() - interval '30 seconds' WHERE id = $1`, [waiting?.id]);
  await jobs.sweep();
  expect(await stateOf(waiting)).toEqual({ state: 'failed' });
  gate.resolve('backup');
  if (!waiting) throw new Error('the restore was not accepted');
  expect((await jobs.waitFor(waiting)).state).toBe('dead');
  expect(restore).not.toHaveBeenCalled();
  await jobs.stop();
  await database.close();
});

test('jobs of two servers run one after the other', async () => {
  const backups = backupsOfTest();
  const server = await startServer({ backups });
  const { admin } = await populate(server);
  const other = await startServer({ backups }, { database: server.database });
  await pushTeams(admin, 0, 500);
  const begun = await Promise.all(
    [admin, admin.at(other.api.url), admin, admin.at(other.api.url)].map((api) =>
      api.post<ServerJob>('admin/db/backup', undefined),
    ),
  );
  expect(begun.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  await jobEnded(admin);
  const rows = await server.database.all<{ state: string; started_at: string; ended_at: string }>(
    'SELECT state, started_at, ended_at FROM jobs ORDER BY started_at',
  );
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['done']));
  expect(await listBackups(admin)).toHaveLength(rows.length);
  await other.stop();
  await server.stop();
});

test('work left undone by a server has failed', async () => {
  const database = await testDatabase();
  const time = new Date().toISOString();
  await database.run(
    `INSERT INTO jobs (id, kind, state, created_at, started_at) VALUES ('lost', 'backup', 'running', $1, $1)`,
    [time],
  );
  const server = await startServer({ backups: backupsOfTest() }, { database });
  const { admin } = await populate(server);
  const lost = async () => (await admin.get<JobStatus>('admin/db/backup/status')).body.job?.state;
  await expect.poll(lost).toBe('dead');
  expect((await admin.get<ServerStatus>('status')).body.jobs).toEqual({ queued: 0, running: 0, failed: 1 });
  expect((await jobEnded(admin)).problem).toBe('The server ended while this ran.');
  await server.stop();
  await database.close();
});

test('a server that ends ends its job, and leaves no half backup', async () => {
  const database = await testDatabase();
  const backups = backupsOfTest();
  const server = await startServer({ backups }, { database });
  const { admin } = await populate(server);
  await pushTeams(admin, 0, 3000);
  const begun = await admin.post<ServerJob>('admin/db/backup', undefined);
  await server.stop();
  const job = await database.get<{ state: string }>('SELECT state FROM jobs WHERE id = $1', [begun.body.id]);
  const again = await startServer({ backups }, { database });
  const list = await listBackups(admin.at(again.api.url));
  expect([job?.state, list.length]).toEqual(job?.state === 'done' ? ['done', 1] : ['failed', 0]);
  await again.stop();
  await database.close();
});

test('of several servers one makes the backup that is due, once; after a failure it is tried again an hour later', async () => {
  const database = await testDatabase();
  const clock = { now: Date.UTC(2027, 0, 1, 2, 59) };
  const setting = backupsOfTest({ hour: 3, intervalHours: 24 });
  const schedule = (folder = setting.folder) =>
    new Backups({ database, config: { backups: { ...setting, folder } }, now: () => clock.now }, silent);
  const due = async (all: readonly Backups[]): Promise<number> => {
    const begun = await Promise.all(
      all.map(async (one) => {
        const job = await one.beginDue();
        if (job) await one.jobs.waitFor(job);
        return job;
      }),
    );
    return begun.filter((one) => one !== null).length;
  };
  const [one, two] = [schedule(), schedule()];
  expect(await due([one, two])).toBe(1);
  expect(await one.nextDue()).toBe('2027-01-01T03:00:00.000Z');
  expect(await due([one, two])).toBe(0);
  clock.now += 2 * 60_000;
  expect(await due([one, two])).toBe(1);
  expect(await due([one])).toBe(0);
  expect(await two.nextDue()).toBe('2027-01-02T03:00:00.000Z');
  clock.now += 24 * hour;
  const broken = schedule('/dev/null/nowhere');
  expect(await due([broken])).toBe(1);
  expect(await due([one])).toBe(0);
  clock.now += hour + 1;
  expect(await due([one])).toBe(1);
  expect((await one.list()).map(({ reason }) => reason)).toEqual(['daily', 'daily', 'daily']);
  await database.close();
});
