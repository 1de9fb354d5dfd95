import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import type { SyncedType, SyncRow } from '#shared/sync/operation.ts';
import type { Api } from '../support/api.ts';
import { foreign, own, populate } from '../support/people.ts';
import { create, operation, push, remove, sharedSandbox, update } from '../support/push.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const { admin, researcher, editor, viewer } = await populate(server);
await push(admin, [
  operation([
    create('team', 'team_own', { name: 'Own', university_id: own }),
    create('team', 'team_own_2', { name: 'Own 2', university_id: own }),
    create('team', 'team_foreign', { name: 'Foreign', university_id: foreign }),
    create('team', 'team_foreign_2', { name: 'Foreign 2', university_id: foreign }),
    create('team', 'team_none', { name: 'None', university_id: null }),
  ]),
]);

/** What an editor of the own university may do to such a record. */
const cases: readonly [what: string, type: SyncedType, payload: JsonObject, editors: boolean][] = [
  ['own team', 'team', { name: 'A', university_id: own }, true],
  ['foreign team', 'team', { name: 'A', university_id: foreign }, false],
  ['team of no university', 'team', { name: 'A', university_id: null }, false],
  ['own faculty', 'faculty', { name: 'A', university_id: own }, true],
  ['foreign faculty', 'faculty', { name: 'A', university_id: foreign }, false],
  ['own student', 'student', { name: 'A', university_id: own }, true],
  ['foreign student', 'student', { name: 'A', university_id: foreign }, false],
  ['own project', 'project', { name: 'A', university_id: own }, true],
  ['own shared project', 'project', { name: 'A', university_id: own, is_collaborative: true }, false],
  ['foreign project', 'project', { name: 'A', university_id: foreign }, false],
  ['project of all', 'project', { name: 'A', university_id: null }, false],
  ['link within the own', 'interface', { from: 'team_own', to: 'team_own_2' }, true],
  ['link from the own', 'interface', { from: 'team_own', to: 'team_foreign' }, true],
  ['link to the own', 'interface', { from: 'team_foreign', to: 'team_own' }, true],
  ['foreign link', 'interface', { from: 'team_foreign', to: 'team_foreign_2' }, false],
  ['link of nobody', 'interface', { from: 'team_none', to: 'team_foreign' }, false],
  ['own outcome', 'outcome', { outcome_type: 'mission_success', university_id: own }, true],
  ['foreign outcome', 'outcome', { outcome_type: 'mission_success', university_id: foreign }, false],
  ['own risk factor', 'risk-factor', { factor_name: 'A', university_id: own }, true],
  ['risk factor of all', 'risk-factor', { factor_name: 'A' }, false],
  ['own model', 'factor-model', { name: 'A', university_id: own }, true],
  ['model of all', 'factor-model', { name: 'A' }, false],
  ['university', 'university', { name: 'A' }, false],
  ['sandbox shared with the own', 'shared-sandbox', sharedSandbox(own), true],
  ['sandbox shared with others', 'shared-sandbox', sharedSandbox(foreign), false],
  ['sandbox shared with all', 'shared-sandbox', sharedSandbox(null), false],
];

/** Whether it was taken over; what is refused is refused for permission. */
async function mayPush(api: Api, row: SyncRow): Promise<boolean> {
  const { status, body } = await push(api, [operation([row])]);
  expect(status).toBe(200);
  for (const { code } of body.refused) expect(code).toMatch(/^forbidden:/);
  return body.refused.length === 0;
}

/** Creates, changes, deletes and restores a record of the payload. Each must be allowed, or each refused. */
async function expectDeeds(api: Api, type: SyncedType, payload: JsonObject, isAllowed: boolean) {
  const id = `${type}_${randomUUID()}`;
  expect(await mayPush(api, create(type, id, payload))).toBe(isAllowed);
  await push(admin, [operation([create(type, id, payload)])]);
  expect(await mayPush(api, update(type, id, {}, { meta: 'changed' }))).toBe(isAllowed);
  expect(await mayPush(api, remove(type, id, payload))).toBe(isAllowed);
  await push(admin, [operation([remove(type, id, payload)])]);
  const restore: SyncRow = { action: 'restore', type, id, before: null, after: payload };
  expect(await mayPush(api, restore)).toBe(isAllowed);
}

// oxlint-disable-next-line vitest/expect-expect -- it is in expectDeeds
test.each(cases)('editor, %s', (_what, type, payload, editors) =>
  expectDeeds(editor.api, type, payload, editors),
);

// oxlint-disable-next-line vitest/expect-expect -- it is in expectDeeds
test.each([
  ['admin', admin, true],
  ['researcher', researcher.api, true],
  ['viewer', viewer.api, false],
] as const)('%s, each type of record', async (_role, api, isAllowed) => {
  const types = new Map(cases.map(([, type, payload]) => [type, payload]));
  for (const [type, payload] of types) await expectDeeds(api, type, payload, isAllowed);
});

test('an editor changes their own university, and neither creates, deletes nor takes over one', async () => {
  expect(await mayPush(editor.api, update('university', own, {}, { meta: 1 }))).toBe(true);
  expect(await mayPush(editor.api, update('university', foreign, {}, { meta: 1 }))).toBe(false);
  expect(await mayPush(editor.api, remove('university', own, { name: 'Own' }))).toBe(false);
});

test('an editor moves nothing into or out of the own university', async () => {
  const out = update('team', 'team_own', { university_id: own }, { university_id: foreign });
  const into = update('team', 'team_foreign', { university_id: foreign }, { university_id: own });
  const shared = { name: 'P', university_id: own };
  await push(admin, [operation([create('project', 'proj_own', shared)])]);
  expect(await mayPush(editor.api, out)).toBe(false);
  expect(await mayPush(editor.api, into)).toBe(false);
  expect(await mayPush(editor.api, update('project', 'proj_own', {}, { is_collaborative: true }))).toBe(
    false,
  );
  const within = operation([
    create('team', 'team_smuggled', { name: 'S', university_id: own }),
    update('team', 'team_smuggled', { university_id: own }, { university_id: foreign }),
  ]);
  expect((await push(editor.api, [within])).body.refused).toHaveLength(1);
});

test('a saved view belongs to its author', async () => {
  const view = (owner: string): JsonObject => ({ name: 'V', owner, address: '/records/team' });
  expect(await mayPush(editor.api, create('view', 'view_own', view(editor.user.id)))).toBe(true);
  expect(await mayPush(editor.api, create('view', 'view_other', view(researcher.user.id)))).toBe(false);
  expect(await mayPush(viewer.api, create('view', 'view_viewer', view(viewer.user.id)))).toBe(false);
});

test('a deleted record keeps its owner: an editor of another university cannot reuse its id', async () => {
  const team = { name: 'Gone', university_id: foreign };
  await push(admin, [operation([create('team', 'team_gone', team)])]);
  await push(admin, [operation([remove('team', 'team_gone', team)])]);
  const again = await push(editor.api, [
    operation([create('team', 'team_gone', { name: 'Mine', university_id: own })]),
  ]);
  expect([again.status, again.body.refused.map(({ code }) => code)]).toEqual([
    200,
    [expect.stringContaining('forbidden')],
  ]);
});
