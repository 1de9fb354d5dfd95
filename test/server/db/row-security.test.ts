import { afterAll, expect, test } from 'vitest';
import { signActing } from '#server/db/database.ts';
import type { ActingUser, Sql } from '#server/db/database.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, operation, push, sharedSandbox } from '../support/push.ts';
import { template } from '../support/postgres.ts';
import { startServer } from '../support/server.ts';

const server = await startServer();
afterAll(() => server.stop());
const { database } = server;
const { admin, editor } = await populate(server);
await push(admin, [
  operation([
    create('team', 'team_own', { name: 'Own', university_id: own }),
    create('team', 'team_foreign', { name: 'Foreign', university_id: foreign }),
    create('project', 'proj_shared', { name: 'P', university_id: own, is_collaborative: true }),
    create('faculty', 'fac_foreign', { name: 'F', university_id: foreign }),
    create('interface', 'link_foreign', { from: 'team_foreign', to: 'fac_foreign' }),
    create('shared-sandbox', 'share_own', sharedSandbox(own)),
    create('shared-sandbox', 'share_foreign', sharedSandbox(foreign)),
    create('interface', 'link_across', { from: 'team_foreign', to: 'team_own' }),
  ]),
]);

const acting = (role: Role, over: Partial<ActingUser> = {}): ActingUser => ({
  id: editor.user.id,
  role,
  university_id: own,
  sees: 'all',
  ...over,
});

const touch = (table: string, id: string): [string, unknown[]] => [
  `UPDATE ${table} SET payload = payload || '{"meta": 1}' WHERE id = $1`,
  [id],
];
const insert = (table: string, id: string, payload: object): [string, unknown[]] => [
  `INSERT INTO ${table} (id, payload, created_at, updated_at) VALUES ($1, $2::jsonb, now(), now())`,
  [id, JSON.stringify(payload)],
];
/** How many rows were changed, or the code of Postgres’ refusal. */
async function run(who: ActingUser, [text, values]: [string, unknown[]]): Promise<number | string> {
  try {
    return await database.asUser(who, (sql) => sql.run(text, values));
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
const refused = '42501';

test('an editor passed by the server’s code can write only to the own university', async () => {
  const who = acting('editor');
  expect(await run(who, touch('teams', 'team_own'))).toBe(1);
  expect(await run(who, touch('interfaces', 'link_across'))).toBe(1);
  expect(await run(who, touch('teams', 'team_foreign'))).toBe(0);
  expect(await run(who, touch('projects', 'proj_shared'))).toBe(0);
  expect(await run(who, touch('shared_sandboxes', 'share_own'))).toBe(1);
  expect(await run(who, touch('shared_sandboxes', 'share_foreign'))).toBe(0);
  expect(await run(who, insert('shared_sandboxes', 'share_x', sharedSandbox(foreign)))).toBe(refused);
  expect(await run(who, insert('shared_sandboxes', 'share_x', sharedSandbox(null)))).toBe(refused);
  expect(await run(who, touch('interfaces', 'link_foreign'))).toBe(0);
  expect(await run(who, touch('universities', foreign))).toBe(0);
  expect(await run(who, touch('profiles', editor.user.id))).toBe(0);
  expect(await run(who, insert('teams', 'team_x', { name: 'X', university_id: foreign }))).toBe(refused);
  expect(await run(who, insert('teams', 'team_x', { name: 'X' }))).toBe(refused);
  expect(await run(who, insert('universities', 'univ_x', { name: 'X' }))).toBe(refused);
  expect(await run(who, insert('profiles', 'prof_x', { name: 'X', role: 'admin' }))).toBe(refused);
  expect(await run(who, insert('views', 'view_x', { name: 'X', owner: 'prof_other' }))).toBe(refused);
  // Neither out of the own university nor into another.
  const move: [string, unknown[]] = [
    `UPDATE teams SET payload = payload || jsonb_build_object('university_id', $1::text) WHERE id = 'team_own'`,
    [foreign],
  ];
  expect(await run(who, move)).toBe(refused);
  const away: [string, unknown[]] = [`UPDATE universities SET deleted_at = now() WHERE id = $1`, [own]];
  expect(await run(who, away)).toBe(refused);
});

test('viewers, unknown roles and people of no university write nothing', async () => {
  for (const who of [
    acting('viewer'),
    acting('viewer', { university_id: null }),
    acting('editor', { university_id: null }),
    acting('editor', { university_id: '' }),
    acting('owner' as Role),
  ]) {
    expect(await run(who, touch('teams', 'team_own'))).toBe(0);
    expect(await run(who, insert('teams', 'team_x', { name: 'X', university_id: own }))).toBe(refused);
  }
});

test('researchers and admins write all but people', async () => {
  for (const who of [acting('researcher'), acting('admin')]) {
    expect(await run(who, touch('teams', 'team_foreign'))).toBe(1);
    expect(await run(who, touch('projects', 'proj_shared'))).toBe(1);
    expect(await run(who, touch('profiles', editor.user.id))).toBe(0);
  }
});

test('nobody reads accounts, sessions and sign-ins, deletes rows, changes the history or leaves the role', async () => {
  const who = acting('admin');
  const commands = [
    'SELECT * FROM users',
    'SELECT * FROM sessions',
    'SELECT * FROM auth_events',
    'DELETE FROM teams',
    'TRUNCATE teams',
    'DROP TABLE teams',
    'UPDATE audit_logs SET actor = actor',
    'DELETE FROM audit_transactions',
    'UPDATE audit_transactions SET hash = hash',
    'ALTER TABLE teams DISABLE ROW LEVEL SECURITY',
    'CREATE TABLE mine (id text)',
  ];
  for (const command of commands) expect(await run(who, [command, []]), command).toBe(refused);
});

test('a person with one university reads nothing of others', async () => {
  const who = acting('viewer', { sees: 'university' });
  const ids = await database.asUser(who, (sql) =>
    sql.all<{ id: string }>(
      'SELECT id FROM teams UNION SELECT id FROM faculty UNION SELECT id FROM interfaces UNION SELECT id FROM projects UNION SELECT id FROM shared_sandboxes',
    ),
  );
  expect(ids.map(({ id }) => id).toSorted()).toEqual(['link_across', 'proj_shared', 'share_own', 'team_own']);
  const log = await database.asUser(who, (sql) =>
    sql.all<{ entity_id: string }>(`SELECT entity_id FROM audit_logs WHERE entity_id = 'team_foreign'`),
  );
  expect(log).toEqual([]);
});

test('the role cannot set whom it acts for', async () => {
  const raise = JSON.stringify({ user: editor.user.id, role: 'admin', university: foreign, sees: 'all' });
  const settings = [
    ['frames.role', 'admin'],
    ['frames.sees', 'all'],
    ['frames.university', foreign],
    ['frames.acting', raise],
    ['frames.signature', ''],
  ];
  const forge = `SELECT ${settings.map(([name, value]) => `set_config('${name}', '${value}', true)`).join(', ')}`;
  await database.asUser(acting('editor'), async (sql) => {
    await sql.run(forge);
    expect(await sql.run(...touch('teams', 'team_foreign'))).toBe(0);
  });
  await database.asUser(acting('editor', { sees: 'university' }), async (sql) => {
    await sql.run(forge);
    expect(await sql.all(`SELECT 1 FROM teams WHERE id = 'team_foreign'`)).toEqual([]);
  });
});

/** Runs statements as an editor, with temporary tables searched first, and rolls them back. */
async function withTemporaryTables(
  tables: readonly string[],
  work: (sql: Sql) => Promise<void>,
): Promise<void> {
  const rolledBack = new Error('rolled back');
  const running = database.asUser(acting('editor'), async (sql) => {
    await sql.run('SET LOCAL search_path = pg_temp, public');
    for (const table of tables) await sql.run(`CREATE TEMPORARY TABLE ${table}`);
    await work(sql);
    throw rolledBack;
  });
  await expect(running).rejects.toBe(rolledBack);
}

test('a temporary acting_key signs nothing', async () => {
  await withTemporaryTables([`acting_key AS SELECT 'x' AS key`], async (sql) => {
    await sql.run('GRANT SELECT ON pg_temp.acting_key TO PUBLIC');
    const forged = signActing('x', acting('admin'));
    await sql.run(
      `SELECT set_config('frames.acting', $1, true), set_config('frames.signature', $2, true)`,
      forged,
    );
    expect(await sql.get(`SELECT frames_acting('role') AS role`)).toEqual({ role: null });
    expect(await sql.run(...touch('teams', 'team_foreign'))).toBe(0);
  });
});

test('a temporary record_ids table gives no access, and hides nothing', async () => {
  const copied = `record_ids AS SELECT id, type, true AS deleted, '{${own}}'::text[] AS universities FROM public.record_ids`;
  await withTemporaryTables([copied], async (sql) => {
    expect(await sql.run(...touch('interfaces', 'link_foreign'))).toBe(0);
    expect(await sql.get(`SELECT frames_visible('team_own', NULL, NULL) AS visible`)).toEqual({
      visible: true,
    });
  });
});

test('a temporary record_digest is not counted in', async () => {
  const counts = `SELECT p.count - t.count AS ahead FROM public.record_digest p, pg_temp.record_digest t`;
  await withTemporaryTables(['record_digest AS SELECT * FROM public.record_digest'], async (sql) => {
    await sql.run(`INSERT INTO public.record_ids VALUES ('view_counted', 'view', false, '{}', 1, 1)`);
    expect(await sql.get(counts)).toEqual({ ahead: 1 });
  });
});

test('in a migrated database only the owner creates temporary tables', async () => {
  const may = `SELECT has_database_privilege('frames_app', $1, 'TEMPORARY') AS others, has_database_privilege($1, 'TEMPORARY') AS owner`;
  expect(await database.get(may, [template])).toEqual({ others: false, owner: true });
});

test('no statement of a request becomes the owner of the tables', async () => {
  const owner = await database.get<{ name: string }>('SELECT current_user AS name');
  expect(await run(acting('editor'), [`SELECT set_config('role', $1, true)`, [owner?.name]])).toBe(refused);
  for (const reset of [
    `SELECT set_config('role', 'none', true)`,
    'RESET ROLE',
    'SET SESSION AUTHORIZATION DEFAULT',
  ])
    await database.asUser(acting('editor'), async (sql) => {
      await sql.run(reset);
      const [name] = await sql.all<{ session: string }>('SELECT session_user AS session');
      expect(name?.session).toMatch(/^frames_app_\d+$/);
      expect(await sql.run(...touch('teams', 'team_foreign')), reset).toBe(0);
    });
  for (const reach of ['SELECT key FROM acting_key', 'SELECT * FROM users'])
    expect(await run(acting('editor'), [`RESET ROLE; ${reach}`, []]), reach).toBe(refused);
});

test('the role cannot read the key that sets whom it acts for', async () => {
  expect(await run(acting('admin'), ['SELECT key FROM acting_key', []])).toBe(refused);
});

test('tables besides the records have row-level security, too', async () => {
  const rows = await database.all<{ name: string }>(
    `SELECT DISTINCT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname = 'public' AND NOT c.relrowsecurity
       AND (has_any_column_privilege('frames_app', c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege('frames_app', c.oid, 'DELETE'))`,
  );
  expect(rows).toEqual([]);
});

test('in these the role writes only what its user may', async () => {
  const logged = `INSERT INTO audit_logs (id, actor, action, entity_type, entity_id, universities, digest, created_at)
    VALUES (99999, $1, 'update', 'team', 'team_own', '{}', '', now())`;
  const part = `INSERT INTO operation_parts (op_id, user_id, part, count, rows, received_at) VALUES ('o', $1, 0, 2, '[]', now())`;
  const viewer = acting('viewer');
  for (const [who, text, values] of [
    [viewer, logged, [viewer.id]],
    [acting('editor'), logged, ['prof_other']],
    [viewer, part, [viewer.id]],
    [acting('editor'), part, ['prof_other']],
    [
      acting('editor'),
      `UPDATE record_ids SET universities = $1::text[] WHERE id = 'team_foreign'`,
      [[foreign]],
    ],
    [acting('admin'), 'UPDATE record_digest SET count = 0', []],
    [acting('admin'), `UPDATE server SET generation = 'x'`, []],
    [acting('admin'), 'SELECT bootstrap_hash FROM server', []],
  ] as const)
    expect(await run(who, [text, [...values]]), text).toBe(refused);
  expect(await run(viewer, ['UPDATE server SET head_seq = 0', []])).toBe(0);
  expect(await run(viewer, [`UPDATE record_ids SET deleted = true WHERE id = 'team_own'`, []])).toBe(0);
});

test('for whom a transaction writes is forgotten with it', async () => {
  await database.asUser(acting('editor'), (sql) => sql.get('SELECT 1'));
  const after = await database.all<{ role: string; who: string | null }>(
    `SELECT current_user AS role, current_setting('frames.acting', true) AS who FROM generate_series(1, 3)`,
  );
  for (const { role, who } of after) {
    expect(role).toBe('frames');
    expect(who ?? '').toBe('');
  }
});
