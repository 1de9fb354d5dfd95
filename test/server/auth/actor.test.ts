import { expect, test } from 'vitest';
import type { User } from '#shared/contract/server/users.ts';
import { addUser, bootstrap, serverOfFile, startServer } from '../support/server.ts';

const server = await serverOfFile({ trustsActor: true });
const admin = server.api.as(await bootstrap(server));
const { user } = await addUser(admin, { role: 'viewer' });
const me = (headers: Record<string, string>, api = server.api) =>
  api.call<User>('GET', 'auth/me', { headers });

test('on a trial X-Actor names the caller by id or email', async () => {
  for (const actor of [user.id, user.email, user.email.toUpperCase()])
    expect((await me({ 'x-actor': actor })).body.id).toBe(user.id);
  expect((await me({ 'x-actor': 'nobody' })).status).toBe(401);
  expect((await me({ 'x-actor': user.id, authorization: 'Bearer x.y.z' })).status).toBe(401);
  const asked = { body: { name: 'A' }, headers: { 'x-actor': user.id } };
  expect((await server.api.call('POST', 'teams', asked)).status).toBe(403);
});

test('otherwise it is ignored', async () => {
  const usual = await startServer({}, { database: server.database });
  expect((await me({ 'x-actor': user.id }, usual.api)).status).toBe(401);
  await usual.stop();
});
