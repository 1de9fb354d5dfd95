import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ErasedAtServer, PersonAtServer } from '#shared/contract/server/people.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { SyncedType } from '#shared/sync/operation.ts';
import {
  namesIn,
  plantedAddress,
  plantedName,
  plantedPayloads,
  plantedSql,
} from '#test/support/planted-name.ts';
import { currentTransaction, removeOldVersions } from '#server/people/old-versions.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push, sharedSandbox, update } from '../support/push.ts';
import { startServer, testDatabase } from '../support/server.ts';

const references = {
  interface: { from: 'zoe', to: 'team' },
  comment: { record_id: 'team' },
  document: { file: { sha256: 'a'.repeat(64), name: `CV ${plantedName}.pdf`, bytes: 1, media_type: 'x' } },
  student: { name: 'Bo' },
  faculty: { name: 'Bo' },
};

const change = { type: 'team', id: 'team', title: plantedName, action: 'update', before: {} };

/** A payload of each type that names the person wherever it holds text. */
function payloads(): [SyncedType, JsonObject][] {
  return [
    ...plantedPayloads(references),
    ['view', { name: plantedName, address: plantedAddress, layout: { [plantedName]: 1 } }],
    [
      'shared-sandbox',
      {
        ...sharedSandbox(own),
        name: plantedName,
        description: plantedSql,
        changes: [{ ...change, after: { [plantedName]: 1, meta: { owner: plantedName } } }],
      },
    ],
  ];
}

test('after an erasure no table of the server has the name in any encoding', async () => {
  const server = await startServer();
  const { admin, editor } = await populate(server);
  const { database } = server;
  await push(admin, [
    operation([
      create('student', 'zoe', { name: plantedName, email: 'zoe@oez.example', university_id: own }),
      create('team', 'team', { name: 'Team', university_id: own }),
    ]),
  ]);
  const answers = [];
  for (const [type, payload] of payloads()) {
    const id = `planted-${type}`;
    const params = { title: plantedName, address: plantedAddress };
    const rows = [
      create(type, id, payload),
      update(type, id, { meta: null }, { meta: { from: plantedName } }),
    ];
    // An import brings approvals of others.
    answers.push((await push(admin, [operation(rows, { label: 'import', params })])).body.refused);
  }
  expect(answers.flat()).toEqual([]);
  // A conflict, and a part of an operation whose rest is missing.
  const early = { created_at: '2020-01-01T00:00:00.000Z' };
  await push(editor.api, [
    operation([update('team', 'team', { description: 'x' }, { description: plantedSql })], early),
    operation([update('team', 'team', {}, { description: plantedAddress })], {
      part: { index: 0, count: 2 },
    }),
  ]);
  const login = { email: 'zoe@oez.example', password: 'wrong', device: plantedName };
  await server.api.post('auth/token', login);
  await database.run(
    `INSERT INTO queued_jobs (id, kind, input, priority, state, attempts, max_attempts, run_after, token, created_by, created_at)
     VALUES ($1, 'train', $2, 0, 'dead', 1, 1, now(), 1, 'x', now())`,
    [randomUUID(), JSON.stringify({ path: plantedAddress })],
  );

  await database.run('INSERT INTO socket_io_attachments (payload) VALUES ($1)', [Buffer.from(plantedName)]);
  const tablesNaming = async (): Promise<string[]> => {
    const tables = await database.all<{ name: string }>(
      'SELECT relname AS name FROM pg_stat_user_tables WHERE schemaname = current_schema() ORDER BY relname',
    );
    const found: string[] = [];
    for (const { name } of tables)
      for (const { text } of await database.all<{ text: string }>(
        `SELECT to_jsonb(t)::text AS text FROM "${name}" t`,
      ))
        for (const encoding of [...namesIn(Buffer.from(text)), ...(text.includes('zoe@') ? ['email'] : [])])
          found.push(`${name}: ${encoding}`);
    return [...new Set(found)];
  };
  const before = await tablesNaming();
  for (const table of [
    'views',
    'audit_logs',
    'audit_transactions',
    'operation_parts',
    'queued_jobs',
    'auth_events',
  ])
    expect(
      before.some((one) => one.startsWith(table)),
      table,
    ).toBe(true);

  const { body: found } = await admin.get<PersonAtServer>('people/zoe/occurrences');
  expect(found.mentions.map(({ id }) => id)).toEqual(
    expect.arrayContaining(payloads().map(([type]) => `planted-${type}`)),
  );
  const { status } = await admin.post<ErasedAtServer>('people/zoe/erase', {});
  expect(status).toBe(200);
  expect(await tablesNaming()).toEqual([]);
  // Bytes have no text to search.
  expect(await database.all('SELECT id FROM socket_io_attachments')).toEqual([]);
  await server.stop();
});

test('an erasure answers at once, and its job waits until Postgres has removed the old row versions', async () => {
  const server = await startServer();
  const { database } = server;
  const { admin } = await populate(server);
  await push(admin, [operation([create('student', 'zoe', { name: plantedName, university_id: own })])]);
  await database.transaction(async (sql) => {
    await sql.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await sql.all('SELECT 1 FROM students');
    // The lock keeps a vacuum waiting.
    await sql.run('LOCK TABLE students, audit_logs IN SHARE UPDATE EXCLUSIVE MODE');
    const answer = await admin.post<ErasedAtServer>('people/zoe/erase', {});
    expect([answer.status, answer.body.vacuumed]).toEqual([200, false]);
  });
  const job = await database.get<{ tables: string[] }>(
    "SELECT input -> 'tables' AS tables FROM queued_jobs WHERE kind = 'remove_old_versions'",
  );
  expect(job?.tables).toEqual(expect.arrayContaining(['students', 'audit_logs', 'sessions', 'files']));
  await server.stop();
});

test('old row versions count as removed by the report of the vacuum, whatever other rows and transactions do', async () => {
  const database = await testDatabase();
  const tables = ['sign_in_failures', 'sessions'];
  await database.run(`INSERT INTO sign_in_failures (email, failures, since, locks)
    SELECT n || '@example.org', 1, now(), 0 FROM generate_series(1, 500) n`);
  const remove = (before: string) =>
    removeOldVersions(database, { tables, before }, new AbortController().signal);
  /** Runs work beside a reader that sees nothing from before `since`. Another database of the server can still have an older transaction. */
  const withReader = async (since: string, work: () => Promise<void>): Promise<void> => {
    const hasRun = await database.transaction(async (sql) => {
      await sql.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      const row = await sql.get<{ oldest: string }>(
        'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest FROM (SELECT count(*) FROM users) AS read',
      );
      if (BigInt(row?.oldest ?? 0) < BigInt(since)) return false;
      await work();
      return true;
    });
    if (!hasRun) await withReader(since, work);
  };
  await database.run("DELETE FROM sign_in_failures WHERE email < '2'");
  const before = await currentTransaction(database);
  await withReader(before, async () => {
    await database.run("DELETE FROM sign_in_failures WHERE email < '3'");
    const later = await currentTransaction(database);
    // The reader began after the first deletion, and before the second.
    await remove(before);
    await expect(remove(later)).rejects.toThrow('old row versions are left in sign_in_failures, sessions');
  });
  await remove(await currentTransaction(database));
});
