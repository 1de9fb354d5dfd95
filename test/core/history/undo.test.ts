import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const teamA = { type: 'team', id: 'team-a' } as const;

async function open(): Promise<{
  ada: Client;
  rea: Client;
  workspace: Awaited<ReturnType<typeof testWorkspace>>;
}> {
  const workspace = await testWorkspace({ template });
  return { workspace, ada: workspace.as(), rea: workspace.as('Rea') };
}
const payload = async (client: Client, id: string): Promise<JsonObject> =>
  (await client.entities.find({ id })).payload;
const isDeleted = async (client: Client, id: string): Promise<boolean> =>
  (await client.entities.find({ id })).deleted_at !== null;

describe('a record that others restored, changed and deleted again', () => {
  async function deletedAnew() {
    const { ada, rea } = await open();
    await ada.entities.remove({ ...teamA, with_contents: true });
    await rea.entities.restore(teamA);
    await rea.entities.update({ ...teamA, data: { size: 7 } });
    await rea.entities.remove({ ...teamA, with_contents: true });
    return { ada, rea };
  }

  test.each(['ask', 'leave'] as const)('is not restored with their values: %s', async (on_conflict) => {
    const { ada } = await deletedAnew();
    const { data } = await refused('UNDO_CONFLICT', ada.history.undo({ on_conflict }));
    expect(data.conflicts).toContainEqual(
      expect.objectContaining({ id: 'team-a', field: null, reason: 'changed_since' }),
    );
    expect(await isDeleted(ada, 'team-a')).toBe(true);
    expect(await payload(ada, 'team-a')).toMatchObject({ size: 7 });
  });

  test('is restored as it was on request', async () => {
    const { ada } = await deletedAnew();
    await ada.history.undo({ on_conflict: 'overwrite' });
    expect(await isDeleted(ada, 'team-a')).toBe(false);
    expect(await payload(ada, 'team-a')).toMatchObject({ size: 5 });
  });
});

describe('undo', () => {
  test('is a new transaction that names the change, so that history only grows', async () => {
    const { ada } = await open();
    const { op_id } = await ada.entities.update({ ...teamA, data: { size: 9 } });
    const undone = await ada.history.undo({});
    expect(undone).toMatchObject({
      label: 'team.update',
      params: { title: 'Alpine team' },
      changes: 1,
      left: [],
    });
    const [undo, change] = (await ada.history.list({ limit: 2 })).rows;
    expect(undo).toMatchObject({
      op_id: undone.op_id,
      label: 'undo',
      undoes: op_id,
      redoes: null,
      undone: false,
    });
    expect(undo?.params).toMatchObject({ label: 'team.update' });
    expect(change).toMatchObject({ op_id, undone: true });
    const redone = await ada.history.redo({});
    const [redo] = (await ada.history.list({ limit: 1 })).rows;
    expect(redo).toMatchObject({ op_id: redone.op_id, label: 'redo', undoes: null, redoes: op_id });
    expect((await ada.history.list({ limit: 3 })).rows[2]).toMatchObject({ op_id, undone: false });
  });
});

describe('values changed by others since', () => {
  test('stay and are reported; the rest is undone', async () => {
    const { ada, rea } = await open();
    await ada.entities.update({ ...teamA, data: { size: 9, description: 'Ada' } });
    await rea.entities.update({ ...teamA, data: { description: 'Rea' } });
    const { left } = await ada.history.undo({ on_conflict: 'leave' });
    expect(left).toEqual([{ ...teamA, title: 'Alpine team', field: 'description', reason: 'changed_since' }]);
    expect(await payload(ada, 'team-a')).toMatchObject({ size: 5, description: 'Rea' });
  });

  test('cause a question: nothing changes until decided', async () => {
    const { ada, rea } = await open();
    await ada.entities.update({ ...teamA, data: { size: 9, description: 'Ada' } });
    await rea.entities.update({ ...teamA, data: { description: 'Rea' } });
    const { data } = await refused('UNDO_CONFLICT', ada.history.undo({ on_conflict: 'ask' }));
    expect(data.conflicts).toMatchObject([{ id: 'team-a', field: 'description', reason: 'changed_since' }]);
    expect(await payload(ada, 'team-a')).toMatchObject({ size: 9, description: 'Rea' });
    expect((await ada.history.undo({ on_conflict: 'overwrite' })).left).toEqual([]);
    expect(await payload(ada, 'team-a')).toEqual({ ...(await payload(ada, 'team-a')), size: 5 });
    expect(await payload(ada, 'team-a')).not.toHaveProperty('description');
  });

  test('when nothing is left to undo, undo fails rather than do nothing', async () => {
    const { ada, rea } = await open();
    await ada.entities.update({ ...teamA, data: { size: 9 } });
    await rea.entities.update({ ...teamA, data: { size: 10 } });
    await refused('UNDO_CONFLICT', ada.history.undo({ on_conflict: 'leave' }));
    expect(await payload(ada, 'team-a')).toMatchObject({ size: 10 });
  });

  test('a new record that others depend on is not removed', async () => {
    const { ada, rea } = await open();
    await ada.entities.create({ type: 'team', id: 'new', data: { name: 'New' } });
    await rea.entities.create({ type: 'interface', id: 'l', data: { from: 'new', to: 'team-b' } });
    const { data } = await refused('UNDO_CONFLICT', ada.history.undo({}));
    expect(data.conflicts).toMatchObject([{ id: 'new', field: null, reason: 'in_use' }]);
    await ada.history.undo({ on_conflict: 'overwrite' });
    expect(await isDeleted(ada, 'new')).toBe(true);
    expect(await ada.entities.find({ id: 'l' })).toMatchObject({ deleted_at: null, hidden: true });
  });

  test('a restored record is blocked only by dependants added since', async () => {
    const { ada, rea } = await open();
    await ada.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
    await ada.entities.restore({ type: 'university', id: 'uni-a' });
    expect((await ada.history.undo({ on_conflict: 'ask' })).left).toEqual([]);
    await ada.history.redo({ on_conflict: 'ask' });
    await rea.entities.update({ type: 'student', id: 'student-a', data: { name: 'Renamed' } });
    await ada.history.undo({ on_conflict: 'ask' });
    await ada.history.redo({ on_conflict: 'ask' });
    await rea.entities.remove({ type: 'interface', id: 'link' });
    await rea.history.undo({});
    await ada.history.undo({ on_conflict: 'ask' });
    await ada.history.redo({ on_conflict: 'ask' });
    await rea.entities.update({ type: 'interface', id: 'link', data: { from: 'project-a' } });
    const { data } = await refused('UNDO_CONFLICT', ada.history.undo({ on_conflict: 'ask' }));
    expect(data.conflicts).toMatchObject([{ id: 'uni-a', field: null, reason: 'in_use' }]);
  });

  test('a restored reference to a deleted record dangles until that is restored', async () => {
    const { ada, rea } = await open();
    await ada.entities.update({
      type: 'student',
      id: 'student-a',
      data: { team_id: 'team-b', is_lead: true },
    });
    await rea.entities.remove({ type: 'team', id: 'team-a' });
    expect((await ada.history.undo({})).left).toEqual([]);
    expect(await payload(ada, 'student-a')).toMatchObject({ team_id: null, is_lead: false });
    await rea.entities.restore(teamA);
    expect(await payload(ada, 'student-a')).toMatchObject({ team_id: 'team-a' });
  });
});

describe('a change that others have undone already', () => {
  test.each(['ask', 'leave', 'overwrite'] as const)(
    'is passed over, so that it is not in the way for ever (%s)',
    async (on_conflict) => {
      const { ada, rea } = await open();
      await ada.entities.update({ ...teamA, data: { size: 9 } });
      await ada.entities.create({ type: 'team', id: 'new', data: { name: 'New' } });
      await rea.entities.remove({ type: 'team', id: 'new' });
      expect(await ada.history.undo({ on_conflict })).toMatchObject({
        label: 'team.update',
        left: [],
        changes: 1,
      });
      expect(await payload(ada, 'team-a')).toMatchObject({ size: 5 });
    },
  );
});

test('a change of a record deleted since cannot be undone until it is restored', async () => {
  const { ada, rea } = await open();
  await rea.entities.update({ ...teamA, data: { size: 9 } });
  await ada.entities.remove(teamA);
  for (const on_conflict of ['ask', 'leave', 'overwrite'] as const) {
    const { data } = await refused('UNDO_CONFLICT', rea.history.undo({ on_conflict }));
    expect(data.conflicts).toMatchObject([{ id: 'team-a', reason: 'deleted_since' }]);
  }
  await ada.entities.restore(teamA);
  await rea.history.undo({});
  expect(await payload(ada, 'team-a')).toMatchObject({ size: 5 });
});

test('undoing a profile takes away its right to act', async () => {
  const { ada, workspace } = await open();
  await ada.workspace.createProfile({ name: 'Guest', role: 'admin' });
  const guest = workspace.as('Guest');
  await ada.history.undo({});
  await refused('UNKNOWN_ACTOR', guest.entities.create({ type: 'university', data: { name: 'N' } }));
  await ada.history.redo({});
  await guest.entities.create({ type: 'university', data: { name: 'N' } });
  expect((await workspace.verify()).ok).toBe(true);
});

test('an import is one change to undo and redo', async () => {
  const { ada, workspace } = await open();
  const { writeFileSync } = await import('node:fs');
  const path = `${workspace.folder}/../in.json`;
  const teams = Array.from({ length: 30 }, (_, index) => ({ id: `i${index}`, name: `I${index}` }));
  writeFileSync(
    path,
    JSON.stringify({ teams, faculty: [], projects: [], interfaces: [{ id: 'il', from: 'i1', to: 'i2' }] }),
  );
  const grant = workspace.core.grants.issue(path, 'read');
  for await (const _ of await ada.transfer.importFile({ grant, force: true })) continue;
  const count = async (): Promise<number> => (await ada.entities.counts({})).teams ?? 0;
  const after = await count();
  expect((await ada.history.undo({})).changes).toBe(31);
  expect(await count()).toBe(after - 30);
  expect((await ada.history.redo({})).changes).toBe(31);
  expect(await count()).toBe(after);
});
