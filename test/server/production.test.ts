import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { ServerBackup } from '#shared/contract/server/admin.ts';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import { remoteMigrations } from '#migrations/remote/index.ts';
import { openDatabase } from '#server/db/database.ts';
import { backUpDatabase, databaseStatus, migrateDatabase } from '#server/commands.ts';
import type { MigrationReport } from '#server/commands.ts';
import { newerSchema, newestVersion } from '#server/db/migrate.ts';
import type { InitReport } from '#server/init.ts';
import { runHere, startFrames } from '#test/cli/frames.ts';
import type { FramesError } from '#test/cli/frames.ts';
import { testFolder } from '#test/support/folder.ts';
import { Api } from './support/api.ts';
import { databaseUrl } from './support/postgres.ts';
import { password } from './support/server.ts';

type Environment = Record<string, string>;

/** Of the steps of the schema, in order. */
const names = remoteMigrations.map(({ name }) => name);

/** An empty database, whose owner is no superuser: as with those who rent one. */
async function emptyDatabase(): Promise<string> {
  const name = `prod_${randomUUID().replaceAll('-', '')}`;
  const main = openDatabase(inject('postgres'));
  await main.run(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'p ss'`);
  // The role of requests may be there from another database of the run.
  await main.run(`GRANT frames_app TO ${name} WITH ADMIN OPTION`);
  await main.run(`CREATE DATABASE ${name} OWNER ${name}`);
  await main.close();
  const url = new URL(databaseUrl(inject('postgres'), name));
  url.username = name;
  url.password = encodeURIComponent('p ss');
  return url.href;
}

/** Who the statements of a request are: the login that they came by, and what they could be in its place. */
async function requestLogin(url: string): Promise<{ session: string; isSeparate: boolean }> {
  const database = openDatabase(url);
  const acting = { id: 'x', role: 'viewer', university_id: null, sees: 'all' } as const;
  const row = await database.asUser(acting, (sql) =>
    sql.get<{ session: string }>('SELECT session_user AS session'),
  );
  const isSeparate = await database.hasRequestLogin();
  await database.close();
  return { session: row?.session ?? '', isSeparate };
}

test('requests have their own login once the database is migrated, also with an ordinary owner', async () => {
  const environment = await production();
  expect((await frames(environment, 'serve', 'migrate')).code).toBe(0);
  const { DATABASE_URL: url = '' } = environment;
  const main = openDatabase(inject('postgres'));
  await main.run(`ALTER ROLE ${new URL(url).username} NOCREATEROLE`);
  const { session, isSeparate } = await requestLogin(url);
  expect([session, isSeparate]).toEqual([expect.stringMatching(/^frames_app_\d+$/), true]);
  // Where Postgres refuses it, and the owner may not make it again, requests are served all the same.
  await main.run(`ALTER ROLE ${session} NOLOGIN`);
  expect(await requestLogin(url)).toEqual({ session: new URL(url).username, isSeparate: false });
  // An owner who may gives it its login again.
  await main.run(`ALTER ROLE ${new URL(url).username} CREATEROLE`);
  expect(await requestLogin(url)).toEqual({ session, isSeparate: true });
  await main.close();
});

async function production(over: Environment = {}): Promise<Environment> {
  return {
    DATABASE_URL: await emptyDatabase(),
    FRAMES_SECRET: 'x'.repeat(40),
    FRAMES_PORT: '0',
    FRAMES_DRAIN_SECONDS: '0',
    FRAMES_LOG_LEVEL: 'warn',
    // A machine that runs tests can be busy.
    FRAMES_OVERLOAD_MS: '0',
    FRAMES_BACKUP_DIR: join(testFolder(), 'backups'),
    FRAMES_BACKUP_INTERVAL_HOURS: '0',
    ...over,
  };
}

/** Runs a command line in this process, with `--json`. */
async function frames(environment: Environment, ...args: string[]) {
  const { code, stdout, stderr } = await runHere(testFolder(), [...args, '--json'], environment);
  const error = stderr === '' ? null : (JSON.parse(stderr) as { error: FramesError }).error;
  return { code, stdout, error };
}

async function json<T>(environment: Environment, ...args: string[]): Promise<T> {
  const { code, stdout, error } = await frames(environment, ...args);
  if (code !== 0) throw new Error(JSON.stringify(error));
  return JSON.parse(stdout) as T;
}

/** The program itself, as whoever runs a server starts it. */
async function started(environment: Environment) {
  const { child, ended } = startFrames(testFolder(), ['serve', '--json'], environment);
  onTestFinished(() => void child.kill('SIGKILL'));
  const first = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    void ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  const said = JSON.parse(first) as { url: string; bootstrap_token: string | null };
  return { ...said, api: new Api(said.url), child, ended };
}

const firstAdmin = {
  FRAMES_ADMIN_EMAIL: 'ada@example.org',
  FRAMES_ADMIN_NAME: 'Ada',
  FRAMES_ADMIN_PASSWORD: password,
};

test('one command sets up a server, and may be repeated', async () => {
  const nobody = await production();
  const env: Environment = { ...nobody, ...firstAdmin };
  // Who may not create a database is told to; who may, gets it.
  const url = new URL(env['DATABASE_URL'] ?? '');
  const owner = url.username;
  url.pathname = `/new_${owner}`;
  const elsewhere = { ...env, DATABASE_URL: url.href };
  expect((await frames(elsewhere, 'serve', 'init')).error?.message).toContain('Create it first');
  const main = openDatabase(inject('postgres'));
  await main.run(`ALTER ROLE ${owner} CREATEDB`);
  await main.close();
  expect((await frames({ ...nobody, DATABASE_URL: url.href }, 'serve', 'init')).error?.message).toContain(
    'FRAMES_ADMIN_EMAIL',
  );
  const short = { ...elsewhere, FRAMES_ADMIN_PASSWORD: 'short' };
  expect((await frames(short, 'serve', 'init')).error?.message).toMatch(/^FRAMES_ADMIN_PASSWORD: /);

  expect(await json<InitReport>(elsewhere, 'serve', 'init')).toMatchObject({
    created: false,
    migration: { steps: [] },
    admin: { email: 'ada@example.org' },
    backup: expect.any(String) as unknown,
    health: { status: 'ok' },
  });
  expect(await json<InitReport>(elsewhere, 'serve', 'init')).toMatchObject({ admin: null, backup: null });
  const { backups } = await json<{ backups: ServerBackup[] }>(elsewhere, 'serve', 'backups');
  expect(backups).toHaveLength(1);
  const { api, bootstrap_token, child, ended } = await started(elsewhere);
  expect(bootstrap_token).toBeNull();
  const signedIn = await api.post<SignInResult>('auth/token', {
    email: 'ada@example.org',
    password,
    device: 't',
  });
  expect(signedIn.body.user).toMatchObject({ role: 'admin', name: 'Ada' });
  child.kill('SIGTERM');
  await ended;
});

test('a new server is set up without a database', async () => {
  const env = await production(firstAdmin);
  const url = new URL(env['DATABASE_URL'] ?? '');
  const main = openDatabase(inject('postgres'));
  await main.run(`ALTER ROLE ${url.username} CREATEDB`);
  await main.close();
  url.pathname = `/new_${url.username}`;
  expect(await json<InitReport>({ ...env, DATABASE_URL: url.href }, 'serve', 'init')).toMatchObject({
    created: true,
    migration: { from: 0, backup: null },
    health: { status: 'ok', migrations: { version: newestVersion } },
  });
});

test('a database with data is backed up before its migration, which is refused without a folder for that', async () => {
  const env = await production();
  await json(env, 'serve', 'migrate');
  const database = openDatabase(env['DATABASE_URL'] ?? '');
  await database.run('UPDATE server SET head_seq = 1');
  await database.close();
  const { FRAMES_BACKUP_DIR: _, ...without } = env;
  expect((await frames(without, 'serve', 'migrate', '--to', '0')).error?.message).toContain(
    'FRAMES_BACKUP_DIR',
  );
  const report = await json<MigrationReport>(env, 'serve', 'migrate', '--to', '0');
  expect(report).toMatchObject({
    from: newestVersion,
    to: 0,
    steps: names.toReversed(),
    backup: expect.any(String) as unknown,
  });
  const { backups } = await json<{ backups: ServerBackup[] }>(env, 'serve', 'backups');
  expect(backups.map(({ reason }) => reason)).toEqual(['migration']);
  // And that is enough to have it all again.
  await json(env, 'serve', 'migrate');
  const id = report.backup ?? '';
  await json(env, 'serve', 'restore', id, '--confirm', id);
});

test('a database with the schema of an earlier version is backed up, restored and migrated', async () => {
  const env = await production();
  for (let step = 1; step < newestVersion; step++) {
    await json(env, 'serve', 'migrate', '--to', String(step));
    const database = openDatabase(env['DATABASE_URL'] ?? '');
    await database.run('UPDATE server SET head_seq = 1');
    const { id } = await json<ServerBackup>(env, 'serve', 'backup');
    await database.run("UPDATE server SET server_id = 'changed'");
    await json(env, 'serve', 'restore', id, '--confirm', id);
    const row = await database.get<{ server_id: string }>('SELECT server_id FROM server');
    expect(row?.server_id).not.toBe('changed');
    await database.close();
    // Servers may run over it, so setting up does not upgrade it.
    expect((await frames(env, 'serve', 'init')).error?.message).toContain('frames serve migrate');
    expect((await json<MigrationReport>(env, 'serve', 'migrate')).backup).not.toBeNull();
  }
});

test('an older program leaves a newer schema alone, and migrates nothing back', async () => {
  const env = await production();
  await json(env, 'serve', 'migrate');
  const database = openDatabase(env['DATABASE_URL'] ?? '');
  const newer = newestVersion + 1;
  await database.run(
    `INSERT INTO schema_versions (version, name, compatible_since) VALUES (${newer}, 'newer', ${newestVersion})`,
  );
  expect(await json<MigrationReport>(env, 'serve', 'migrate')).toMatchObject({ from: newer, steps: [] });
  expect((await frames(env, 'serve', 'migrate', '--to', '1')).error?.message).toContain('newer schema');
  await database.run('UPDATE schema_versions SET compatible_since = NULL');
  expect((await frames(env, 'serve', 'migrate')).error?.message).toContain('newer schema');
  await database.close();
});

test('status and verify exit by health, and say what needs attention', async () => {
  const env = await production(firstAdmin);
  await json(env, 'serve', 'init');
  expect(await json(env, 'serve', 'status')).toMatchObject({ ok: true, problems: [] });
  expect(await json(env, 'serve', 'verify')).toMatchObject({ ok: true, files: { problems: [] } });
  const { backups } = await json<{ backups: ServerBackup[] }>(env, 'serve', 'backups');
  const [path, text] = [join(env['FRAMES_BACKUP_DIR'] ?? '', `${backups[0]?.id}.json`), '{'];
  writeFileSync(path, text);
  const verified = await frames(env, 'serve', 'verify');
  expect([verified.code, verified.error?.code]).toEqual([1, 'NOT_VERIFIED']);
  expect(JSON.parse(verified.stdout)).toMatchObject({
    ok: false,
    backups: [{ id: backups[0]?.id, problem: 'The manifest of this backup cannot be read.' }],
  });
  const database = openDatabase(env['DATABASE_URL'] ?? '');
  await database.run(
    `INSERT INTO jobs (id, kind, state, created_at, ended_at) VALUES ('failed', 'backup', 'failed', now(), now())`,
  );
  await database.close();
  const status = await frames(env, 'serve', 'status');
  expect([status.code, status.error?.code]).toEqual([1, 'NOT_WELL']);
  expect(JSON.parse(status.stdout)).toMatchObject({ ok: false, health: { status: 'ok' } });
  expect(status.error?.message).toMatch(/1 jobs? (has|have) failed/);
});

test('the reason for a failed start is a line that names the setting', async () => {
  const env = await production();
  await json(env, 'serve', 'migrate');
  const messageOf = async (over: Environment): Promise<string> => {
    const { code, error } = await frames({ ...env, ...over }, 'serve');
    expect([code, error?.code]).toEqual([1, 'SERVER']);
    expect(error?.message).not.toContain('\n');
    return error?.message ?? '';
  };
  const urlWith = (change: (url: URL) => void): Environment => {
    const url = new URL(env['DATABASE_URL'] ?? '');
    change(url);
    return { DATABASE_URL: url.href };
  };
  const nowhere = (search: string): Environment =>
    urlWith((url) => {
      url.port = '1';
      url.search = search;
    });
  expect(await messageOf(nowhere(''))).toMatch(/127\.0\.0\.1:1 cannot be reached/);
  expect(await messageOf(nowhere('?host=/nowhere'))).toMatch(/at \/nowhere cannot be reached/);
  expect(await messageOf(urlWith((url) => void (url.password = 'wrong')))).toMatch(/refuses the user/);
  expect(await messageOf(urlWith((url) => void (url.pathname = '/none')))).toMatch(/no database "none"/);
  expect(await messageOf({ FRAMES_SECRET: 'short' })).toMatch(/^FRAMES_SECRET/);
  expect(await messageOf({ FRAMES_HOST: '0.0.0.0' })).toMatch(/^FRAMES_HOST.*TLS/);

  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  expect(await messageOf({ FRAMES_PORT: String(port) })).toContain(`Port ${port} of 127.0.0.1 is in use`);
  await new Promise((resolve) => taken.close(resolve));

  const all = await frames({ ...env, FRAMES_PORT: 'x', FRAMES_POOL_SIZE: '1' }, 'serve');
  expect(all.error?.details).toMatchObject({
    issues: [{ path: 'FRAMES_PORT' }, { path: 'FRAMES_POOL_SIZE' }],
  });
  const missing = await frames({ ...env }, 'serve', 'restore', 'x', '--confirm', 'y');
  expect([missing.code, missing.error?.code]).toEqual([2, 'USAGE']);
  expect((await frames(env, 'serve', 'restore', 'x', '--confirm', 'x')).error?.message).toContain(
    'no such backup',
  );
  expect((await frames(env, 'serve', 'migrate', '--to', '99')).error?.message).toContain('no step 99');
});

test('the status counts a backup that was made by hand after the scheduled time', async () => {
  const env = {
    DATABASE_URL: await emptyDatabase(),
    FRAMES_SECRET: 'x'.repeat(40),
    FRAMES_BACKUP_DIR: testFolder(),
    FRAMES_BACKUP_HOUR: String((new Date().getUTCHours() + 20) % 24),
  };
  await migrateDatabase(env, { dry: false });
  expect((await databaseStatus(env)).problems).toEqual(['There is no backup.']);
  await backUpDatabase(env);
  expect(await databaseStatus(env)).toMatchObject({ ok: true, problems: [] });
});

test('the status of a database with a newer schema says to update FRAMES, not to migrate', async () => {
  const env = { DATABASE_URL: await emptyDatabase(), FRAMES_SECRET: 'x'.repeat(40) };
  await migrateDatabase(env, { dry: false });
  const database = openDatabase(env.DATABASE_URL);
  await database.run("INSERT INTO schema_versions (version, name) VALUES (9999, 'of the future')");
  await database.close();
  const { ok, problems } = await databaseStatus(env);
  expect([ok, problems]).toEqual([false, [newerSchema]]);
});
