import { afterAll, expect, test } from 'vitest';
import { GroupCommit } from '#server/db/group-commit.ts';
import type { ActingUser } from '#server/db/database.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { startServer } from '../support/server.ts';

const server = await startServer();
afterAll(() => server.stop());
const { database } = server;
const { admin, editor, researcher } = await populate(server);
await push(admin, [operation([create('team', 'team_a', { name: 'A', university_id: own })])]);

const acting = (role: ActingUser['role']): ActingUser => ({
  id: role,
  role,
  university_id: own,
  sees: 'all',
});

test('waiting writes share one transaction, and a failing one affects no other', async () => {
  const group = new GroupCommit(database);
  const write = (role: ActingUser['role'], note: string, fails = false) =>
    group.write(acting(role), async (sql) => {
      const rows = await sql.run(
        `UPDATE teams SET payload = payload || jsonb_build_object($1::text, pg_current_xact_id()::text) WHERE id = 'team_a'`,
        [note],
      );
      if (fails) await sql.run('SELECT 1 / 0');
      return { value: rows, writes: Promise.resolve() };
    });
  const results = await Promise.allSettled([
    write('editor', 'alone'),
    write('researcher', 'one'),
    write('researcher', 'failed', true),
    write('viewer', 'viewer'),
    write('editor', 'two'),
  ]);
  expect(results.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([
    1,
    1,
    'failed',
    0,
    1,
  ]);
  const row = await database.get<{ payload: Record<string, string> }>(
    `SELECT payload FROM teams WHERE id = 'team_a'`,
  );
  const { alone, one, two, ...rest } = row?.payload ?? {};
  expect(alone).not.toBe(one);
  expect(one).toBe(two);
  expect(Object.keys(rest).toSorted()).toEqual(['name', 'university_id']);
});

test('a write that read after failing ones runs again without them', async () => {
  const group = new GroupCommit(database);
  const note = (value: string) =>
    [
      `UPDATE teams SET payload = payload || jsonb_build_object('note', $1::text) WHERE id = 'team_a'`,
      [value],
    ] as const;
  const noted = `SELECT payload ->> 'note' AS note FROM teams WHERE id = 'team_a'`;
  const seen: unknown[] = [];
  /** Of the statement that fails Postgres says so; of the other only who wrote it can. */
  const failing = ['SELECT 1 / 0', 'SELECT 1'].map((last) =>
    group.write(acting('researcher'), async (sql) => {
      const writes = Promise.all([sql.run(...note('failed')), sql.run(last)]).then(() => {
        throw new Error('not as it should be');
      });
      return Promise.resolve({ value: null, writes });
    }),
  );
  const reading = ['one', 'two'].map((value) =>
    group.write(acting('researcher'), async (sql) => {
      seen.push((await sql.get<{ note: string | null }>(noted))?.note);
      return { value, writes: sql.run(...note(value)) };
    }),
  );
  const results = await Promise.allSettled([...failing, ...reading]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
  expect(seen).toEqual(['failed', null, 'one']);
  expect((await database.get<{ note: string }>(noted))?.note).toBe('two');
});

test('pending work of a failed write does not run in another one’s turn', async () => {
  const group = new GroupCommit(database);
  let late: Promise<unknown> = Promise.resolve();
  await expect(
    group.write(acting('researcher'), async (sql) => {
      late = new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
        sql.run(`UPDATE teams SET deleted_at = now() WHERE id = 'team_a'`),
      );
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  await expect(late).rejects.toThrow('this unit of work is over');
});

test('many concurrent pushes are all accepted, in one chain', async () => {
  const pushed = await Promise.all(
    Array.from({ length: 40 }, (_, at) => {
      const id = `team_many_${at}`;
      const { api } = at % 2 ? editor : researcher;
      const university_id = at % 5 === 0 ? 'univ_foreign' : own;
      return push(api, [operation([create('team', id, { name: id, university_id })])]);
    }),
  );
  const refused = pushed.filter(({ body }) => body.refused.length > 0);
  expect(refused).toHaveLength(4);
  const chain = await database.all<{ previous_hash: string; hash: string }>(
    'SELECT previous_hash, hash FROM audit_transactions ORDER BY id',
  );
  const follows = chain.slice(1).map(({ previous_hash }) => previous_hash);
  expect(follows).toEqual(chain.slice(0, -1).map(({ hash }) => hash));
});
