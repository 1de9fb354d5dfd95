import { expect, test } from 'vitest';
import type { Page } from '#shared/contract/server/base.ts';
import type { WireRecord } from '#shared/contract/server/data.ts';
import type { PulledOperation } from '#shared/contract/server/sync.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, hello, operation, push, sharedSandbox } from '../support/push.ts';
import { addUser, serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { admin, editor, viewer, researcher } = await populate(server);

/** A payload of each type that can be made. */
const routes: readonly [path: string, code: string, body: Record<string, unknown>][] = [
  ['universities', 'UNIVERSITY', { name: 'U' }],
  ['projects', 'PROJECT', { name: 'P', university_id: own, duration_months: 12 }],
  ['organisations', 'ORGANISATION', { name: 'O', university_id: own, kind: 'agency' }],
  ['teams', 'TEAM', { name: 'T', university_id: own, discipline: 'software' }],
  ['faculty', 'FACULTY', { name: 'F', university_id: own }],
  ['students', 'STUDENT', { name: 'S', university_id: own }],
  ['interfaces', 'INTERFACE', { from: 'team_a', to: 'team_b', bond_type: 'fragile-temporary' }],
  ['outcomes', 'OUTCOME', { outcome_type: 'mission_success', success: true }],
  ['risk-factors', 'RISK_FACTOR', { factor_name: 'R' }],
  ['factor-models', 'FACTOR_MODEL', { name: 'M' }],
  ['contacts', 'CONTACT', { date: '2026-03-02', kind: 'meeting', who: ['team_a'] }],
  ['repairs', 'REPAIR', { name: 'R', due_on: '2027-03-02' }],
];
await push(admin, [
  operation([
    create('team', 'team_a', { name: 'A', university_id: own }),
    create('team', 'team_b', { name: 'B', university_id: foreign }),
  ]),
]);

test.each(routes)('%s are made, read, replaced, changed and deleted', async (path, code, body) => {
  const api = admin;
  const made = await api.post<WireRecord>(path, { ...body, custom: { deep: ['kept'] } });
  expect(made.status).toBe(201);
  const { id } = made.body;
  expect(made.body).toMatchObject({ ...body, custom: { deep: ['kept'] } });
  expect((await api.get<WireRecord>(`${path}/${id}`)).body).toEqual(made.body);

  server.clock.now += 1000;
  const patched = await api.patch<WireRecord>(`${path}/${id}`, { meta: 'changed' });
  expect(patched.body).toEqual({
    ...made.body,
    meta: 'changed',
    updated_at: new Date(server.clock.now).toISOString(),
  });
  // What was read may be sent back as it is.
  const again = await api.call<WireRecord>('PUT', `${path}/${id}`, { body: patched.body });
  expect([again.status, again.body]).toEqual([200, patched.body]);
  const replaced = await api.call<WireRecord>('PUT', `${path}/${id}`, { body });
  const { created_at, updated_at } = replaced.body;
  expect(replaced.body).toEqual({ ...body, id, created_at, updated_at });

  const deleted = await api.call('DELETE', `${path}/${id}`);
  expect([deleted.status, deleted.body]).toEqual([204, '']);
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
    expect(await api.refusal(method, `${path}/${id}`, method === 'GET' ? undefined : body), method).toEqual([
      404,
      `${code}_NOT_FOUND`,
    ]);
});

test('a new record has default values and its author’s university', async () => {
  const team = await editor.api.post<WireRecord>('teams', { name: 'New' });
  expect(team.body).toMatchObject({ name: 'New', university_id: own });
  const link = await editor.api.post<WireRecord>('interfaces', {
    from: 'team_a',
    to: 'team_b',
    bond_type: 'codified-strong',
  });
  expect(link.body).toMatchObject({ energy_loss: 5 });
});

test('a caller’s own id is accepted once', async () => {
  expect((await admin.post<WireRecord>('teams', { id: 'Uni.team_1', name: 'X' })).body.id).toBe('Uni.team_1');
  expect(await admin.refusal('POST', 'teams', { id: 'Uni.team_1', name: 'X' })).toEqual([
    409,
    'DUPLICATE_ID',
  ]);
  expect(await admin.refusal('POST', 'faculty', { id: 'Uni.team_1', name: 'X' })).toEqual([
    409,
    'DUPLICATE_ID',
  ]);
  await admin.call('DELETE', 'teams/Uni.team_1');
  expect(await admin.refusal('POST', 'teams', { id: 'Uni.team_1', name: 'X' })).toEqual([
    409,
    'DUPLICATE_ID',
  ]);
  expect(await admin.refusal('POST', 'teams', { id: 'line\nbreak', name: 'X' })).toEqual([
    422,
    'VALIDATION_ERROR',
  ]);
});

test('problems are reported with their field', async () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['teams', {}, 'name'],
    ['teams', { name: ' ' }, 'name'],
    ['teams', { name: 'T', size: 0 }, 'size'],
    ['teams', { name: 'T', size: '5' }, 'size'],
    ['teams', { name: 'T', university_id: 'univ_none' }, 'university_id'],
    ['teams', { name: 'T', university_id: 'team_a' }, 'university_id'],
    ['teams', { name: 'T', project_id: 'proj_none' }, 'project_id'],
    ['interfaces', { from: 'team_a' }, 'to'],
    ['interfaces', { from: 'team_a', to: 'team_a' }, 'to'],
    ['interfaces', { from: 'team_a', to: 'team_none' }, 'to'],
    ['interfaces', { from: 'team_a', to: 'team_b', energy_loss: 101 }, 'energy_loss'],
    ['interfaces', { from: 'team_a', to: 'team_b', from_university: own }, 'from_university'],
    ['students', { name: 'S', status: 'incoming' }, 'status'],
    ['students', { name: 'S', other_team_ids: ['team_a', 'team_none'] }, 'other_team_ids'],
    ['interfaces', { from: 'team_a', to: 'team_b', bearers: ['team_a'] }, 'bearers'],
  ];
  for (const [path, body, field] of cases) {
    const { status, body: answer } = await admin.post(path, body);
    expect([status, answer.error.code], JSON.stringify(body)).toEqual([422, 'VALIDATION_ERROR']);
    expect(answer.error.details, JSON.stringify(body)).toMatchObject({ issues: [{ path: field }] });
  }
  expect(await admin.refusal('PATCH', 'teams/team_a', { name: null })).toEqual([422, 'VALIDATION_ERROR']);
  expect(await admin.refusal('PUT', 'teams/team_a', { size: 3 })).toEqual([422, 'VALIDATION_ERROR']);
});

test('an id already in a list may be of a deleted record, a new one may not', async () => {
  const person = await admin.post<WireRecord>('faculty', { name: 'Gone', university_id: own });
  const bearers = [person.body.id];
  const link = await admin.post<WireRecord>('interfaces', { from: 'team_a', to: 'team_b', bearers });
  expect(link.body).toMatchObject({ bearers });
  await admin.call('DELETE', `faculty/${person.body.id}`);
  const other = await admin.post<WireRecord>('students', { name: 'Here', university_id: own });
  const more = [...bearers, other.body.id];
  const patched = await admin.patch<WireRecord>(`interfaces/${link.body.id}`, { bearers: more });
  expect([patched.status, patched.body]).toMatchObject([200, { bearers: more }]);
  expect(await admin.refusal('POST', 'interfaces', { from: 'team_a', to: 'team_b', bearers })).toEqual([
    422,
    'VALIDATION_ERROR',
  ]);
});

test('permissions are those of the domain', async () => {
  const tries: [string, string, object | undefined][] = [
    ['POST', 'teams', { name: 'X', university_id: foreign }],
    ['PATCH', 'teams/team_b', { name: 'X' }],
    ['PUT', 'teams/team_b', { name: 'X', university_id: own }],
    ['DELETE', 'teams/team_b', undefined],
    ['PATCH', 'teams/team_a', { university_id: foreign }],
    ['POST', 'projects', { name: 'X', university_id: own, is_collaborative: true }],
    ['POST', 'universities', { name: 'X' }],
    ['DELETE', `universities/${own}`, undefined],
  ];
  for (const [method, path, body] of tries) {
    expect(await editor.api.refusal(method, path, body), `${method} ${path}`).toEqual([403, 'FORBIDDEN']);
    expect(await viewer.api.refusal(method, path, body)).toEqual([403, 'FORBIDDEN']);
  }
  expect(await viewer.api.refusal('PATCH', 'teams/team_a', { meta: 1 })).toEqual([403, 'FORBIDDEN']);
  expect((await editor.api.patch('teams/team_a', { meta: 1 })).status).toBe(200);
  expect((await researcher.api.patch('teams/team_b', { meta: 1 })).status).toBe(200);
});

test('a list has pages, an order and a total, newest first and twenty a page', async () => {
  for (let at = 0; at < 25; at++) {
    server.clock.now += 1000;
    await admin.post('faculty', { name: `F${String(24 - at).padStart(2, '0')}`, university_id: foreign });
  }
  type List = Page<WireRecord>;
  const read = async (query: string): Promise<List> =>
    (await viewer.api.get<List>(`faculty?university_id=${foreign}${query}`)).body;
  const one = await read('');
  expect(one.meta).toEqual({ page: 1, page_size: 20, total_count: 25, total_pages: 2 });
  expect(one.data.map(({ name }) => name).slice(0, 2)).toEqual(['F00', 'F01']);
  expect((await read('&page=2')).data).toHaveLength(5);
  expect((await read('&page=3')).data).toHaveLength(0);
  const byName = await read('&sort_by=name&order=asc&page_size=100');
  const names = byName.data.map(({ name }) => String(name));
  expect(names).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
  const wrong = ['page_size=101', 'page=0', 'page=1e300', 'sort_by=password', "sort_by=name'--", 'order=x'];
  for (const query of wrong)
    expect(await viewer.api.refusal('GET', `faculty?${query}`), query).toEqual([422, 'VALIDATION_ERROR']);
});

test('records of a deleted university or record are hidden, and come back', async () => {
  const university = await admin.post<WireRecord>('universities', { name: 'Closing' });
  const { id } = university.body;
  await admin.post('teams', { id: 'team_closing', name: 'T', university_id: id });
  const link = await admin.post<WireRecord>('interfaces', { from: 'team_closing', to: 'team_a' });
  const refused = await admin.call('DELETE', `universities/${id}`);
  expect([refused.status, refused.body.error.code]).toEqual([409, 'IN_USE']);
  expect(refused.body.error.details).toEqual({ counts: { team: 1, interface: 1 } });
  expect((await admin.call('DELETE', `universities/${id}?with_contents=true`)).status).toBe(204);
  expect(await admin.refusal('GET', 'teams/team_closing')).toEqual([404, 'TEAM_NOT_FOUND']);
  expect(await admin.refusal('GET', `interfaces/${link.body.id}`)).toEqual([404, 'INTERFACE_NOT_FOUND']);
  const restore = { type: 'university', id, before: null, after: { name: 'Closing' } } as const;
  await push(admin, [operation([{ action: 'restore', ...restore }])]);
  expect((await admin.get('teams/team_closing')).status).toBe(200);
  await admin.call('DELETE', 'teams/team_closing');
  expect(await admin.refusal('GET', `interfaces/${link.body.id}`)).toEqual([404, 'INTERFACE_NOT_FOUND']);
});

test('a person with one university reads and finds nothing of another', async () => {
  const { api } = await addUser(admin, { role: 'editor', university_id: own, sees: 'university' });
  expect(await api.refusal('GET', 'teams/team_b')).toEqual([404, 'TEAM_NOT_FOUND']);
  expect(await api.refusal('PATCH', 'teams/team_b', { name: 'X' })).toEqual([404, 'TEAM_NOT_FOUND']);
  expect(await api.refusal('POST', 'teams', { id: 'team_b', name: 'X' })).toEqual([409, 'DUPLICATE_ID']);
  const list = await api.get<Page<WireRecord>>('teams?page_size=100');
  expect(list.body.data.map(({ id }) => id)).not.toContain('team_b');
  expect(list.body.data.map(({ id }) => id)).toContain('team_a');
  // Its id is in use, whatever they know of it.
  const pushed = await push(api, [operation([create('team', 'team_b', { name: 'X', university_id: own })])]);
  expect([pushed.status, pushed.body.refused.map(({ code }) => code)]).toEqual([200, ['other_type']]);
});

test('a change by a route is an operation that everybody pulls; one without effect is none', async () => {
  const { generation, head } = await hello(admin);
  await editor.api.patch('teams/team_a', { name: 'A2' });
  await editor.api.patch('teams/team_a', { name: 'A2' });
  const path = `sync/pull?generation=${generation}&after=${head.seq}`;
  const { body } = await viewer.api.get<{ operations: PulledOperation[] }>(path);
  expect(body.operations).toMatchObject([
    {
      label: 'team.update',
      actor: editor.user.id,
      replica: 'server',
      previous_hash: head.hash,
      rows: [{ action: 'update', id: 'team_a', before: { name: 'A' }, after: { name: 'A2' } }],
    },
  ]);
});

test('shared sandboxes are listed without their changes, of one university too, and read with them', async () => {
  const rooms: readonly [string, string | null][] = [
    ['share_own', own],
    ['share_foreign', foreign],
    ['share_all', null],
  ];
  await push(admin, [
    operation(rooms.map(([id, university]) => create('shared-sandbox', id, sharedSandbox(university)))),
  ]);
  const { body: all } = await viewer.api.get<Page<WireRecord>>('shared-sandboxes');
  expect(all.data.map(({ id }) => id).toSorted()).toEqual(['share_all', 'share_foreign', 'share_own']);
  const { body: page } = await viewer.api.get<Page<WireRecord>>(`shared-sandboxes?university_id=${own}`);
  expect(page.data).toMatchObject([{ id: 'share_own', name: 'What if', university_id: own, count: 1 }]);
  expect(page.data[0]).not.toHaveProperty('changes');
  const { body: one } = await viewer.api.get<WireRecord>('shared-sandboxes/share_own');
  expect(one).toMatchObject({
    id: 'share_own',
    changes: [{ type: 'team', id: 'team_own', after: { size: 9 } }],
  });
  const { user, api } = await addUser(admin, { role: 'viewer', university_id: foreign, sees: 'university' });
  expect(user.university_id).toBe(foreign);
  const { body: seen } = await api.get<Page<WireRecord>>('shared-sandboxes');
  expect(seen.data.map(({ id }) => id).toSorted()).toEqual(['share_all', 'share_foreign']);
  expect(await api.refusal('GET', 'shared-sandboxes/share_own')).toEqual([404, 'SHARED_SANDBOX_NOT_FOUND']);
});
