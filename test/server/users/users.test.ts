import { expect, test } from 'vitest';
import type { SignInResult } from '#shared/contract/server/auth.ts';
import type { User } from '#shared/contract/server/users.ts';
import { setPasswordCost, defaultCost } from '#server/auth/passwords.ts';
import { addUser, bootstrap, password, serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const first = await bootstrap(server);
const admin = server.api.as(first);

const given = { email: 'ann@example.org', password, name: 'Ann', role: 'editor' };

test('an email is unique, ignoring case', async () => {
  expect((await admin.post<User>('users', given)).status).toBe(201);
  expect(await admin.refusal('POST', 'users', { ...given, email: 'ANN@example.org' })).toEqual([
    409,
    'EMAIL_TAKEN',
  ]);
  const { user } = await addUser(admin, { role: 'viewer' });
  expect(await admin.refusal('PATCH', `users/${user.id}`, { email: 'ann@Example.org' })).toEqual([
    409,
    'EMAIL_TAKEN',
  ]);
});

test('an invalid email, a short password and an unknown role are refused', async () => {
  const wrong = [
    { email: 'ann' },
    { email: 'ann@' },
    { email: '' },
    { email: `${'a'.repeat(250)}@example.org` },
    { email: 'a@b@example.org' },
    { email: null },
    { password: 'short' },
    { role: 'owner' },
    { name: '  ' },
    { sees: 'nothing' },
  ];
  for (const part of wrong) {
    const answer = await admin.post('users', { ...given, email: 'bob@example.org', ...part });
    const [key] = Object.keys(part);
    expect([answer.status, answer.body.error.code], JSON.stringify(part)).toEqual([422, 'VALIDATION_ERROR']);
    expect(answer.body.error.details).toMatchObject({ issues: [{ path: key }] });
  }
});

test('of many concurrent requests for the same email one succeeds', async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => admin.post('users', { ...given, email: 'same@example.org' })),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    201, 409, 409, 409, 409, 409,
  ]);
});

test('the last admin stays an active admin', async () => {
  const { id } = first.user;
  for (const part of [{ role: 'researcher' }, { active: false }])
    expect(await admin.refusal('PATCH', `users/${id}`, part)).toEqual([409, 'LAST_ADMIN']);
  const second = await addUser(admin, { role: 'admin' });
  const answers = await Promise.all([
    admin.patch(`users/${second.user.id}`, { role: 'viewer' }),
    second.api.patch(`users/${id}`, { role: 'viewer' }),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const left = await server.database.get<{ n: number }>(
    `SELECT count(*) AS n FROM users WHERE role = 'admin' AND active`,
  );
  expect(left?.n).toBe(1);
  await server.database.run(`UPDATE users SET role = 'admin' WHERE id = $1`, [id]);
});

test('a new password ends all sessions, and replaces the old one', async () => {
  const { user, api, signedIn } = await addUser(admin, { role: 'viewer' });
  const other = `${password} 2`;
  await admin.patch(`users/${user.id}`, { password: other });
  expect(await api.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  const { refresh_token } = signedIn;
  expect((await server.api.post('auth/refresh', { refresh_token })).status).toBe(401);
  expect((await server.api.post('auth/token', { email: user.email, password })).status).toBe(401);
  const again = await server.api.post<SignInResult>('auth/token', { email: user.email, password: other });
  expect(again.body.user.id).toBe(user.id);
});

test('no answer and no table has a password in it', async () => {
  setPasswordCost(defaultCost);
  const { user } = await addUser(admin, { role: 'viewer' });
  const users = await admin.get('users?page_size=100');
  expect(JSON.stringify(users.body)).not.toMatch(/password|argon2/);
  const stored = await server.database.get<{ password_hash: string }>(
    'SELECT password_hash FROM users WHERE id = $1',
    [user.id],
  );
  expect(stored?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('users are listed newest first, twenty a page', async () => {
  for (let at = 0; at < 21; at++) {
    server.clock.now += 1000;
    await admin.post('users', { ...given, email: `p${at}@example.org`, name: `P${at}` });
  }
  interface Page {
    data: User[];
    meta: { page: number; page_size: number; total_count: number; total_pages: number };
  }
  const one = (await admin.get<Page>('users')).body;
  expect(one.data).toHaveLength(20);
  expect(one.data[0]?.name).toBe('P20');
  const { total_count } = one.meta;
  expect(one.meta).toEqual({
    page: 1,
    page_size: 20,
    total_count,
    total_pages: Math.ceil(total_count / 20),
  });
  const two = (await admin.get<Page>('users?page=2&page_size=20')).body;
  expect(new Set([...one.data, ...two.data].map(({ id }) => id)).size).toBe(
    one.data.length + two.data.length,
  );
  const byName = (await admin.get<Page>('users?sort_by=name&order=asc&page_size=100')).body;
  expect(byName.data.map(({ name }) => name)).toEqual(byName.data.map(({ name }) => name).toSorted());
  for (const query of ['page_size=101', 'page_size=0', 'page=0', 'page=x', 'order=up'])
    expect(await admin.refusal('GET', `users?${query}`), query).toEqual([422, 'VALIDATION_ERROR']);
});

test('a deleted user leaves the list, and their address is free again', async () => {
  const { user, api } = await addUser(admin, { role: 'editor', email: 'gone@example.org' });
  expect((await admin.call('DELETE', `users/${user.id}`)).status).toBe(204);
  expect(await api.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  const again = await addUser(admin, { role: 'viewer', email: 'gone@example.org' });
  const { data } = (await admin.get<{ data: User[] }>('users?page_size=100')).body;
  expect(data.filter(({ email }) => email === 'gone@example.org').map(({ id }) => id)).toEqual([
    again.user.id,
  ]);
  expect(await admin.refusal('DELETE', `users/${user.id}`)).toEqual([404, 'USER_NOT_FOUND']);
  expect(await admin.refusal('PATCH', `users/${user.id}`, { active: true })).toEqual([404, 'USER_NOT_FOUND']);
});

test('a user is replaced as a whole', async () => {
  const { user } = await addUser(admin, { role: 'editor', sees: 'university' });
  const { status, body } = await admin.call<User>('PUT', `users/${user.id}`, {
    body: { email: user.email, name: 'Replaced', role: 'viewer' },
  });
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({ name: 'Replaced', role: 'viewer', sees: 'all', active: true }),
  ]);
  expect(await admin.refusal('PUT', `users/${user.id}`, { name: 'Half' })).toEqual([422, 'VALIDATION_ERROR']);
});

test('the university of a user must exist', async () => {
  const wrong = { ...given, email: 'nowhere@example.org', university_id: 'univ_nowhere' };
  expect(await admin.refusal('POST', 'users', wrong)).toEqual([422, 'VALIDATION_ERROR']);
  const { user } = await addUser(admin, { role: 'editor' });
  expect(await admin.refusal('PATCH', `users/${user.id}`, { university_id: 'univ_nowhere' })).toEqual([
    422,
    'VALIDATION_ERROR',
  ]);
});

test('signing in accepts username as well as email', async () => {
  const { user } = await addUser(admin, { role: 'editor' });
  expect((await server.api.post('auth/token', { username: user.email, password })).status).toBe(200);
  expect(await server.api.refusal('POST', 'auth/token', { password })).toEqual([422, 'VALIDATION_ERROR']);
});
