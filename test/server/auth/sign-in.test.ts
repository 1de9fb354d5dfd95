import { expect, test } from 'vitest';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import type { User } from '#shared/contract/server/users.ts';
import {
  addUser,
  bootstrap,
  password,
  serverOfFile,
  signIn,
  startServer,
  testDatabase,
} from '../support/server.ts';

const server = await serverOfFile();
const first = await bootstrap(server);
const admin = server.api.as(first);

test('a second server, and a repeated start, leave the printed token of the first admin valid', async () => {
  const database = await testDatabase();
  const first = await startServer({}, { database });
  const second = await startServer({}, { database });
  await second.stop();
  const other = await startServer({ secret: 'another secret of thirty-two characters' }, {});
  expect(second.bootstrap_token).toBe(first.bootstrap_token);
  expect(other.bootstrap_token).not.toBe(first.bootstrap_token);
  await bootstrap(first);
  const third = await startServer({}, { database });
  expect(third.bootstrap_token).toBe('');
  for (const server of [first, third, other]) await server.stop();
  await database.close();
});

test('the bootstrap token makes the first admin, and only that one', async () => {
  expect(first).toMatchObject({
    token_type: 'Bearer',
    expires_in: 900,
    user: { email: 'admin@example.org', role: 'admin', university_id: null, active: true },
  });
  const again = {
    bootstrap_token: server.bootstrap_token,
    email: 'second@example.org',
    password,
    name: 'Second',
  };
  expect(await server.api.refusal('POST', 'auth/bootstrap', again)).toEqual([401, 'INVALID_CREDENTIALS']);
  const users = await admin.get<{ meta: { total_count: number } }>('users');
  expect(users.body.meta.total_count).toBe(1);
});

test('a wrong password, an unknown email and an inactive user are refused alike', async () => {
  const { user } = await addUser(admin, { role: 'viewer' });
  const unknown = await server.api.post('auth/token', { email: 'nobody@example.org', password });
  const wrong = await server.api.post('auth/token', { email: user.email, password: `${password}!` });
  await admin.patch(`users/${user.id}`, { active: false });
  const inactive = await server.api.post('auth/token', { email: user.email, password });
  for (const { status, body } of [unknown, wrong, inactive])
    expect([status, body.error.code, body.error.message, body.error.details]).toEqual([
      401,
      'INVALID_CREDENTIALS',
      unknown.body.error.message,
      {},
    ]);
});

test('the email may be written in any case', async () => {
  const { user } = await addUser(admin, { role: 'viewer' });
  expect((await signIn(server.api, user.email.toUpperCase())).user.id).toBe(user.id);
});

test('without a token nothing is revealed, and with one the caller', async () => {
  expect(await server.api.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  expect((await admin.get<User>('auth/me')).body).toEqual(first.user);
});

test('an access token lasts a quarter of an hour, and a refresh gives the next', async () => {
  const { signedIn, api } = await addUser(admin, { role: 'viewer' });
  const before = server.clock.now;
  server.clock.now += 899_000;
  expect((await api.get('auth/me')).status).toBe(200);
  server.clock.now += 2000;
  expect(await api.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  const { refresh_token } = signedIn;
  const refreshed = await server.api.post<SignInResult>('auth/refresh', { refresh_token });
  expect((await server.api.as(refreshed.body).get('auth/me')).status).toBe(200);
  server.clock.now = before;
});

test('a session unused for ninety days is over', async () => {
  const { signedIn } = await addUser(admin, { role: 'viewer' });
  const before = server.clock.now;
  server.clock.now += server.config.sessionSeconds * 1000 + 1;
  const { refresh_token } = signedIn;
  expect(await server.api.refusal('POST', 'auth/refresh', { refresh_token })).toEqual([
    401,
    'INVALID_CREDENTIALS',
  ]);
  server.clock.now = before;
});

test('signing out ends the session at once, of this device alone', async () => {
  const { signedIn, user, api } = await addUser(admin, { role: 'viewer' });
  const other = server.api.as(await signIn(server.api, user.email));
  const { refresh_token } = signedIn;
  expect((await server.api.post('auth/logout', { refresh_token })).status).toBe(204);
  expect(await api.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  expect(await server.api.refusal('POST', 'auth/refresh', { refresh_token })).toEqual([
    401,
    'INVALID_CREDENTIALS',
  ]);
  expect((await other.get('auth/me')).status).toBe(200);
  expect((await server.api.post('auth/logout', { refresh_token: 'not.1.ours' })).status).toBe(204);
});

test('every attempt is noted', async () => {
  const { user } = await addUser(admin, { role: 'viewer' });
  await server.api.post('auth/token', { email: user.email, password: 'wrong' });
  const events = await server.database.all(
    'SELECT event, user_id, address FROM auth_events WHERE email = $1 ORDER BY id',
    [user.email],
  );
  expect(events).toEqual([
    { event: 'token', user_id: user.id, address: '127.0.0.1' },
    { event: 'token_refused', user_id: user.id, address: '127.0.0.1' },
  ]);
});

test('concurrent requests each run as their own user, and one with an ended session is refused', async () => {
  const [one, two, ended] = [
    await addUser(admin, { role: 'viewer' }),
    await addUser(admin, { role: 'editor' }),
    await addUser(admin, { role: 'viewer' }),
  ];
  await server.database.run('UPDATE sessions SET revoked_at = now() WHERE user_id = $1', [ended.user.id]);
  const asked = Array.from({ length: 10 }, () => [one, two, ended]).flat();
  const answers = await Promise.all(asked.map(({ api }) => api.get<{ id?: string }>('auth/me')));
  expect(answers.map(({ status, body }) => [status, body.id])).toEqual(
    asked.map((person) => (person === ended ? [401, undefined] : [200, person.user.id])),
  );
});
