import { expect, test } from 'vitest';
import type { Page } from '#shared/contract/server/base.ts';
import { runHere } from '#test/cli/frames.ts';
import { testFolder } from '#test/support/folder.ts';
import { workspacesOf } from '../sync/clients/workspace.ts';
import { addUser, bootstrap, password, serverOfFile, signIn } from '../support/server.ts';

const server = await serverOfFile();
const admin = server.api.as(await bootstrap(server));
const { opened } = workspacesOf(server, admin);
const other = `${password}, another`;

test('people change their own password with the current one, and stay signed in there', async () => {
  const { user, api } = await addUser(admin, { role: 'viewer' });
  const elsewhere = server.api.as(await signIn(server.api, user.email));
  expect((await api.post('auth/password', { password, new_password: other })).status).toBe(204);
  expect((await api.get('auth/me')).status).toBe(200);
  expect(await elsewhere.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  const { email } = user;
  expect((await server.api.post('auth/token', { email, password })).status).toBe(401);
  expect((await server.api.post('auth/token', { email, password: other })).status).toBe(200);
});

test('a wrong current, a short new and a missing password are refused; guessing locks as at sign-in', async () => {
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

test('changes and attempts are recorded', async () => {
  const { user, api } = await addUser(admin, { role: 'viewer' });
  await api.post('auth/password', { password: 'wrong', new_password: other });
  await api.post('auth/password', { password, new_password: other });
  const { data } = (
    await admin.get<Page<{ event: string; user_id: string }>>(`audit/sign-ins?user_id=${user.id}`)
  ).body;
  expect(data.map(({ event }) => event).slice(0, 2)).toEqual(['password', 'password_refused']);
});

test('a workspace changes it for the signed-in user, and continues syncing', async () => {
  const { user } = await addUser(admin, { role: 'viewer' });
  const workspace = await opened();
  expect((await workspace.join(server.api.url, user.email, password)).server?.by_university).toBe(false);
  const { sync } = workspace.client();
  await expect(sync.changePassword({ current: 'wrong', password: other })).rejects.toMatchObject({
    code: 'INVALID',
    data: { issues: [{ path: 'current', code: 'wrong_password' }] },
  });
  await expect(sync.changePassword({ current: password, password: 'short' })).rejects.toMatchObject({
    code: 'INVALID',
  });
  await sync.changePassword({ current: password, password: other });
  expect(await workspace.sync()).toMatchObject({ state: 'idle', in_step: true });
  await sync.signOut({});
  expect((await sync.signIn({ password: other })).state).toBe('idle');
});

test('frames sync password reads both passwords from standard input', async () => {
  const { user } = await addUser(admin, { role: 'viewer' });
  const folder = testFolder();
  const frames = async (input: string, ...args: string[]): Promise<number | null> => {
    const line = [...args, '--password-stdin', '--workspace', 'w'];
    return (await runHere(folder, line, { FRAMES_CONFIG: folder }, () => Promise.resolve(Buffer.from(input))))
      .code;
  };
  const { email } = user;
  expect(await frames(password, 'sync', 'join', server.api.url, '--email', email)).toBe(0);
  expect(await frames(`${password}\n`, 'sync', 'password')).toBe(2);
  expect(await frames(`${password}\n${other}\n`, 'sync', 'password')).toBe(0);
  expect((await server.api.post('auth/token', { email, password: other })).status).toBe(200);
});
