import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { create, hello, operation, push, remove, update } from '../support/push.ts';
import { own, populate } from '../support/people.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { admin, editor, viewer } = await populate(server);

const teamOf = async (id: string) =>
  server.database.get<{ payload: unknown; deleted_at: string | null }>(
    'SELECT payload, deleted_at FROM teams WHERE id = $1',
    [id],
  );
const operations = async (): Promise<number> =>
  (await server.database.get<{ n: number }>('SELECT count(*) AS n FROM audit_transactions'))?.n ?? 0;

test('a repeated push is accepted and not applied again', async () => {
  const one = operation([create('team', 'team_1', { name: 'A', university_id: own })]);
  const first = await push(editor.api, [one]);
  expect(first.body).toMatchObject({ accepted: [one.op_id], refused: [] });
  await push(editor.api, [operation([update('team', 'team_1', { name: 'A' }, { name: 'B' })])]);
  const before = await operations();
  const again = await push(editor.api, [one, one]);
  expect(again.body).toMatchObject({ accepted: [one.op_id], refused: [] });
  expect(await operations()).toBe(before);
  expect((await teamOf('team_1'))?.payload).toEqual({ name: 'B', university_id: own });
});

test('the same operation from many connections at once is done once', async () => {
  const one = operation([create('team', 'team_many', { name: 'A', university_id: own })]);
  const answers = await Promise.all(Array.from({ length: 8 }, () => push(editor.api, [one])));
  for (const { status, body } of answers) expect([status, body.accepted]).toEqual([200, [one.op_id]]);
  const done = await server.database.all('SELECT 1 FROM audit_transactions WHERE op_id = $1', [one.op_id]);
  expect(done).toHaveLength(1);
});

test('an operation twice in one request is done once', async () => {
  const one = operation([create('team', 'team_twice', { name: 'A', university_id: own })]);
  const { status, body } = await push(editor.api, [one, one]);
  expect([status, new Set(body.accepted)]).toEqual([200, new Set([one.op_id])]);
});

test('an operation is whole or not at all, and nothing behind a refused one waits', async () => {
  const mixed = operation([
    create('team', 'team_mixed', { name: 'A', university_id: own }),
    create('team', 'team_foreign', { name: 'A', university_id: 'univ_foreign' }),
  ]);
  const after = operation([create('team', 'team_after', { name: 'A', university_id: own })]);
  const { body } = await push(editor.api, [mixed, after]);
  expect(body.accepted).toEqual([after.op_id]);
  expect(body.refused).toMatchObject([
    {
      op_id: mixed.op_id,
      code: 'forbidden:own_university_only',
      record: { type: 'team', id: 'team_foreign' },
    },
  ]);
  expect(await teamOf('team_mixed')).toBeUndefined();
});

test('invalid operations are refused with their reason', async () => {
  await push(admin, [operation([create('team', 'team_known', { name: 'A', university_id: own })])]);
  const cases = [
    [update('team', 'team_none', { name: 'A' }, { name: 'B' }), 'missing'],
    [create('faculty', 'team_known', { name: 'A' }), 'other_type'],
    [create('team', 'team_x', { name: '' }), 'invalid'],
    [create('team', 'team_x', { name: 'A', university_id: 'univ_none' }), 'no_university'],
    [create('team', 'team_x', { name: 'A', description: 'nul \u0000' }), 'unstorable'],
    [create('interface', 'link_x', { from: 'team_known', to: 'team_known' }), 'invalid'],
    [create('profile', 'prof_x', { name: 'X', role: 'admin' }), 'people'],
  ] as const;
  for (const [row, code] of cases) {
    const { body } = await push(admin, [operation([row])]);
    expect(
      body.refused.map((one) => one.code),
      code,
    ).toEqual([code]);
  }
});

test('an operation that cannot be stored is refused alone, and later requests about it are answered', async () => {
  const nul = 'nul \u0000';
  const row = create('team', 'team_kept', { name: 'A', university_id: own });
  const cases = [
    operation([create('team', `team_${nul}`, { name: 'A' })]),
    operation([create('team', '', { name: 'A' })]),
    operation([create('team', 'x'.repeat(201), { name: 'A' })]),
    operation([create('team', 'half \ud800', { name: 'A' })]),
    operation([row], { replica: nul }),
    operation([row], { label: nul }),
    operation([row], { label: 'x'.repeat(101) }),
    operation([row], { hlc: nul }),
    operation([row], { params: { title: nul } }),
    operation([row], { seen: { seq: 1, hash: nul } }),
    operation([create('interface', 'link_nul', { from: nul, to: 'team_known' })]),
    operation([update('team', 'team_known', { name: nul }, { name: 'A' })]),
    operation([update('team', 'team_known', {}, { [nul]: 'A' })]),
    operation([row], { params: { nul }, part: { index: 0, count: 2 } }),
    operation([create('team', nul, {})], { part: { index: 0, count: 2 } }),
  ];
  const behind = operation([row]);
  const { status, body } = await push(admin, [...cases, behind]);
  expect([status, body.accepted]).toEqual([200, [behind.op_id]]);
  expect(body.refused.map(({ op_id, code }) => [op_id, code])).toEqual(
    cases.map(({ op_id }) => [op_id, 'unstorable']),
  );
  const ids = cases.flatMap(({ rows }) => rows.map(({ id }) => id));
  const states = await admin.post<{ records: { id: string }[] }>('sync/records', { ids });
  expect([states.status, states.body.records.map(({ id }) => id)]).toEqual([
    200,
    ['team_known', 'team_kept'].filter((id) => ids.includes(id)),
  ]);
});

test('of two concurrent changes of a field the later stays and the other becomes a conflict', async () => {
  await push(admin, [operation([create('team', 'team_race', { name: 'A', university_id: own })])]);
  const at = (seconds: number): { created_at: string } => ({
    created_at: new Date(server.clock.now - 100_000 + seconds * 1000).toISOString(),
  });
  const later = operation([update('team', 'team_race', { name: 'A' }, { name: 'later' })], at(50));
  const earlier = operation([update('team', 'team_race', { name: 'A' }, { name: 'earlier' })], at(10));
  await push(admin, [operation([update('team', 'team_race', { name: 'A' }, { name: 'first' })], at(1))]);
  await push(editor.api, [later]);
  await push(admin, [earlier]);
  expect((await teamOf('team_race'))?.payload).toMatchObject({ name: 'later' });
  const row = await server.database.get<{ conflicts: object[] }>(
    'SELECT conflicts FROM audit_transactions WHERE op_id = $1',
    [earlier.op_id],
  );
  expect(row?.conflicts).toMatchObject([
    { field: 'name', kind: 'older', lost: { value: 'earlier' }, won: { value: 'later' } },
  ]);
});

test('a deletion stays against changes that it has not seen', async () => {
  await push(admin, [operation([create('team', 'team_gone', { name: 'A', university_id: own })])]);
  const deletion = operation([remove('team', 'team_gone', { name: 'A', university_id: own })]);
  await push(admin, [deletion]);
  const late = operation([update('team', 'team_gone', { name: 'A' }, { name: 'B', notes: 'late' })]);
  await push(editor.api, [late]);
  expect((await teamOf('team_gone'))?.deleted_at).not.toBeNull();
  const row = await server.database.get<{ conflicts: { field: string; other: object }[] }>(
    'SELECT conflicts FROM audit_transactions WHERE op_id = $1',
    [late.op_id],
  );
  // Also of a field that the record did not have: who deleted it has overruled all of it.
  const other = { op_id: deletion.op_id };
  expect(row?.conflicts).toMatchObject([
    { field: 'name', kind: 'deleted', other },
    { field: 'notes', kind: 'deleted', other },
  ]);
});

test('an operation in parts is applied when the last one arrived, in any order', async () => {
  const ids = ['team_p0', 'team_p1', 'team_p2'];
  const op_id = randomUUID();
  const parts = ids.map((id, index) =>
    operation([create('team', id, { name: id, university_id: own })], {
      op_id,
      part: { index, count: 3 },
    }),
  );
  for (const at of [2, 0, 0]) {
    const { body } = await push(editor.api, parts.slice(at, at + 1));
    expect(body).toMatchObject({ accepted: [], partial: [op_id] });
  }
  expect(await teamOf('team_p0')).toBeUndefined();
  expect((await push(editor.api, parts.slice(1, 2))).body.accepted).toEqual([op_id]);
  for (const id of ids) expect(await teamOf(id)).toBeDefined();
});

test('a client that reads only an older form of operations is asked to update at the handshake', async () => {
  for (const query of ['', '?schema=1'])
    expect(await editor.api.refusal('GET', `sync/hello${query}`)).toEqual([426, 'VALIDATION_ERROR']);
  expect((await hello(editor.api)).generation).not.toBe('');
});

test('another history, a newer form and a wrong shape are refused as a whole', async () => {
  const one = operation([create('team', 'team_whole', { name: 'A', university_id: own })]);
  const { generation } = await hello(editor.api);
  const body = { generation, clock_offset: 0, operations: [one] };
  const refusal = (over: object) => editor.api.refusal('POST', 'sync/push', { ...body, ...over });
  expect(await refusal({ generation: 'another' })).toEqual([409, 'OTHER_HISTORY']);
  expect(await refusal({ operations: [{ ...one, schema: 99 }] })).toEqual([426, 'UPGRADE_REQUIRED']);
  expect(await refusal({ operations: [] })).toEqual([422, 'VALIDATION_ERROR']);
  expect(await refusal({ operations: [{ ...one, op_id: 'x' }] })).toEqual([422, 'VALIDATION_ERROR']);
  expect(await refusal({ operations: [{ ...one, rows: [] }] })).toEqual([422, 'VALIDATION_ERROR']);
  expect(await viewer.api.refusal('POST', 'sync/push', { ...body, operations: [] })).toEqual([
    422,
    'VALIDATION_ERROR',
  ]);
  expect(await teamOf('team_whole')).toBeUndefined();
});

test('an impossible day is refused, and a stored one blocks no other change', async () => {
  const student = { name: 'S', university_id: own };
  const bad = operation([create('student', 'student_bad', { ...student, graduated_at: '2030-02-30' })]);
  expect((await push(editor.api, [bad])).body.refused).toMatchObject([{ op_id: bad.op_id, code: 'invalid' }]);
  await push(editor.api, [operation([create('student', 'student_day', student)])]);
  const change = (before: object, after: object) =>
    push(editor.api, [operation([update('student', 'student_day', before as never, after as never)])]);
  expect((await change({}, { graduated_at: '2030-02-30' })).body.refused).toMatchObject([
    { code: 'invalid' },
  ]);
  await server.database.run(
    `UPDATE students SET payload = payload || '{"graduated_at":"2030-02-30"}' WHERE id = 'student_day'`,
  );
  expect((await change({ name: 'S' }, { name: 'T' })).body.refused).toEqual([]);
  expect((await admin.patch('students/student_day', { name: 'U' })).status).toBe(200);
  expect((await admin.patch('students/student_day', { graduated_at: '2027-02-29' })).status).toBe(422);
  expect((await admin.post('students', { ...student, graduated_at: '2027-02-29' })).status).toBe(422);
});
