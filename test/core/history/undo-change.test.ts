import { describe, expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const teamA = { type: 'team', id: 'team-a' } as const;

/** The op id of a call that changed something. */
async function made(call: Promise<{ op_id: string | null }>): Promise<string> {
  const { op_id } = await call;
  if (op_id === null) throw new Error('it changed nothing');
  return op_id;
}

async function open() {
  const workspace = await testWorkspace({ template });
  const [ada, rea, edi, vic] = [
    workspace.as(),
    workspace.as('Rea'),
    workspace.as('Edi'),
    workspace.as('Vic'),
  ];
  const set = async (client: Client, data: Record<string, string | number>): Promise<string> =>
    (await client.entities.update({ ...teamA, data })).op_id as string;
  const stored = async () => (await ada.entities.find({ id: 'team-a' })).payload;
  const entries = async (): Promise<number> => (await ada.history.list({ limit: 1 })).total;
  return { workspace, ada, rea, edi, vic, set, stored, entries };
}

describe('undoing one change by itself', () => {
  test('takes back an older one and nothing that came after it, as a change that names it', async () => {
    const { ada, set, stored, workspace } = await open();
    const op_id = await set(ada, { size: 9 });
    await set(ada, { experience: 3 });
    await ada.entities.create({ type: 'team', data: { name: 'Later' } });
    const undone = await ada.history.undoChange({ op_id });
    expect(undone).toMatchObject({ label: 'team.update', changes: 1, left: [] });
    expect(await stored()).toMatchObject({ size: 5, experience: 3 });
    const [undo] = (await ada.history.list({ limit: 1 })).rows;
    expect(undo).toMatchObject({ op_id: undone.op_id, label: 'undo', undoes: op_id });
    expect((await ada.history.list({ op_id })).rows).toMatchObject([{ undone: true }]);
    await ada.history.redo({});
    expect(await stored()).toMatchObject({ size: 9, experience: 3 });
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('a redone change is undone first, whatever its age', async () => {
    const { ada, set, stored } = await open();
    const op_id = await set(ada, { size: 9 });
    await set(ada, { experience: 3 });
    await ada.history.undoChange({ op_id });
    await ada.history.redo({});
    const { undo } = await ada.history.steps({});
    expect(undo[0]).toMatchObject({ op_id, blocked: null });
    expect(undo.filter((one) => one.op_id === op_id)).toHaveLength(1);
    expect((await ada.history.undo({ expect: op_id })).label).toBe('team.update');
    expect(await stored()).toMatchObject({ size: 5, experience: 3 });
    await ada.history.undo({});
    expect(await stored()).not.toMatchObject({ experience: 3 });
  });

  test('then undo continues with the change before, even if somebody else undid it', async () => {
    const { ada, rea, set } = await open();
    await set(ada, { description: 'first' });
    const op_id = await set(ada, { size: 9 });
    await rea.history.undoChange({ op_id });
    await set(rea, { size: 8 });
    expect((await ada.history.nextSteps({})).undo?.params).toMatchObject({ fields: ['description'] });
    expect((await ada.history.steps({})).undo.find(({ blocked }) => blocked === null)?.params).toMatchObject({
      fields: ['description'],
    });
  });

  test.each([
    ['changed again', { size: 7 }],
    ['set to the same again, over another value', { size: 9 }],
  ])('is refused with nothing written where a field was %s since', async (_, last) => {
    const { ada, rea, set, stored, entries } = await open();
    const op_id = await set(ada, { size: 9, description: 'x' });
    await set(rea, { size: 8 });
    await set(rea, last);
    const before = await entries();
    const { data } = await refused('UNDO_CONFLICT', ada.history.undoChange({ op_id }));
    expect(data).toEqual({
      op_id,
      conflicts: [{ ...teamA, title: 'Alpine team', field: 'size', reason: 'changed_since' }],
    });
    expect(await stored()).toMatchObject({ ...last, description: 'x' });
    expect(await entries()).toBe(before);
  });

  test('of a new record is refused if it was changed or is in use', async () => {
    const { ada, rea } = await open();
    const op_id = await made(ada.entities.create({ type: 'team', id: 'new', data: { name: 'New' } }));
    await rea.entities.create({ type: 'interface', id: 'l', data: { from: 'new', to: 'team-b' } });
    const used = await refused('UNDO_CONFLICT', ada.history.undoChange({ op_id }));
    expect(used.data.conflicts).toMatchObject([{ id: 'new', field: null, reason: 'in_use' }]);
    await rea.entities.update({ type: 'team', id: 'new', data: { size: 7 } });
    const changed = await refused('UNDO_CONFLICT', ada.history.undoChange({ op_id }));
    expect(changed.data.conflicts).toMatchObject([{ id: 'new', field: null, reason: 'changed_since' }]);
  });
});

describe('permissions', () => {
  test('require the permission for the change, whoever made it', async () => {
    const { ada, edi, vic, set, stored, entries } = await open();
    const own = await set(ada, { size: 9 });
    const foreign =
      (await ada.entities.update({ type: 'team', id: 'team-b', data: { size: 9 } })).op_id ?? '';
    const before = await entries();
    await refused('FORBIDDEN', vic.history.undoChange({ op_id: own }));
    await refused('FORBIDDEN', edi.history.undoChange({ op_id: foreign }));
    expect(await entries()).toBe(before);
    await edi.history.undoChange({ op_id: own });
    expect(await stored()).toMatchObject({ size: 5 });
  });

  test('exclude viewers, who learn that before anything is read', async () => {
    const { ada, vic, set } = await open();
    const op_id = await set(ada, { size: 9 });
    await set(ada, { size: 8 });
    for (const wanted of [op_id, 'nobody']) {
      const { data } = await refused('FORBIDDEN', vic.history.undoChange({ op_id: wanted }));
      expect(data).toEqual({ rule: 'viewers_read_only', type: 'transaction', id: wanted });
    }
  });
});
