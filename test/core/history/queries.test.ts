import { describe, expect, test } from 'vitest';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await workspace.as('Edi').entities.update({ type: 'team', id: 'team-a', data: { size: 6 } });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.restore({ type: 'team', id: 'team-b' });
  await ada.history.undo({});
});
const open = async (): Promise<Client> => (await testWorkspace({ template })).as();
type Wanted = Parameters<Client['history']['list']>[0];

describe('the list of transactions', () => {
  test('is newest first, paged, with the total count', async () => {
    const ada = await open();
    const { rows, total } = await ada.history.list({ limit: 1000 });
    expect(total).toBe(rows.length);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted((a, b) => b - a));
    expect((await ada.history.list({ offset: 3, limit: 4 })).rows).toEqual(rows.slice(3, 7));
    expect(rows.at(-1)).toMatchObject({
      label: 'workspace.create',
      id: 1,
      changes: 1,
      actor: { name: 'Ada' },
    });
  });

  test('is filtered by who, what, which record, which university, how and when', async () => {
    const ada = await open();
    const { rows: all } = await ada.history.list({ limit: 1000 });
    const labels = async (wanted: Wanted): Promise<string[]> => {
      const { rows, total } = await ada.history.list({ limit: 1000, ...wanted });
      expect(total).toBe(rows.length);
      return rows.map(({ label, params }) => `${label} ${(params['id'] ?? '') as string}`.trim());
    };
    const edi = all.find(({ actor }) => actor.name === 'Edi')?.actor.id ?? '';
    expect(await labels({ actor: edi })).toEqual(['team.update team-a']);
    expect(await labels({ entity_id: 'team-b' })).toEqual([
      'undo',
      'team.restore team-b',
      'team.delete team-b',
      'team.create team-b',
    ]);
    expect(await labels({ type: 'profile', action: 'create' })).toHaveLength(5);
    expect(await labels({ type: 'team', action: 'restore' })).toEqual(['team.restore team-b']);
    expect(await labels({ university_id: 'uni-b', action: 'delete' })).toEqual([
      'undo',
      'team.delete team-b',
    ]);
    const [newest] = all;
    expect(await labels({ from: newest?.created_at ?? '' })).toEqual(['undo']);
    expect(await labels({ until: all.at(-1)?.created_at ?? '' })).toEqual(['workspace.create']);
    expect(await labels({ entity_id: 'nobody' })).toEqual([]);
  });
});

describe('the changes of a transaction', () => {
  test('are all there, in order and in pages', async () => {
    const ada = await open();
    const also = [
      { type: 'team' as const, ids: ['team-a'] },
      { type: 'project' as const, ids: ['project-b'] },
    ];
    const which = { kind: 'ids' as const, ids: ['student-b'] };
    await resultOf(await ada.entities.removeMany({ type: 'student', which, also }));
    const [removal] = (await ada.history.list({ limit: 1 })).rows;
    const { rows, total, transaction } = await ada.history.changes({ id: removal?.id ?? 0 });
    expect(transaction).toEqual(removal);
    expect(total).toBe(3);
    expect(rows.map(({ action, entity_id, title }) => [action, entity_id, title])).toEqual([
      ['delete', 'student-b', 'Bay student'],
      ['delete', 'team-a', 'Alpine team'],
      ['delete', 'project-b', 'Bay project'],
    ]);
    expect((await ada.history.changes({ id: removal?.id ?? 0, offset: 1, limit: 1 })).rows).toEqual(
      rows.slice(1, 2),
    );
    expect(rows[1]).toMatchObject({ before: { name: 'Alpine team' }, after: null, university_id: 'uni-a' });
  });
});

test('everything that happened to a record, with the transaction that each change belongs to', async () => {
  const ada = await open();
  const { rows, total } = await ada.history.ofRecord({ id: 'team-b' });
  expect(total).toBe(4);
  expect(rows.map(({ change, transaction }) => [change.action, transaction.label])).toEqual([
    ['delete', 'undo'],
    ['restore', 'team.restore'],
    ['delete', 'team.delete'],
    ['create', 'team.create'],
  ]);
  for (const { change, transaction } of rows) {
    const found = await ada.history.changes({ id: transaction.id });
    expect(found.rows).toContainEqual(change);
  }
  expect((await ada.history.ofRecord({ id: 'team-b', offset: 1, limit: 2 })).rows).toEqual(rows.slice(1, 3));
  expect(await ada.history.ofRecord({ id: 'nobody' })).toEqual({ rows: [], total: 0 });
});

test('the chain of hashes is there to read', async () => {
  const ada = await open();
  const { rows } = await ada.history.list({ limit: 1000 });
  expect(new Set(rows.map(({ hash }) => hash)).size).toBe(rows.length);
  for (const { hash } of rows) expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

test('the log names the agent with its person, and a person who undoes the change alone', async () => {
  const { core } = await testWorkspace();
  const session = core.session();
  const [person, agent] = [core.client(session), core.client({ ...session, agent: 'Claude' })];
  await agent.entities.create({ type: 'university', id: 'uni_1', data: { name: 'Summit' } });
  const { actor } = (await agent.history.list({ limit: 1 })).rows[0] ?? {};
  expect(actor).toEqual({ id: session.profile, name: actor?.name, agent: 'Claude' });
  // To undo, the person counts: the change is theirs.
  await person.history.undo({});
  const { rows } = await person.history.list({ limit: 2 });
  expect(rows.map((row) => row.actor.agent)).toEqual([undefined, 'Claude']);
  expect((await person.history.steps({})).redo[0]?.actor.agent).toBeUndefined();
  expect(await verified(person)).toMatchObject({ ok: true });
});
