import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lawRuns } from '#test/support/law-runs.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

/** Ada is the admin; nobody else is able to approve. */
const alone = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  await ada.entities.create({ type: 'team', id: 'power', data: { name: 'Power', university_id: 'uni' } });
  await ada.workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'uni' });
});

const addRea = (workspace: TestWorkspace) =>
  workspace.as().workspace.createProfile({ name: 'Rea', role: 'researcher' });

const propose = (client: Client, id = 'repair', more: object = {}) =>
  client.entities.create({
    type: 'repair',
    id,
    data: { name: 'Pair two teams', university_id: 'uni', ...more },
  });

const repairOf = async (client: Client, id = 'repair') =>
  (await client.entities.get({ type: 'repair', id })).payload;

test('a lone researcher approves an own repair, and withdraws that', async () => {
  const workspace = await testWorkspace({ template: alone });
  const ada = workspace.as();
  expect(await ada.repairs.approval({})).toEqual({
    four_eyes: false,
    is_default: true,
    by_server: false,
    approvers: 1,
  });
  await propose(ada);
  const { record, op_id } = await ada.repairs.approve({ id: 'repair' });
  expect(record.derived['state']).toBe('approved');
  expect(record.payload).toMatchObject({ proposed_by: 'Ada', approved_by: 'Ada' });
  expect(record.payload['approved_on']).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(op_id).not.toBeNull();
  expect((await ada.repairs.approve({ id: 'repair' })).op_id).toBeNull();
  const withdrawn = await ada.repairs.approve({ id: 'repair', withdraw: true });
  expect(withdrawn.record.derived['state']).toBe('proposed');
  expect(await ada.history.undo({})).toMatchObject({ label: 'repair.unapproved' });
  expect((await repairOf(ada))['approved_by']).toBe('Ada');
  expect((await workspace.verify()).ok).toBe(true);
});

test('with two researchers, the proposer approves in no way, and the second person does', async () => {
  const workspace = await testWorkspace({ template: alone });
  await addRea(workspace);
  const [ada, rea] = [workspace.as(), workspace.as('Rea')];
  expect(await rea.repairs.approval({})).toEqual({
    four_eyes: true,
    is_default: true,
    by_server: false,
    approvers: 2,
  });
  await propose(ada);
  const data = { approved_on: '2026-03-01' };
  const forged = ada.entities.update({ type: 'repair', id: 'repair', data: { approved_by: 'Rea' } });
  expect((await refused('INVALID', forged)).data.issues[0]?.code).toBe('by_agreement');
  const update = { kind: 'update', type: 'repair', id: 'repair', data } as const;
  const own = [
    ada.repairs.approve({ id: 'repair' }),
    ada.entities.update({ type: 'repair', id: 'repair', data }),
    ada.entities.applyChanges({ changes: [update] }),
    resultOf(ada.entities.setFields({ type: 'repair', which: { kind: 'ids', ids: ['repair'] }, data })),
    propose(ada, 'other', data),
  ];
  for (const call of own) expect((await refused('FORBIDDEN', call)).data.rule).toBe('own_proposal');
  const renamed = ada.entities.update({ type: 'repair', id: 'repair', data: { proposed_by: 'Edi' } });
  expect((await refused('FORBIDDEN', renamed)).data.rule).toBe('own_name_only');
  expect((await rea.repairs.approve({ id: 'repair' })).record.payload['approved_by']).toBe('Rea');
  await ada.repairs.approve({ id: 'repair', withdraw: true });
});

test('an admin sets whether a second person must approve, in live', async () => {
  const workspace = await testWorkspace({ template: alone });
  await addRea(workspace);
  const [ada, rea] = [workspace.as(), workspace.as('Rea')];
  await propose(rea);
  const set = (client: Client, four_eyes: boolean | null) => client.repairs.setApproval({ four_eyes });
  expect((await refused('FORBIDDEN', set(rea, false))).data.rule).toBe('approval_rule_needs_admin');
  expect(await set(ada, false)).toMatchObject({ four_eyes: false, is_default: false });
  expect((await set(ada, false)).op_id).toBeNull();
  await rea.repairs.approve({ id: 'repair' });
  expect(await set(ada, null)).toMatchObject({ four_eyes: true, is_default: true });
  const play = clientOf(await openSandbox(workspace, (await take(ada, 'Play')).id));
  await refused('FORBIDDEN', set(play, false));
  expect(await ada.history.undo({})).toMatchObject({ label: 'repairs.approval' });
});

test('an import does not approve an own repair either, but brings approved ones of another workspace', async () => {
  const workspace = await testWorkspace({ template: alone });
  await addRea(workspace);
  const ada = workspace.as();
  await propose(ada);
  const importRepair = (id: string) => {
    const path = join(workspace.folder, '..', `${id}.json`);
    const repairs = [{ id, name: 'Pair two teams', university_id: 'uni', approved_on: '2026-03-01' }];
    writeFileSync(path, JSON.stringify({ repairs }));
    const grant = workspace.core.grants.issue(path, 'read');
    return resultOf(ada.transfer.importFile({ grant, force: true, backup: false }));
  };
  expect((await refused('FORBIDDEN', importRepair('repair'))).data.rule).toBe('own_proposal');
  await importRepair('other');
  expect((await repairOf(ada, 'other'))['approved_on']).toBe('2026-03-01');
});

test('a promoted approval of another person stays', async () => {
  const workspace = await testWorkspace({ template: alone });
  await addRea(workspace);
  const ada = workspace.as();
  const { id } = await take(ada, 'Play');
  const core = await openSandbox(workspace, id);
  await propose(clientOf(core));
  await core.client(core.session('Rea')).repairs.approve({ id: 'repair' });
  await core.close();
  await resultOf(ada.sandboxes.promote({ id }));
  expect(await repairOf(ada)).toMatchObject({ proposed_by: 'Ada', approved_by: 'Rea' });
});

test('approving ends, and checking begins, when the repair is done', async () => {
  const workspace = await testWorkspace({ template: alone });
  const ada = workspace.as();
  await propose(ada);
  const problemOf = async (call: Promise<unknown>) => (await refused('INVALID', call)).data.issues[0];
  expect(await problemOf(ada.repairs.check({ id: 'repair' }))).toMatchObject({ code: 'repair_open' });
  await resultOf(ada.repairs.markDone({ id: 'repair' }));
  expect(await problemOf(ada.repairs.approve({ id: 'repair' }))).toMatchObject({ code: 'repair_done' });
  expect((await ada.repairs.check({ id: 'repair' })).record.derived['state']).toBe('checked');
  await ada.repairs.check({ id: 'repair', withdraw: true });
  await refused('NOT_FOUND', ada.repairs.approve({ id: 'none' }));
  expect((await refused('FORBIDDEN', workspace.as('Edi').repairs.check({ id: 'repair' }))).data.rule).toBe(
    'approval_needs_researcher',
  );
});

const agreed = { approved_on: '2026-03-01', approved_by: 'Ada', checked_on: '2026-03-02', checked_by: 'Ada' };
const field = fc.constantFrom(...(Object.keys(agreed) as (keyof typeof agreed)[]));
type Deed = (client: Client) => Promise<unknown>;
const target = { type: 'repair', id: 'repair' } as const;
const deeds: fc.Arbitrary<Deed>[] = [
  fc.constant((client) => client.repairs.approve({ id: 'repair' })),
  fc.constant((client) => client.repairs.check({ id: 'repair' })),
  fc.constant((client) => resultOf(client.repairs.markDone({ id: 'repair' }))),
  fc.constant((client) => client.entities.remove(target)),
  fc.constant((client) => client.entities.restore(target)),
  fc.constant((client) => client.history.undo({})),
  fc.constant(async (client) => {
    const [newest] = (await client.history.list({ entity_id: 'repair', limit: 1 })).rows;
    return client.history.undoChange({ op_id: newest?.op_id ?? '' });
  }),
  fc.constant((client) => client.workspace.createProfile({ name: 'New', role: 'admin' })),
  fc.constant((client) => client.repairs.setApproval({ four_eyes: false })),
  field.map((key) => (client) => client.entities.update({ ...target, data: { [key]: agreed[key] } })),
  field.map((key) => (client) => propose(client, `other_${key}`, { [key]: agreed[key] })),
  field.map(
    (key) => (client) =>
      client.entities.applyChanges({
        changes: [{ kind: 'update', ...target, data: { done_on: '2026-03-01', [key]: agreed[key] } }],
      }),
  ),
];
/** A repair whose approval and check were withdrawn, so that undo could bring them back. */
const withdrawn = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  await ada.workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'uni' });
  await propose(ada);
  await ada.repairs.approve({ id: 'repair' });
  await resultOf(ada.repairs.markDone({ id: 'repair' }));
  await ada.repairs.check({ id: 'repair' });
  await ada.repairs.check({ id: 'repair', withdraw: true });
  await ada.entities.update({ ...target, unset: ['approved_on', 'approved_by', 'done_on'] });
});

const deed = fc.tuple(fc.boolean(), fc.oneof(...deeds));

test('no calls of agents and editors set an approval or a check', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 10 }), (steps) =>
      withWorkspace(withdrawn, async (workspace) => {
        const { core } = workspace;
        const agent = core.client({ ...core.session(), agent: 'Helper' });
        const editor = workspace.as('Edi');
        for (const [isAgent, run] of steps) await run(isAgent ? agent : editor).catch(() => null);
        const { rows } = await workspace.as().entities.list({ type: 'repair', deleted: 'with' });
        for (const { payload } of rows)
          for (const key of Object.keys(agreed)) expect(payload[key] ?? null, key).toBeNull();
      }),
    ),
    { numRuns: lawRuns(60) },
  );
});
