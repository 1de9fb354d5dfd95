import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ServerJob } from '#shared/contract/server/admin.ts';
import type { Health, ServerStatus } from '#shared/contract/server/status.ts';
import { backUp, backupsOfTest, jobEnded, listBackups, restore } from '../support/backups.ts';
import { own, populate } from '../support/people.ts';
import { create, hello, operation, push, update } from '../support/push.ts';
import { addUser, password, startServer } from '../support/server.ts';

async function served(over: Parameters<typeof backupsOfTest>[0] = {}) {
  const backups = backupsOfTest(over);
  const server = await startServer({ backups });
  const people = await populate(server);
  return { server, folder: backups.folder, ...people };
}

test('a backup is listed, and restoring it brings everything back under a new generation', async () => {
  const { server, admin, viewer } = await served();
  await push(admin, [operation([create('team', 'team_a', { name: 'A', university_id: own })])]);
  const before = await hello(admin);
  const id = await backUp(admin);
  const [listed] = await listBackups(admin);
  expect(listed).toMatchObject({
    id,
    reason: 'manual',
    encrypted: false,
    seq: before.head.seq,
    records: 3,
  });
  await push(admin, [
    operation([update('team', 'team_a', { name: 'A' }, { name: 'B' })]),
    operation([create('team', 'team_b', { name: 'B', university_id: own })]),
  ]);
  const late = await addUser(admin, { role: 'viewer' });

  expect(await restore(admin, id)).toMatchObject({
    kind: 'restore',
    state: 'completed',
    progress: 1,
    backup: id,
  });
  const after = await hello(admin);
  expect(after.head).toEqual(before.head);
  expect(after.generation).not.toBe(before.generation);
  expect((await admin.get<{ name: string }>('teams/team_a')).body.name).toBe('A');
  expect(await admin.refusal('GET', 'teams/team_b')).toEqual([404, 'TEAM_NOT_FOUND']);
  // Who is signed in stays so, unless they are no user any more.
  expect((await viewer.api.get('auth/me')).status).toBe(200);
  expect((await late.api.get('auth/me')).status).toBe(401);
  // What was replaced is a backup, too; the clock of the test stands still, so either may be first.
  expect((await listBackups(admin)).map(({ reason }) => reason).toSorted()).toEqual(['manual', 'restore']);
  await server.stop();
});

test('everybody keeps the current password, and no sign-in record is lost', async () => {
  const { server, admin, editor } = await served();
  const id = await backUp(admin);
  const fresh = 'another good password';
  await admin.patch(`users/${editor.user.id}`, { password: fresh });
  const signIn = (given: string) =>
    server.api.post('auth/token', { email: editor.user.email, password: given, device: 'test' });
  expect((await signIn(fresh)).status).toBe(200);
  const count = async () =>
    (await server.database.get<{ n: number }>('SELECT count(*) AS n FROM auth_events'))?.n ?? 0;
  const events = await count();
  await restore(admin, id);
  expect(await count()).toBe(events);
  expect([(await signIn(password)).status, (await signIn(fresh)).status]).toEqual([401, 200]);
  await server.stop();
});

test('restoring wants the id once more, and a backup that is there', async () => {
  const { server, admin } = await served();
  const id = await backUp(admin);
  const ask = (path: string, confirm: string) =>
    admin.refusal('POST', `admin/db/restore/${encodeURIComponent(path)}`, { confirm });
  expect(await ask(id, 'yes')).toEqual([422, 'VALIDATION_ERROR']);
  for (const other of ['20260101T000000Z-000000', '../secret', `../${id}`, 'x'])
    expect(await ask(other, other), other).toEqual([404, 'NOT_FOUND']);
  await server.stop();
});

test.each([
  ['the file is cut', (folder: string, id: string) => cut(join(folder, `${id}.backup`))],
  ['a byte of the file is another', (folder: string, id: string) => flip(join(folder, `${id}.backup`))],
  ['the file is missing', (folder: string, id: string) => rmSync(join(folder, `${id}.backup`))],
])('nothing is restored where %s', async (_, damage) => {
  const { server, admin, folder } = await served();
  const id = await backUp(admin);
  damage(folder, id);
  const before = await hello(admin);
  const job = await restore(admin, id);
  expect([job.state, job.problem]).toEqual(['dead', expect.stringMatching(/^[A-Z].*\.$/)]);
  expect(job.problem).not.toContain(folder);
  expect(await hello(admin)).toMatchObject({ generation: before.generation, head: before.head });
  // Only what can be restored is worth a backup of what it would replace.
  expect(await listBackups(admin)).toHaveLength(1);
  expect((await admin.get<ServerStatus>('status')).body.jobs.failed).toBe(1);
  await server.stop();
});

test('a backup whose file is gone or has another length is listed with its problem', async () => {
  const { server, admin, folder } = await served();
  const [whole, cut, gone] = [await backUp(admin), await backUp(admin), await backUp(admin)];
  truncateSync(join(folder, `${cut}.backup`), 100);
  rmSync(join(folder, `${gone}.backup`));
  const problems = new Map((await listBackups(admin)).map(({ id, problem }) => [id, problem]));
  expect(problems.get(whole)).toBeUndefined();
  expect(problems.get(cut)).toMatch(/cannot be restored/);
  expect(problems.get(gone)).toBe('A file of the backup is missing.');
  await server.stop();
});

test('a manifest that was changed is no backup', async () => {
  const { server, admin, folder } = await served();
  const id = await backUp(admin);
  const path = join(folder, `${id}.json`);
  writeFileSync(path, readFileSync(path, 'utf8').replace('"records": 2', '"records": 3'));
  expect(await listBackups(admin)).toEqual([]);
  expect(await admin.refusal('POST', `admin/db/restore/${id}`, { confirm: id })).toEqual([
    422,
    'VALIDATION_ERROR',
  ]);
  await server.stop();
});

test('an encrypted backup reveals nothing, and is restored with its passphrase only', async () => {
  const { server, admin, folder } = await served({ passphrase: 'a passphrase for tests' });
  const id = await backUp(admin);
  expect((await listBackups(admin))[0]?.encrypted).toBe(true);
  expect(
    readFileSync(join(folder, `${id}.backup`))
      .subarray(0, 21)
      .toString(),
  ).toBe('age-encryption.org/v1');
  for (const passphrase of ['another passphrase', null]) {
    const other = await startServer(
      { backups: { ...backupsOfTest(), folder, passphrase } },
      { database: server.database },
    );
    expect((await restore(admin.at(other.api.url), id)).problem).toContain('FRAMES_BACKUP_PASSPHRASE');
    await other.stop();
  }
  // This server has heard of the others' tries, and looks again in a moment.
  await expect.poll(async () => (await admin.get('auth/me')).status, { timeout: 5000 }).toBe(200);
  expect((await restore(admin, id)).state).toBe('completed');
  await server.stop();
});

test('a backup of a lost server is restored into a new database, with everybody’s sessions', async () => {
  const { server, admin, folder } = await served();
  await push(admin, [operation([create('team', 'team_a', { name: 'A', university_id: own })])]);
  const [id, before] = [await backUp(admin), await hello(admin)];
  await server.stop();
  const fresh = await startServer({ backups: { ...backupsOfTest(), folder } });
  await fresh.database.run(`UPDATE server SET server_id = 'a new one', generation = 'new'`);
  const people = await populate(fresh);
  const begun = await people.admin.post<ServerJob>(`admin/db/restore/${id}`, { confirm: id });
  expect(begun.status).toBe(202);
  const again = admin.at(fresh.api.url);
  await expect.poll(async () => (await again.get('auth/me')).status).toBe(200);
  expect((await jobEnded(again)).state).toBe('completed');
  expect((await hello(again)).head).toEqual(before.head);
  expect((await again.get<{ name: string }>('teams/team_a')).body.name).toBe('A');
  expect((await people.admin.get('auth/me')).status).toBe(401);
  await fresh.stop();
});

test('old backups go, but never the newest, and nothing else of the folder', async () => {
  const { server, admin, folder } = await served({ keepDays: 30 });
  const day = 24 * 3_600_000;
  const first = await backUp(admin);
  server.clock.now += 1000;
  const second = await backUp(admin);
  writeFileSync(join(folder, 'note.txt'), 'ours');
  server.clock.now += 31 * day;
  const { admin: later } = { admin: server.api.as((await signedIn(server.api)).access_token) };
  const third = await backUp(later);
  expect((await listBackups(later)).map(({ id }) => id)).toEqual([third]);
  expect(readdirSync(folder).toSorted()).toEqual([`${third}.backup`, `${third}.json`, 'note.txt'].toSorted());
  expect([first, second]).not.toContain(third);
  await server.stop();

  async function signedIn(api: typeof server.api): Promise<{ access_token: string }> {
    const email = 'admin@example.org';
    return (await api.post<{ access_token: string }>('auth/token', { email, password, device: 'test' })).body;
  }
});

test('health has the time of the last backup', async () => {
  const { server, admin } = await served();
  const at = async () => (await server.api.get<Health>('/health')).body.last_backup;
  expect(await at()).toBeNull();
  await backUp(admin);
  expect(await at()).toBe(new Date(server.clock.now).toISOString());
  await server.stop();
});

test('a server without a backup folder reports that', async () => {
  const server = await startServer();
  const { admin } = await populate(server);
  expect(await admin.refusal('POST', 'admin/db/backup')).toEqual([503, 'UNAVAILABLE']);
  expect((await admin.get('admin/db/backup/status')).body).toEqual({ job: null, next: null });
  expect(await listBackups(admin)).toEqual([]);
  await server.stop();
});

function cut(path: string): void {
  writeFileSync(path, readFileSync(path).subarray(0, -1));
}

function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
