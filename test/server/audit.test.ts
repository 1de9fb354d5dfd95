import { expect, test } from 'vitest';
import type { AuditedChange } from '#shared/contract/server/audit.ts';
import type { Page } from '#shared/contract/server/base.ts';
import type { Session } from '#shared/contract/server/users.ts';
import { foreign, own, populate } from './support/people.ts';
import { addUser, serverOfFile, signIn } from './support/server.ts';

const server = await serverOfFile();
const { admin, editor, viewer, other } = await populate(server);
await editor.api.post('teams', { id: 'team_own', name: 'A' });
await other.api.post('teams', { id: 'team_foreign', name: 'B' });
server.clock.now += 10_000;
const later = new Date(server.clock.now).toISOString();
await editor.api.patch('teams/team_own', { name: 'A2' });

const read = async (query: string, api = viewer.api): Promise<AuditedChange[]> =>
  (await api.get<Page<AuditedChange>>(`audit?page_size=100&${query}`)).body.data;

test('changes are read newest first, by type, record, author and time', async () => {
  const all = await read('');
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => b - a));
  expect(
    (await read('entity_id=team_own')).map(({ action, before, after }) => [action, before, after]),
  ).toEqual([
    ['update', { name: 'A' }, { name: 'A2' }],
    ['create', null, { name: 'A', university_id: own }],
  ]);
  const ids = async (query: string) => (await read(query)).map((one) => one.entity_id);
  expect(await ids('entity_type=team&order=asc')).toEqual(['team_own', 'team_foreign', 'team_own']);
  expect(await ids(`actor=${other.user.id}`)).toEqual(['team_foreign']);
  expect(await ids(`since=${later}`)).toEqual(['team_own']);
  expect(await viewer.api.refusal('GET', 'audit?since=yesterday')).toEqual([422, 'VALIDATION_ERROR']);
  expect(await viewer.api.refusal('GET', 'audit?entity_type=x')).toEqual([422, 'VALIDATION_ERROR']);
});

test('a person with one university reads only its changes; admins read all', async () => {
  const { api } = await addUser(admin, { role: 'viewer', university_id: foreign, sees: 'university' });
  expect((await read('entity_type=team', api)).map((one) => one.entity_id)).toEqual(['team_foreign']);
  expect(await read('entity_type=team', admin)).toHaveLength(3);
  const count = async (of = admin) =>
    (await of.get<Page<AuditedChange>>('audit?entity_type=team&page_size=1')).body.meta.total_count;
  expect([await count(), await count(api)]).toEqual([3, 1]);
});

test('creating a user names the admin', async () => {
  const me = (await admin.get<{ id: string }>('auth/me')).body.id;
  const [made] = await read(`entity_id=${viewer.user.id}`);
  expect(made).toMatchObject({ action: 'create', entity_type: 'profile', actor: me });
});

test('access to personal data is recorded', async () => {
  await admin.get(`users/${viewer.user.id}`);
  await admin.get('users');
  await admin.get(`users/${viewer.user.id}/sessions`);
  await viewer.api.get(`users/${viewer.user.id}/sessions`);
  const { data } = (await admin.get<Page<{ event: string; subject: string | null }>>('audit/access')).body;
  expect(data.map(({ event, subject }) => [event, subject])).toEqual([
    ['audit.access', null],
    ['users.sessions', viewer.user.id],
    ['users.list', null],
    ['users.get', viewer.user.id],
  ]);
  const signIns = await admin.get<Page<{ event: string; email: string }>>('audit/sign-ins');
  expect(signIns.body.data.map(({ email }) => email)).toContain(viewer.user.email);
});

test('sessions are listed for their user, and ended one by one', async () => {
  const { user, api, signedIn } = await addUser(admin, { role: 'viewer' });
  const second = server.api.as(await signIn(server.api, user.email));
  const list = async () => (await api.get<{ data: Session[] }>(`users/${user.id}/sessions`)).body.data;
  const both = await list();
  expect(both.map(({ current, device }) => [current, device])).toEqual(
    expect.arrayContaining([
      [true, 'test'],
      [false, 'test'],
    ]),
  );
  const foreignSession = both.find(({ current }) => !current)?.id ?? '';
  expect(await viewer.api.refusal('DELETE', `sessions/${foreignSession}`)).toEqual([
    404,
    'SESSION_NOT_FOUND',
  ]);
  expect(await viewer.api.refusal('GET', `users/${user.id}/sessions`)).toEqual([403, 'FORBIDDEN']);
  expect((await api.call('DELETE', `sessions/${foreignSession}`)).status).toBe(204);
  expect(await second.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  expect(await list()).toHaveLength(1);
  // An admin ends anybody's.
  const [last] = await list();
  expect((await admin.call('DELETE', `sessions/${last?.id}`)).status).toBe(204);
  const { refresh_token } = signedIn;
  expect((await server.api.post('auth/refresh', { refresh_token })).status).toBe(401);
  expect(await admin.refusal('GET', 'users/nobody/sessions')).toEqual([404, 'USER_NOT_FOUND']);
});

test('deleting a user ends their access and keeps their name in the history', async () => {
  const { user, api } = await addUser(admin, { role: 'editor', university_id: own });
  expect((await admin.call('DELETE', `users/${user.id}`)).status).toBe(204);
  expect(await api.refusal('GET', 'auth/me')).toEqual([401, 'UNAUTHORIZED']);
  expect((await admin.get<{ active: boolean }>(`users/${user.id}`)).body.active).toBe(false);
  const me = (await admin.get<{ id: string }>('auth/me')).body.id;
  expect(await admin.refusal('DELETE', `users/${me}`)).toEqual([409, 'LAST_ADMIN']);
});

test('the id in the body must equal that of the path', async () => {
  const { user } = await addUser(admin, { role: 'viewer' });
  await admin.patch(`users/${user.id}`, { id: editor.user.id, name: 'Renamed' });
  expect((await admin.get<{ name: string }>(`users/${user.id}`)).body.name).toBe('Renamed');
  expect((await admin.get<{ name: string }>(`users/${editor.user.id}`)).body.name).toBe(editor.user.name);
});

test('a change names its record, also if the changed fields do not', async () => {
  await admin.post('teams', { id: 'team_named', name: 'Named', size: 3 });
  await admin.patch('teams/team_named', { size: 4 });
  const { data } = (
    await admin.get<{ data: { title: string; action: string }[] }>('audit?entity_id=team_named')
  ).body;
  expect(data.map(({ title, action }) => [title, action])).toEqual([
    ['Named', 'update'],
    ['Named', 'create'],
  ]);
});

test('tokens and handles that are not ours are noted', async () => {
  const noted = async (): Promise<string[]> => {
    const rows = await server.database.all<{ event: string }>(
      `SELECT event FROM auth_events WHERE event LIKE '%refused' ORDER BY id`,
    );
    return rows.map(({ event }) => event);
  };
  const before = await noted();
  await server.api.as('not.a.token').get('auth/me');
  await server.api.post('auth/refresh', { refresh_token: 'a.1.b' });
  await server.api.post('auth/logout', { refresh_token: 'a.1.b' });
  await server.api.post('auth/oidc/token', { handle: 'nobody-has-it' });
  expect((await noted()).slice(before.length)).toEqual([
    'bearer_refused',
    'refresh_refused',
    'refresh_refused',
    'oidc_refused',
  ]);
});
