import { expect, test } from 'vitest';
import type { Page } from '#shared/contract/server/base.ts';
import { addUser, bootstrap, password, serverOfFile, signIn } from '../support/server.ts';

const server = await serverOfFile();
const admin = server.api.as(await bootstrap(server));
const other = `${password}, another`;

test('people change their own password by the current one, and stay signed in where they did', async () => {
  const { user, api } = await addUser(admin, { role: 'viewer' });
  const elsewhere = server.api.as(await signIn(server.api, user.email));
  expect((await api.post('auth/password', { password, new_password: other })).status).toBe(204);
  expect((await api.get('auth/me')).status).toBe(200);
  expect(await elsewhere.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  const { email } = user;
  expect((await server.api.post('auth/token', { email, password })).status).toBe(401);
  expect((await server.api.post('auth/token', { email, password: other })).status).toBe(200);
});

test('a wrong one, a short new one and whoever has none are refused; guessing locks as at a sign-in', async () => {
  const { user, api } = await addUser(admin, { role: 'viewer' });
  const change = (given: string, new_password = other) =>
    api.refusal('POST', 'auth/password', { password: given, new_password });
  expect(await change(password, 'short')).toEqual([422, 'VALIDATION_ERROR']);
  for (let at = 0; at < 5; at++) expect(await change('wrong')).toEqual([401, 'INVALID_CREDENTIALS']);
  expect(await change(password)).toEqual([423, 'ACCOUNT_LOCKED']);
  expect((await server.api.post('auth/token', { email: user.email, password })).status).toBe(423);
  const byUniversity = await addUser(admin, { role: 'viewer' });
  await server.database.run('UPDATE users SET password_hash = NULL WHERE id = $1', [byUniversity.user.id]);
  expect(await byUniversity.api.refusal('POST', 'auth/password', { password, new_password: other })).toEqual([
    401,
    'INVALID_CREDENTIALS',
  ]);
});

test('who changed a password, or tried to, is noted', async () => {
  const { user, api } = await addUser(admin, { role: 'viewer' });
  await api.post('auth/password', { password: 'wrong', new_password: other });
  await api.post('auth/password', { password, new_password: other });
  const { data } = (
    await admin.get<Page<{ event: string; user_id: string }>>(`audit/sign-ins?user_id=${user.id}`)
  ).body;
  expect(data.map(({ event }) => event).slice(0, 2)).toEqual(['password', 'password_refused']);
});
