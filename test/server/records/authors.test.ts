import { expect, test } from 'vitest';
import type { WireRecord } from '#shared/contract/server/data.ts';
import { actorFields } from '#shared/domain/actor-fields.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { SyncedType } from '#shared/sync/operation.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push, remove, sharedSandbox, update } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { admin, editor, researcher } = await populate(server);
await push(admin, [operation([create('team', 'team_a', { name: 'A', university_id: own })])]);

const comment = { record_id: 'team_a', text: 'C', university_id: own };
const payloads: Record<string, JsonObject> = {
  comment,
  view: { name: 'V', address: 'frames://live/teams', layout: null },
  'shared-sandbox': sharedSandbox(own),
};
const codesOf = async (...args: Parameters<typeof push>): Promise<string[]> =>
  (await push(...args)).body.refused.map(({ code }) => code);

test.each(Object.entries(actorFields))(
  '%s: a push names its user as author',
  async (key, { field, holds, set }) => {
    const type = key as SyncedType;
    const [me, other] =
      holds === 'id' ? [editor.user.id, researcher.user.id] : [editor.user.name, researcher.user.name];
    const { [field]: _none, ...payload } = payloads[type] as JsonObject;
    const named = (value: string): JsonObject => ({ ...payload, [field]: value });
    const id = `a_${type}`;
    expect(await codesOf(editor.api, [operation([create(type, id, named(other))])])).toEqual([
      'forbidden:own_name_only',
    ]);
    expect(await codesOf(editor.api, [operation([create(type, id, payload)])])).toEqual([]);
    const stored = async (one = id): Promise<JsonObject | undefined> =>
      (await admin.post<{ records: { payload: JsonObject }[] }>('sync/records', { ids: [one] })).body
        .records[0]?.payload;
    expect(await stored()).toMatchObject({ [field]: me });
    const anonymous = `b_${type}`;
    expect(
      await codesOf(editor.api, [operation([create(type, anonymous, { ...payload, [field]: null })])]),
    ).toEqual([]);
    expect(await stored(anonymous)).toMatchObject({ [field]: me });
    for (const value of [other, null])
      expect(
        await codesOf(editor.api, [operation([update(type, id, { [field]: me }, { [field]: value })])]),
      ).toEqual([expect.stringMatching(/own_name_only|invalid/)]);
    // A workspace that has the record too sends it under its own name: it stays that of its author.
    expect(await codesOf(researcher.api, [operation([create(type, id, named(other))])])).toEqual([]);
    expect(await stored()).toMatchObject({ [field]: set === 'once' ? me : other });
  },
);

test('the routes of comments name the caller', async () => {
  const made = await editor.api.post<WireRecord>('comments', comment);
  expect(made.body).toMatchObject({ author: editor.user.name });
  expect(await editor.api.refusal('POST', 'comments', { ...comment, author: 'Somebody' })).toEqual([
    403,
    'FORBIDDEN',
  ]);
  const path = `comments/${made.body.id}`;
  expect(await researcher.api.refusal('PATCH', path, { author: researcher.user.name })).toEqual([
    403,
    'FORBIDDEN',
  ]);
  const replaced = await researcher.api.call<WireRecord>('PUT', path, { body: { ...comment, text: 'D' } });
  expect(replaced.body).toMatchObject({ text: 'D', author: editor.user.name });
});

test('the author at the source comes with an import alone', async () => {
  const submitted = { ...comment, author: editor.user.name, recorded_author: 'Cy' };
  expect(await codesOf(editor.api, [operation([create('comment', 'imported', submitted)])])).toEqual([]);
  const path = 'comments/imported';
  for (const [method, at, body] of [
    ['POST', 'comments', { ...comment, recorded_author: 'Cy' }],
    ['PATCH', path, { recorded_author: 'Dee' }],
    ['PUT', path, { ...comment, recorded_author: null }],
  ] as const)
    expect(await editor.api.refusal(method, at, body), method).toEqual([403, 'FORBIDDEN']);
  for (const value of ['Dee', null])
    expect(
      await codesOf(researcher.api, [
        operation([update('comment', 'imported', { recorded_author: 'Cy' }, { recorded_author: value })]),
      ]),
    ).toEqual(['forbidden:own_name_only']);
  const replaced = await editor.api.call<WireRecord>('PUT', path, { body: { ...comment, text: 'D' } });
  expect(replaced.body).toMatchObject({ text: 'D', recorded_author: 'Cy' });
  const made = await editor.api.post<WireRecord>('comments', { ...comment, author: null });
  expect(made.body).toMatchObject({ author: editor.user.name });
});

test('a deleted comment is restored with its author by anyone', async () => {
  const payload = { ...comment, author: editor.user.name };
  await push(editor.api, [operation([create('comment', 'gone', payload)])]);
  await push(editor.api, [operation([remove('comment', 'gone', payload)])]);
  const restoring = { action: 'restore', type: 'comment', id: 'gone', before: null, after: payload } as const;
  expect(await codesOf(researcher.api, [operation([restoring])])).toEqual([]);
});
