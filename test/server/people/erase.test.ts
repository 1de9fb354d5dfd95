import { expect, test } from 'vitest';
import type { ErasedAtServer, PersonAtServer } from '#shared/contract/server/people.ts';
import { erasedText } from '#shared/domain/erased.ts';
import type { Api } from '../support/api.ts';
import { backUp, backupsOfTest } from '../support/backups.ts';
import { chainProblems, tablesWith } from '../support/chain.ts';
import { recordsAt } from '../support/erasing.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, hello, operation, push, remove, update } from '../support/push.ts';
import { addUser, startServer } from '../support/server.ts';

const maja = { name: 'Maja Holm', university_id: own, email: 'maja@example.edu', note: 'Kryotanks' };
const secrets = ['Maja Holm', 'Maja Lindqvist', 'maja@example.edu', 'Kryotanks', 'Turbopumps'];

async function served() {
  const server = await startServer({ backups: backupsOfTest({ keepDays: 10 }) });
  const people = await populate(server);
  await push(people.admin, [
    operation([
      create('student', 'maja', { ...maja, name: 'Maja Lindqvist' }),
      create('student', 'ole', { name: 'Ole Berg', university_id: own }),
      create('team', 'team', { name: 'Flight', university_id: own, description: 'Led by Maja Holm' }),
    ]),
    operation([update('student', 'maja', { name: 'Maja Lindqvist' }, { name: 'Maja Holm' })], {
      label: 'student.update',
      params: { title: 'Maja Holm', id: 'maja' },
    }),
  ]);
  return { server, ...people };
}

const eraseAt = (admin: Api, body: object = {}, id = 'maja') =>
  admin.post<ErasedAtServer>(`people/${id}/erase`, body);

test('a person is found with mentions, namesakes and the removal day of each backup', async () => {
  const { server, admin } = await served();
  await push(admin, [operation([create('faculty', 'prof', { name: 'Maja Holm', university_id: own })])]);
  const id = await backUp(admin);
  const { body } = await admin.get<PersonAtServer>('people/maja/occurrences');
  expect(body).toMatchObject({
    person: { type: 'student', id: 'maja', name: 'Maja Holm', state: 'present' },
    rows: 2,
    mentions: [{ type: 'team', id: 'team', title: 'Flight', fields: ['description'], rows: 1 }],
    labels: 1,
    namesakes: [{ type: 'faculty', id: 'prof', title: 'Maja Holm' }],
    backups: [{ id, removed: new Date(server.clock.now + 10 * 86_400_000).toISOString().slice(0, 10) }],
  });
  expect(await admin.refusal('GET', 'people/team/occurrences')).toEqual([404, 'PERSON_NOT_FOUND']);
  expect(await admin.refusal('POST', 'people/nobody/erase', {})).toEqual([404, 'PERSON_NOT_FOUND']);
  await server.stop();
});

test('conflicts, labels and waiting parts lose the values, and the chain holds', async () => {
  const { server, admin, editor } = await served();
  const early = { created_at: '2020-01-01T00:00:00.000Z' };
  // Each meets a value that its author had not seen, so the history has a conflict with both.
  await push(editor.api, [
    operation([update('student', 'maja', { note: 'Pumps' }, { note: 'Turbopumps' })], early),
    operation([update('team', 'team', { description: 'x' }, { description: 'By Maja Holm again' })], early),
    operation([remove('student', 'maja', { ...maja, note: 'Turbopumps' })], { part: { index: 0, count: 2 } }),
  ]);
  expect(await tablesWith(server.database, ['Turbopumps'])).toEqual([
    'audit_transactions: Turbopumps',
    'operation_parts: Turbopumps',
  ]);
  const { status, body } = await eraseAt(admin);
  expect([status, body.records]).toEqual([200, 2]);
  expect(await tablesWith(server.database, secrets)).toEqual([]);
  expect(await chainProblems(server.database)).toEqual([]);
  expect(await eraseAt(admin)).toMatchObject({ body: { op_id: null, rows: 0, records: 0 } });
  expect((await admin.get<PersonAtServer>('people/maja/occurrences')).body).toMatchObject({
    person: { name: erasedText, terms: [], state: 'erased' },
    rows: 0,
    mentions: [],
  });
  await server.stop();
});

test('conflicts keep the names of namesakes, and references of links', async () => {
  const { server, admin, editor } = await served();
  const early = { created_at: '2020-01-01T00:00:00.000Z' };
  await push(admin, [
    operation([
      create('faculty', 'prof', { name: 'Maja Holm', university_id: own }),
      create('interface', 'link', { from: 'team', to: 'maja holm', university_id: own }),
    ]),
  ]);
  // Each loses against a value that its author had not seen.
  await push(editor.api, [
    operation([update('faculty', 'prof', { name: 'M. Holm' }, { name: 'M. H.' })], early),
    operation([update('interface', 'link', { to: 'ole' }, { to: 'prof' })], early),
  ]);
  const conflictsNow = () =>
    server.database.all("SELECT conflicts FROM audit_transactions WHERE conflicts::text <> '[]' ORDER BY id");
  const before = await conflictsNow();
  expect(JSON.stringify(before)).toContain('"won":{"value":"Maja Holm"}');
  expect(JSON.stringify(before)).toContain('"won":{"value":"maja holm"}');
  await eraseAt(admin);
  expect(await conflictsNow()).toEqual(before);
  await server.stop();
});

test('a name is erased in every spelling: other accents, letters in place of umlauts, encoded', async () => {
  const { server, admin } = await served();
  const spellings = [
    'Zoe Gross-Muller',
    'ZOË GROSS MÜLLER',
    'zoe.gross-mueller@example.edu',
    'Zoé Groß_Müller',
  ];
  const texts = [
    ...spellings,
    ...spellings.map((text) => encodeURIComponent(text)),
    ...spellings.map((text) => JSON.stringify(JSON.stringify(text.normalize('NFD')))),
  ];
  await push(admin, [
    operation(
      ['Zoë Groß-Müller', 'Zoe Gross-Muller'].map((name, index) =>
        create(index === 0 ? 'student' : 'faculty', `zoe_${index}`, { name, university_id: own }),
      ),
    ),
    operation(
      texts.map((text, index) =>
        create('team', `zoe_team_${index}`, {
          name: `Team ${index}`,
          university_id: own,
          description: `Ask ${text}.`,
        }),
      ),
    ),
  ]);
  // "Muller" is not written "Mueller".
  for (const [id, namesake, count] of [
    ['zoe_0', 'zoe_1', texts.length],
    ['zoe_1', 'zoe_0', texts.filter((text) => !text.includes('mueller')).length],
  ] as const) {
    const { body } = await admin.get<PersonAtServer>(`people/${id}/occurrences`);
    expect([body.namesakes.map((one) => one.id), body.mentions.length]).toEqual([[namesake], count]);
  }
  await eraseAt(admin, {}, 'zoe_0');
  const descriptions = await recordsAt(
    admin,
    texts.map((_, index) => `zoe_team_${index}`),
  );
  expect(
    descriptions.map(({ payload }) => JSON.stringify(payload)).filter((text) => /gro|ller/i.test(text)),
  ).toEqual([]);
  expect((await recordsAt(admin, ['zoe_1']))[0]?.payload['name']).toBe('Zoe Gross-Muller');
  await server.stop();
});

test('a viewer is refused the rest of an erased record, and the push continues', async () => {
  const { server, admin, viewer } = await served();
  await eraseAt(admin);
  const remainder = { name: erasedText, university_id: own, erased: true };
  const { status, body } = await push(viewer.api, [operation([remove('student', 'maja', remainder)])]);
  expect([status, body.refused.map(({ code }) => code)]).toEqual([200, ['forbidden:viewers_read_only']]);
  await server.stop();
});

test('an erased record takes no values again, and keeps none in conflicts', async () => {
  const { server, admin, editor } = await served();
  await eraseAt(admin);
  const remainder = { name: erasedText, university_id: own, erased: true };
  const refused = [
    operation([update('student', 'maja', { note: 'Kryotanks' }, { note: 'Turbopumps' })]),
    operation([create('student', 'maja', maja)]),
    operation([{ action: 'restore', type: 'student', id: 'maja', before: null, after: maja }]),
  ];
  const nothing = [
    operation([create('student', 'maja', remainder)]),
    operation([update('student', 'maja', {}, {})]),
    operation([remove('student', 'maja', remainder)]),
  ];
  const { body } = await push(editor.api, [...refused, ...nothing]);
  expect(body.refused.map(({ code, record }) => [code, record?.id])).toEqual(
    refused.map(() => ['erased', 'maja']),
  );
  expect(body.accepted).toEqual(nothing.map(({ op_id }) => op_id));
  expect(await admin.refusal('POST', 'students', { ...maja, id: 'maja' })).toEqual([409, 'DUPLICATE_ID']);
  expect(await admin.refusal('PATCH', 'students/maja', { note: 'Kryotanks' })).toEqual([
    404,
    'STUDENT_NOT_FOUND',
  ]);
  expect(await recordsAt(admin, ['maja'])).toEqual([
    { type: 'student', id: 'maja', payload: remainder, deleted: true },
  ]);
  expect(await tablesWith(server.database, secrets)).toEqual([]);
  await server.stop();
});

test('with texts left alone, only the record is erased', async () => {
  const { server, admin } = await served();
  await eraseAt(admin, { mentions: false });
  const [team] = await recordsAt(admin, ['team']);
  expect(team?.payload['description']).toBe('Led by Maja Holm');
  expect(await tablesWith(server.database, ['Kryotanks', 'Maja Lindqvist', 'maja@example.edu'])).toEqual([]);
  expect(await chainProblems(server.database)).toEqual([]);
  await server.stop();
});

test('a label or row that only looks like an erasure erases nobody', async () => {
  const { server, admin, editor } = await served();
  await push(editor.api, [
    operation([remove('student', 'ole', {})], {
      label: 'people.erase',
      params: { type: 'student', id: 'ole' },
    }),
  ]);
  expect((await admin.get<{ erasures: object[] }>('sync/erasures')).body.erasures).toEqual([]);
  const forged = `INSERT INTO audit_transactions (id, label, actor, op_id, replica, stamp, created_at, received_at, changes, previous_hash, body, hash, erased)
    SELECT 9999, label, actor, 'forged', replica, stamp, created_at, received_at, 0, previous_hash, body, hash, '{"id": "ole"}'
    FROM audit_transactions ORDER BY id DESC LIMIT 1`;
  const acting = { id: editor.user.id, role: 'editor', university_id: own, sees: 'all' } as const;
  await expect(server.database.asUser(acting, (sql) => sql.run(forged))).rejects.toThrow(
    'row-level security',
  );
  await eraseAt(admin, {}, 'ole');
  expect((await editor.api.get<{ erasures: object[] }>('sync/erasures')).body.erasures).toEqual([
    { type: 'student', id: 'ole', mentions: true },
  ]);
  await server.stop();
});

test('an erasure is told to those who could have the person, after a move too', async () => {
  const { server, admin } = await served();
  const here = await addUser(admin, { role: 'editor', university_id: own, sees: 'university' });
  const there = await addUser(admin, { role: 'editor', university_id: foreign, sees: 'university' });
  await push(admin, [
    operation([
      create('student', 'moved', { name: 'Moved Person', university_id: own }),
      create('student', 'hers', { name: 'Foreign Person', university_id: foreign }),
    ]),
    operation([update('student', 'moved', { university_id: own }, { university_id: foreign })]),
  ]);
  for (const id of ['moved', 'hers']) await eraseAt(admin, {}, id);
  const erasuresFor = async ({ api }: { api: Api }): Promise<[string[], string[]]> => {
    const { erasures } = (await api.get<{ erasures: { id: string }[] }>('sync/erasures')).body;
    const { generation } = await hello(api);
    const { operations } = (
      await api.get<{ operations: { erases: { id: string } | null }[] }>(
        `sync/pull?generation=${generation}&after=0`,
      )
    ).body;
    return [erasures.map(({ id }) => id), operations.flatMap(({ erases }) => erases?.id ?? [])];
  };
  expect(await erasuresFor(here)).toEqual([['moved'], ['moved']]);
  expect(await erasuresFor(there)).toEqual([
    ['moved', 'hers'],
    ['moved', 'hers'],
  ]);
  await server.stop();
});
