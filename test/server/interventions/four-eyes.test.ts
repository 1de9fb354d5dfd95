import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Api } from '../support/api.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push, remove, update } from '../support/push.ts';
import { bootstrap, serverOfFile, startServer } from '../support/server.ts';

const server = await serverOfFile();
const { admin, researcher, editor } = await populate(server);
const rea = researcher.user.name;

const repair = { name: 'Pair two teams', university_id: own };
const approval = { approved_on: '2026-03-01', approved_by: 'Ada Admin' };

/** A new repair, pushed by a person. */
async function propose(api: Api, more: JsonObject = {}): Promise<string> {
  const id = `repair_${randomUUID()}`;
  expect((await push(api, [operation([create('repair', id, { ...repair, ...more })])])).body.refused).toEqual(
    [],
  );
  return id;
}

async function codeOf(api: Api, row: SyncRow, facts: Parameters<typeof operation>[1] = {}) {
  const { body } = await push(api, [operation([row], { label: 'repair.update', ...facts })]);
  return body.refused[0]?.code ?? null;
}

const approvalOf = async (id: string): Promise<unknown> =>
  (
    await server.database.get<{ day: unknown }>(
      `SELECT payload ->> 'approved_on' AS day FROM repairs WHERE id = $1`,
      [id],
    )
  )?.day;

test('nobody approves an own proposal by a push, and a second person does', async () => {
  const id = await propose(researcher.api);
  for (const by of [rea, 'Ada Admin', ''])
    expect(await codeOf(researcher.api, update('repair', id, {}, { ...approval, approved_by: by }))).toBe(
      'forbidden:own_proposal',
    );
  expect(await approvalOf(id)).toBeNull();
  expect(await codeOf(editor.api, update('repair', id, {}, approval))).toBe(
    'forbidden:approval_needs_researcher',
  );
  expect(await codeOf(admin, update('repair', id, {}, approval))).toBeNull();
  expect(await approvalOf(id)).toBe('2026-03-01');
  // What is approved can be edited by the proposer.
  expect(await codeOf(researcher.api, update('repair', id, {}, { notes: 'Soon' }))).toBeNull();
});

test('a proposal that names its proposer is not approved by them', async () => {
  const id = await propose(editor.api, { proposed_by: rea });
  expect(await codeOf(researcher.api, update('repair', id, {}, approval))).toBe('forbidden:own_proposal');
});

test('nobody creates an approved proposal, also within one push', async () => {
  const id = `repair_${randomUUID()}`;
  const row = create('repair', id, { ...repair, ...approval, approved_by: rea });
  expect(await codeOf(researcher.api, row)).toBe('forbidden:own_proposal');
  const both = operation([create('repair', id, repair), update('repair', id, {}, approval)]);
  expect((await push(researcher.api, [both])).body.refused[0]?.code).toBe('forbidden:own_proposal');
  const following = [[create('repair', id, repair)], [update('repair', id, {}, approval)]];
  const { body } = await push(
    researcher.api,
    following.map((rows) => operation(rows)),
  );
  expect([body.accepted.length, body.refused[0]?.code]).toEqual([1, 'forbidden:own_proposal']);
});

test('the routes follow the same rule', async () => {
  const refusal = (answer: { status: number; body: { error?: { details: unknown } } }) => [
    answer.status,
    answer.body.error?.details,
  ];
  const forbidden = [403, { rule: 'own_proposal' }];
  const created = await researcher.api.post<{ id: string }>('repairs', repair);
  const path = `repairs/${created.body.id}`;
  expect(refusal(await researcher.api.call('PATCH', path, { body: approval }))).toEqual(forbidden);
  expect(refusal(await researcher.api.call('PUT', path, { body: { ...repair, ...approval } }))).toEqual(
    forbidden,
  );
  expect(refusal(await researcher.api.call('POST', 'repairs', { body: { ...repair, ...approval } }))).toEqual(
    forbidden,
  );
  expect((await admin.call('PATCH', path, { body: approval })).status).toBe(200);
});

test('an agent neither approves nor checks nor ends a repair', async () => {
  const id = await propose(researcher.api);
  for (const field of ['approved_on', 'checked_on', 'done_on'])
    expect(
      await codeOf(admin, update('repair', id, {}, { [field]: '2026-03-01' }), {
        params: { agent: 'assistant' },
      }),
    ).toBe('forbidden:agents_never_approve');
});

test('imports, undo, promoted sandboxes and recovered operations bring approvals of others', async () => {
  const id = await propose(researcher.api);
  const approve = update('repair', id, {}, approval);
  for (const facts of [{ label: 'sandbox.promoted' }, { label: 'undo' }]) {
    expect(await codeOf(researcher.api, approve, facts)).toBeNull();
    expect(await codeOf(researcher.api, update('repair', id, approval, {}))).toBeNull();
    const byOneself = update('repair', id, {}, { ...approval, approved_by: rea });
    expect(await codeOf(researcher.api, byOneself, facts)).toBe('forbidden:own_proposal');
  }
  const recovered = { recovers: randomUUID(), author: 'somebody' };
  expect(await codeOf(researcher.api, approve, recovered)).toBeNull();
  const imported = create('repair', `repair_${randomUUID()}`, { ...repair, ...approval });
  expect(await codeOf(researcher.api, imported, { label: 'import' })).toBeNull();
});

test('a restored repair keeps its approval', async () => {
  const id = await propose(researcher.api);
  const approved = { ...repair, ...approval };
  expect(await codeOf(admin, update('repair', id, {}, approval))).toBeNull();
  expect(await codeOf(researcher.api, remove('repair', id, approved))).toBeNull();
  const restore: SyncRow = { action: 'restore', type: 'repair', id, before: null, after: approved };
  expect(await codeOf(researcher.api, restore)).toBeNull();
});

test('a person alone approves, and a server can allow it for everybody', async () => {
  const alone = await startServer();
  const ada = alone.api.as(await bootstrap(alone));
  await push(ada, [operation([create('university', own, { name: 'Own' })])]);
  const row = create('repair', 'repair_alone', { ...repair, ...approval });
  expect(await codeOf(ada, row)).toBeNull();
  await alone.stop();

  const lenient = await startServer({ ownApproval: true });
  const people = await populate(lenient);
  expect(await codeOf(people.researcher.api, row)).toBeNull();
  await lenient.stop();
});
