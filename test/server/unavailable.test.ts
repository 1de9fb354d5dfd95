import { expect, inject, test } from 'vitest';
import { operationSchema } from '#shared/sync/operation.ts';
import { openDatabase } from '#server/db/database.ts';
import type { Database } from '#server/db/database.ts';
import { backUp, backupsOfTest, jobEnded } from './support/backups.ts';
import { describing, store } from './support/files.ts';
import { own, populate } from './support/people.ts';
import { create, hello, operation, push } from './support/push.ts';
import { startServer, testDatabase } from './support/server.ts';
import type { Api } from './support/api.ts';

interface Accident {
  /** Breaks something by another connection, or as an operator, and returns what ends it. */
  breaks: (database: Database, name: string) => Promise<() => Promise<unknown>>;
}

const renames = (from: string): Accident => ({
  breaks: async (database) => {
    await database.run(`ALTER ${from} RENAME TO frames_gone`);
    return async () => {};
  },
});

/** What a restore by Postgres' own tools, an operator or a full computer does to a serving database. */
const accidents: Record<string, Accident> = {
  'connections are terminated': {
    breaks: async (_, name) => {
      const main = openDatabase(inject('postgres'));
      const terminate = () =>
        main.run(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
          [name],
        );
      const end = new AbortController();
      const loop = (async () => {
        while (!end.signal.aborted) await terminate();
      })();
      return async () => {
        end.abort();
        await loop;
        await main.close();
      };
    },
  },
  'the database is dropped': {
    breaks: async (_, name) => {
      const main = openDatabase(inject('postgres'));
      await main.run(`DROP DATABASE ${name} WITH (FORCE)`);
      return () => main.close();
    },
  },
  'the database takes no connections': {
    breaks: async (_, name) => {
      const main = openDatabase(inject('postgres'));
      await main.run(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await main.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
      return () => main.close();
    },
  },
  'the schema is dropped and begun again': {
    breaks: async (database) => {
      await database.run('DROP SCHEMA public CASCADE');
      await database.run('CREATE SCHEMA public');
      return async () => {};
    },
  },
  'the database is read-only, as a standby after a failover': {
    breaks: async (database, name) => {
      await database.run(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
      const main = openDatabase(inject('postgres'));
      await main.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
      return () => main.close();
    },
  },
  'every statement times out': {
    breaks: async (_, name) => {
      const main = openDatabase(inject('postgres'));
      await main.run(`ALTER DATABASE ${name} SET statement_timeout = '1ms'`);
      await main.run(`ALTER DATABASE ${name} SET lock_timeout = '1ms'`);
      await main.run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
      return () => main.close();
    },
  },
};

/** What a restore does to a serving database in passing, and what is a fault that stays without one. */
const faults: Record<string, Accident> = {
  'tables are renamed': renames('TABLE teams'),
  'the table of users is renamed': renames('TABLE users'),
  'columns are renamed': {
    breaks: async (database) => {
      await database.run('ALTER TABLE audit_transactions RENAME COLUMN hash TO other');
      await database.run('ALTER TABLE sessions RENAME COLUMN user_id TO other');
      return async () => {};
    },
  },
  'functions are missing': renames('FUNCTION frames_visible(text, text, text)'),
  'rights are missing': {
    breaks: async (database) => {
      await database.run('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM frames_app');
      return async () => {};
    },
  },
};

const bytes = Buffer.from('a file');

/** Calls of every kind: reading, writing, signing in, sync and files. Returns each status with its code. */
async function callAll(admin: Api, generation: string): Promise<string[]> {
  const rows = [create('team', `team_${Math.random()}`, { name: 'A', university_id: own })];
  const answers = await Promise.all([
    admin.get('teams'),
    admin.get('status'),
    admin.post('teams', { name: 'A', university_id: own }),
    admin.get('users'),
    admin.get(`sync/hello?schema=${operationSchema}`),
    admin.post('sync/push', { generation, clock_offset: 0, operations: [operation(rows)] }),
    admin.get(`sync/pull?generation=${generation}&after=0`),
    store({ api: admin }, bytes),
    admin.post('auth/token', { email: 'admin@example.org', password: 'wrong password here' }),
    admin.get('admin/db/stats'),
    admin.get('auth/oidc/callback?code=a&state=b'),
  ]);
  return answers.map(({ status, body }) => {
    const { error } = body as { error?: { code: string } };
    return `${status} ${error?.code ?? ''}`.trim();
  });
}

test.each(Object.entries(accidents))(
  '%s: the server is unavailable for a moment, and reports no error of its own',
  async (_name, { breaks }) => {
    const database = await testDatabase();
    const internalErrors: string[] = [];
    const logTo = { write: (line: string) => void internalErrors.push(line) };
    const server = await startServer({ anonymousLimit: 100_000 }, { database, logLevel: 'error', logTo });
    const { admin } = await populate(server);
    await push(admin, [operation([describing('doc_a', bytes, own)])]);
    const { generation } = await hello(admin);
    const { name = '' } = (await database.get<{ name: string }>('SELECT current_database() AS name')) ?? {};
    await callAll(admin, generation);
    const repair = await breaks(database, name);
    const seen: string[] = [];
    for (let round = 0; round < 3; round++) seen.push(...(await callAll(admin, generation)));
    await repair();
    expect(internalErrors.filter((line) => line.includes('internal error'))).toEqual([]);
    expect(seen.filter((answer) => answer.startsWith('500'))).toEqual([]);
    expect(seen).toContain('503 UNAVAILABLE');
    await server.stop();
    await database.close();
  },
);

/** A server with records whose database breaks, while a restore runs or not; what it answers then, and the errors in its log. */
async function answersAfter({ breaks }: Accident, { isRestoring }: { isRestoring: boolean }) {
  const database = await testDatabase();
  const errors: string[] = [];
  const logTo = { write: (line: string) => void errors.push(line) };
  const server = await startServer({ anonymousLimit: 100_000 }, { database, logLevel: 'error', logTo });
  const { admin } = await populate(server);
  await push(admin, [operation([describing('doc_a', bytes, own)])]);
  const { generation } = await hello(admin);
  await callAll(admin, generation);
  if (isRestoring)
    await database.run(
      `INSERT INTO jobs (id, kind, state, created_at, started_at, ended_at) VALUES ('restore', 'restore', 'done', now(), now(), now())`,
    );
  await breaks(database, '');
  const answers = await callAll(admin, generation);
  await server.stop();
  await database.close();
  return { answers, internalErrors: errors.filter((line) => line.includes('internal error')) };
}

test.each(Object.entries(faults))('during a restore, %s: the server is unavailable', async (_name, fault) => {
  const { answers, internalErrors } = await answersAfter(fault, { isRestoring: true });
  expect(answers).toContain('503 UNAVAILABLE');
  expect(answers.filter((answer) => answer.startsWith('500'))).toEqual([]);
  expect(internalErrors).toEqual([]);
});

test('columns have another type: connections with statements for the old one are replaced', async () => {
  const database = await testDatabase();
  const server = await startServer({ anonymousLimit: 100_000 }, { database });
  const { admin } = await populate(server);
  await push(admin, [operation([describing('doc_a', bytes, own)])]);
  const { generation } = await hello(admin);
  const callOften = async (): Promise<string[]> => {
    const answers: string[] = [];
    for (let round = 0; round < 10; round++) answers.push(...(await callAll(admin, generation)));
    return answers;
  };
  await callOften();
  await database.run('ALTER TABLE server ALTER COLUMN head_hash TYPE varchar(200)');
  await database.run('ALTER TABLE users ALTER COLUMN name TYPE varchar(500)');
  const answers = await callOften();
  expect(answers.filter((answer) => answer.startsWith('500'))).toEqual([]);
  expect(answers).toContain('503 UNAVAILABLE');
  // A connection is closed after its first refusal, so each pass meets fewer, however requests are spread over them.
  const later: string[][] = [];
  while (later.length < 5 && later.at(-1)?.length !== 0)
    later.push((await callOften()).filter((answer) => answer.startsWith('50')));
  expect(later.at(-1)).toEqual([]);
  await server.stop();
  await database.close();
});

test.each(Object.entries(faults))(
  'without a restore, %s: it is an error of the server, with a line in its log',
  async (_name, fault) => {
    const { answers, internalErrors } = await answersAfter(fault, { isRestoring: false });
    expect(answers).toContain('500 INTERNAL');
    expect(internalErrors).not.toEqual([]);
  },
);

test('no request fails with an error of the server while and after everything is restored', async () => {
  const server = await startServer({ backups: backupsOfTest() });
  const { admin } = await populate(server);
  await push(admin, [operation([describing('doc_a', bytes, own)])]);
  const { generation } = await hello(admin);
  const other = await startServer({}, { database: server.database });
  const id = await backUp(admin);
  const seen: string[] = [];
  const end = new AbortController();
  const load = (async () => {
    while (!end.signal.aborted) {
      seen.push(...(await callAll(admin, generation)));
      seen.push(...(await callAll(admin.at(other.api.url), generation)));
    }
  })();
  for (let round = 0; round < 3; round++) {
    // Another server can still refuse everything for the restore before, until it has looked again.
    let status = 0;
    while (status !== 202) status = (await admin.post(`admin/db/restore/${id}`, { confirm: id })).status;
    expect((await jobEnded(admin)).state).toBe('completed');
  }
  end.abort();
  await load;
  expect(seen.filter((answer) => answer.startsWith('500'))).toEqual([]);
  await other.stop();
  await server.stop();
});
