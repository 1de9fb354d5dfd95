import { expect, test } from 'vitest';
import type { ActingUser, Database } from '#server/db/database.ts';
import { migrate } from '#server/db/migrate.ts';
import { chainProblems } from '../support/chain.ts';
import { plantSecrets, secret } from '../support/other-university.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { addUser, startServer, testDatabase } from '../support/server.ts';

async function served(database?: Database) {
  const server = await startServer({}, database && { database });
  const people = await populate(server);
  await push(people.admin, [operation([create('team', 'team_a', { name: 'A', university_id: own })])]);
  await plantSecrets(people.admin);
  const { user } = await addUser(people.admin, { role: 'editor', university_id: own, sees: 'university' });
  const { id, role, university_id, sees } = user;
  return { server, ...people, narrow: { id, role, university_id, sees } satisfies ActingUser };
}

const columnsQuery = `SELECT c.relname AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relkind IN ('r', 'v', 'm', 'p') AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
    AND has_column_privilege('frames_app', c.oid, a.attnum, 'SELECT') GROUP BY c.relname ORDER BY c.relname`;

/** Every table or view in which the role of requests, acting for the user, reads one of the texts, with the first row that has it. */
async function readingsOf(database: Database, acting: ActingUser, text: string): Promise<string[]> {
  const tables = await database.all<{ name: string; columns: string[] }>(columnsQuery);
  const found: string[] = [];
  for (const { name, columns } of tables)
    await database.asUser(acting, async (sql) => {
      const rows = await sql.all(`SELECT ${columns.join(', ')} FROM "${name}"`);
      const row = rows.find((each) => JSON.stringify(each).includes(text));
      if (row) found.push(`${name}: ${JSON.stringify(row)}`);
    });
  return found;
}

test('whatever the role of requests selects, it reads no id, title or value of another university', async () => {
  const { server, narrow } = await served();
  expect(await readingsOf(server.database, narrow, secret)).toEqual([]);
  const all = await readingsOf(server.database, { ...narrow, sees: 'all' }, secret);
  const seen = new Set(all.map((line) => line.slice(0, line.indexOf(':'))));
  expect([...seen]).toEqual(
    expect.arrayContaining(['audit_logs', 'readable_operations', 'record_ids', 'teams']),
  );
  await server.stop();
});

test('what it reads of the own university stays, whole operations with their params', async () => {
  const { server, admin, editor, narrow } = await served();
  const title = { title: 'A title' };
  const { seq } = (
    await push(admin, [
      operation([create('team', 'team_own', { name: 'Own', university_id: own })], { params: title }),
    ])
  ).body;
  const mine = operation([create('team', 'team_mine', { name: 'Mine', university_id: own })], {
    params: title,
  });
  await push(editor.api, [mine]);
  await server.database.asUser(narrow, async (sql) => {
    expect(await sql.get('SELECT params FROM readable_operations WHERE id = $1', [seq])).toEqual({
      params: title,
    });
    // The hash of what was pushed has no salt, so only who pushed it reads it.
    const read = 'SELECT content IS NULL AS hidden FROM readable_operations WHERE op_id = $1';
    expect(await sql.get(read, [mine.op_id])).toEqual({ hidden: true });
    const ids = await sql.all<{ id: string }>(
      `SELECT id FROM record_ids WHERE type IN ('team', 'interface') ORDER BY id`,
    );
    expect(ids.map(({ id }) => id)).toEqual([
      'link_across',
      'team_a',
      'team_mine',
      'team_moving',
      'team_own',
    ]);
  });
  await server.database.asUser({ ...narrow, id: editor.user.id }, async (sql) => {
    const [row] = await sql.all<{ content: string }>(
      'SELECT content FROM readable_operations WHERE op_id = $1',
      [mine.op_id],
    );
    expect(row?.content).toMatch(/^[0-9a-f]{64}$/);
  });
  await server.stop();
});

test('the role neither reads nor lists more by functions, and keeps none for others', async () => {
  const { server, narrow } = await served();
  await server.database.asUser(narrow, async (sql) => {
    // Of a known id: type and university, which the universities of a link need.
    const known = 'SELECT type, universities FROM frames_affiliations($1::text[])';
    expect(await sql.all(known, [['team_beyond']])).toEqual([
      { type: 'team', universities: ['univ_foreign'] },
    ]);
    expect(await sql.all(known, [[]])).toEqual([]);
  });
  for (const column of ['params', 'conflicts', 'erased', 'content'])
    await expect(
      server.database.asUser(narrow, (sql) => sql.all(`SELECT ${column} FROM audit_transactions`)),
    ).rejects.toMatchObject({ code: '42501' });
  const everybodys = await server.database.all(
    `SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prosecdef AND proname <> 'frames_acting'
       AND pg_get_function_result(oid) <> 'trigger' AND proacl IS NULL`,
  );
  expect(everybodys).toEqual([]);
  await server.stop();
});

test('a connection that looked records up while there were few reads no table whole once there are many', async () => {
  const { server, narrow } = await served();
  const known = 'SELECT type, universities FROM frames_affiliations($1::text[])';
  await server.database.run('ANALYZE record_ids');
  await server.database.asUser(narrow, async (sql) => {
    // Postgres chooses the plan that a connection keeps after some calls.
    for (let call = 0; call < 10; call++) await sql.all(known, [['team_a']]);
    await server.database.run(
      `INSERT INTO record_ids (id, type, deleted, universities, fingerprint_high, fingerprint_low)
       SELECT 'many_' || n, 'team', false, '{}', n, n FROM generate_series(1, 20000) AS n`,
    );
    const rowsRead = async (): Promise<number> =>
      (
        await sql.get<{ n: number }>(
          `SELECT coalesce(seq_tup_read, 0)::int AS n FROM pg_stat_xact_all_tables WHERE relname = 'record_ids'`,
        )
      )?.n ?? 0;
    const before = await rowsRead();
    expect(await sql.all(known, [['team_a']])).toHaveLength(1);
    expect(await rowsRead()).toBe(before);
  });
  await server.stop();
});

test('a researcher who sees one university does not delete another that has records', async () => {
  const { server, admin } = await served();
  const { api } = await addUser(admin, { role: 'researcher', university_id: own, sees: 'university' });
  const [status, code] = await api.refusal('DELETE', 'universities/univ_foreign');
  expect([status, code]).toEqual([409, 'IN_USE']);
  await server.stop();
});

test('the step goes back and forward with rows in it, and reads the same again', async () => {
  const database = await testDatabase();
  const { server, admin, narrow } = await served(database);
  await server.stop();
  expect(await migrate(database, 8)).toEqual([
    'webhooks',
    'repositories-and-tasks',
    'organisations',
    'indexed-affiliations',
    'restricted-reads',
  ]);
  // As before the step: the role reads columns that name records.
  await database.asUser(narrow, async (sql) => {
    const rows = await sql.all<{ params: object }>(
      'SELECT params, conflicts, erased, content FROM audit_transactions',
    );
    expect(JSON.stringify(rows)).toContain(secret);
    expect((await sql.all(`SELECT 1 FROM record_ids WHERE type = 'team'`)).length).toBe(4);
    expect(await sql.get(`SELECT frames_end('team_beyond') AS university`)).toEqual({
      university: 'univ_foreign',
    });
  });
  expect(await migrate(database)).toEqual([
    'restricted-reads',
    'indexed-affiliations',
    'organisations',
    'repositories-and-tasks',
    'webhooks',
  ]);
  expect(await readingsOf(database, narrow, secret)).toEqual([]);
  expect(await chainProblems(database)).toEqual([]);
  const again = await startServer({}, { database });
  const api = admin.at(again.api.url);
  for (const path of [`teams/${secret}_team`, `interfaces/${secret}_link`, 'interfaces/link_across'])
    expect((await api.get(path)).status, path).toBe(200);
  await again.stop();
  await database.close();
});
