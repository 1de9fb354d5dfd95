import { expect, test } from 'vitest';
import { purgeOldRows } from '#server/operations/purge.ts';
import { populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { addUser, serverOfFile, startServer } from '../support/server.ts';

const server = await serverOfFile();
const { admin, editor } = await populate(server);
const { database, clock, config } = server;
const day = 24 * 3_600_000;
const now = (): number => clock.now;
const countOf = async (table: string): Promise<number> =>
  (await database.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n ?? 0;

/** Goes on by so many days, and purges. */
const after = (days: number) => {
  clock.now += days * day;
  return purgeOldRows({ database, config, now });
};

// While the tokens are good: the clock goes on in what follows.
const { user } = await addUser(admin, { role: 'viewer' });
await admin.patch(`users/${user.id}`, { active: false });
const part = operation([create('team', 'team_part', { name: 'A' })], { part: { index: 0, count: 2 } });
await push(editor.api, [part]);

test('runs once a day, on the first server', async () => {
  // The server did so when it started.
  expect(await after(0)).toBeNull();
  const outcomes = await Promise.all([
    after(1),
    ...[1, 2, 3].map(() => purgeOldRows({ database, config, now })),
  ]);
  expect(outcomes.filter((one) => one !== null)).toHaveLength(1);
  const second = await startServer({}, { database, clock });
  await second.stop();
  expect(await after(0)).toBeNull();
});

test('parts of operations and ended sessions go after thirty days, sessions that are over at once', async () => {
  const sessions = await countOf('sessions');
  expect(await after(28)).toMatchObject({ sessions: 0, operation_parts: 0 });
  expect(await after(2)).toMatchObject({ sessions: 1, operation_parts: 1 });
  expect(await countOf('sessions')).toBe(sessions - 1);
  expect(await after(60)).toMatchObject({ sessions: sessions - 1 });
});

test('the audit of sign-ins and reads is kept for 400 days, that of changes for good', async () => {
  const [signIns, changes] = [await countOf('auth_events'), await countOf('audit_logs')];
  await database.run(
    `INSERT INTO access_events (at, event, user_id, request_id) VALUES ($1, 'users.list', 'x', 'x')`,
    [new Date(clock.now).toISOString()],
  );
  expect(await after(399 - 91)).toMatchObject({ auth_events: 0, access_events: 0 });
  expect(await after(94)).toMatchObject({ auth_events: signIns, access_events: 1 });
  expect([await countOf('auth_events'), await countOf('audit_logs')]).toEqual([0, changes]);
});
