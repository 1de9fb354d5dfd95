import { expect, test } from 'vitest';
import { addUser, bootstrap, password, serverOfFile, signIn } from '../support/server.ts';

const server = await serverOfFile();
const admin = server.api.as(await bootstrap(server));
const people = [];
for (let at = 0; at < 3; at++) people.push((await addUser(admin, { role: 'viewer' })).user);
const [first, second, third] = people.map(({ email }) => email) as [string, string, string];
const minute = 60_000;

const attempt = (email: string, given = 'a wrong password') =>
  server.api.post('auth/token', { email, password: given });
const fail = async (email: string, times: number): Promise<string[]> => {
  const codes: string[] = [];
  for (let at = 0; at < times; at++) codes.push((await attempt(email)).body.error.code);
  return codes;
};

test('five failures within fifteen minutes lock the account, whether it exists or not', async () => {
  const answers = [];
  for (const email of [first, 'nobody@example.org']) {
    expect(await fail(email, 5)).toEqual(Array.from({ length: 5 }, () => 'INVALID_CREDENTIALS'));
    const { status, body, headers } = await attempt(email);
    answers.push([status, body.error.code, body.error.message, body.error.details]);
    expect(headers.get('retry-after')).toBe('60');
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.slice(0, 2)).toEqual([423, 'ACCOUNT_LOCKED']);
  // The right password says nothing either; others sign in meanwhile.
  expect((await attempt(first, password)).status).toBe(423);
  expect((await attempt(third, password)).status).toBe(200);
  server.clock.now += minute + 1;
  expect((await attempt(first, password)).status).toBe(200);
});

test('each lock lasts longer than the previous one, up to an hour, and says how long', async () => {
  const lasted: number[] = [];
  for (let at = 0; at < 8; at++) {
    await fail('again@example.org', 5);
    const { details, message } = (await attempt('again@example.org')).body.error;
    const until = Date.parse(String(details['until']));
    const minutes = (until - server.clock.now) / minute;
    expect(message).toContain(`in ${minutes} min,`);
    lasted.push(minutes);
    server.clock.now = until + 1;
  }
  expect(lasted).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

test('failures far apart do not add up, and a sign-in clears them', async () => {
  expect(new Set(await fail(second, 4))).toEqual(new Set(['INVALID_CREDENTIALS']));
  server.clock.now += 16 * minute;
  expect(new Set(await fail(second, 4))).toEqual(new Set(['INVALID_CREDENTIALS']));
  await signIn(server.api, second);
  expect(new Set(await fail(second, 4))).toEqual(new Set(['INVALID_CREDENTIALS']));
});

test('of many at once no more than five are let try', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => attempt('many@example.org')));
  const tried = answers.filter(({ status }) => status === 401);
  expect(tried).toHaveLength(5);
});

test('right passwords at the same time are all let in', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => attempt(third, password)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
});

test('an admin who sets a password lifts the lock', async () => {
  // The clock has gone on, and the first token is over.
  const now = admin.as(await signIn(server.api, 'admin@example.org'));
  const { user } = await addUser(now, { role: 'viewer' });
  await fail(user.email, 5);
  expect((await attempt(user.email, password)).status).toBe(423);
  await now.patch(`users/${user.id}`, { name: 'Renamed' });
  expect((await attempt(user.email, password)).status).toBe(423);
  await now.patch(`users/${user.id}`, { password });
  expect((await attempt(user.email, password)).status).toBe(200);
});
