import { expect, test } from 'vitest';
import { refused } from '../../support/refusal.ts';
import { testWorkspace } from '../../support/workspace.ts';

/** Ada, an admin, and Bob, a researcher, on a workspace with one university and two teams. */
async function open() {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  await ada.workspace.createProfile({ name: 'Bob', role: 'researcher' });
  await ada.entities.create({ type: 'university', id: 'u', data: { name: 'U' } });
  for (const id of ['a', 'b']) {
    await ada.entities.create({ type: 'team', id, data: { name: id, university_id: 'u', size: 5 } });
  }
  return { workspace, ada, bob: workspace.as('Bob') };
}

const team = (id: string) => ({ type: 'team', id }) as const;

test('undo takes the change named by the state, even if others emptied a later one', async () => {
  const { ada, bob } = await open();
  await ada.entities.create({ type: 'team', id: 'c', data: { name: 'c' } });
  await ada.entities.update({ ...team('b'), data: { name: 'B1' } });
  await bob.entities.update({ ...team('b'), data: { name: 'b' } });
  const { undo } = await ada.history.nextSteps({});
  expect(undo).toMatchObject({ label: 'team.create', params: { id: 'c' } });
  const done = await ada.history.undo({ expect: undo?.op_id });
  expect(done).toMatchObject({ label: 'team.create', params: { id: 'c' } });
});

test('undo refuses to take back another change than the caller means', async () => {
  const { ada } = await open();
  const before = await ada.history.nextSteps({});
  await ada.entities.update({ ...team('a'), data: { size: 9 } });
  const { data } = await refused('UNDO_CHANGED', ada.history.undo({ expect: before.undo?.op_id }));
  expect(data.next).toBe((await ada.history.nextSteps({})).undo?.op_id);
  expect((await ada.entities.get(team('a'))).payload.size).toBe(9);
  await refused('UNDO_CHANGED', ada.history.redo({ expect: 'nothing of the kind' }));
});

test('a change that cannot be undone can be passed over, and stays to be undone later', async () => {
  const { ada, bob } = await open();
  const created = await ada.entities.create({ type: 'team', id: 'c', data: { name: 'c' } });
  const stuck = await ada.entities.update({ ...team('b'), data: { size: 9 } });
  await bob.entities.remove(team('b'));
  const { data, message } = await refused('UNDO_CONFLICT', ada.history.undo({ on_conflict: 'overwrite' }));
  expect(message).toContain('deleted since');
  expect(data.op_id).toBe(stuck.op_id);
  const skip = [data.op_id];
  expect((await ada.history.nextSteps({ skip })).undo?.op_id).toBe(created.op_id);
  expect(await ada.history.undo({ skip })).toMatchObject({ label: 'team.create', left: [] });
  await bob.entities.restore(team('b'));
  expect(await ada.history.undo({})).toMatchObject({ label: 'team.update' });
  expect((await ada.entities.get(team('b'))).payload.size).toBe(5);
});

test('a field named __proto__ is an ordinary field', async () => {
  const { ada, workspace } = await open();
  const data = JSON.parse('{"name": "x", "__proto__": {"deep": 1}}') as Record<string, string>;
  await ada.entities.create({ type: 'team', id: 'p', data });
  const payload = async (): Promise<string> => JSON.stringify((await ada.entities.get(team('p'))).payload);
  expect(await payload()).toContain('"__proto__":{"deep":1}');
  await ada.entities.update({ ...team('p'), data: JSON.parse('{"__proto__": 2}') as Record<string, number> });
  expect(await payload()).toContain('"__proto__":2');
  expect(await ada.history.undo({})).toMatchObject({ label: 'team.update' });
  expect(await payload()).toContain('"__proto__":{"deep":1}');
  expect((await workspace.verify()).ok).toBe(true);
});

test('JSON nested beyond all measure is refused as invalid', async () => {
  const { ada } = await open();
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as [];
  const { data } = await refused(
    'INVALID',
    ada.entities.create({ type: 'team', data: { name: 'x', meta: deep } }),
  );
  expect(data.issues[0]?.path).toContain('meta');
});

test('deleting a university empties the profiles that belong to it, and restoring fills them again', async () => {
  const { ada, workspace } = await open();
  const { id } = await ada.workspace.createProfile({ name: 'Eve', role: 'editor', university_id: 'u' });
  const eve = async () => (await ada.workspace.profiles({})).find((profile) => profile.id === id);
  await ada.entities.remove({ type: 'university', id: 'u', with_contents: true });
  expect((await eve())?.university_id).toBeNull();
  await ada.entities.restore({ type: 'university', id: 'u' });
  expect((await eve())?.university_id).toBe('u');
  expect((await workspace.verify()).ok).toBe(true);
});

test('undo keeps a profile that has made changes, and removes an unused one', async () => {
  const { workspace, ada } = await open();
  const eve = await ada.workspace.createProfile({ name: 'Eve', role: 'researcher' });
  await workspace.as('Eve').entities.create({ type: 'team', id: 'e', data: { name: 'e' } });
  const { data } = await refused('UNDO_CONFLICT', ada.history.undo({}));
  expect(data.conflicts).toMatchObject([{ id: eve.id, reason: 'in_use' }]);

  const dan = await ada.workspace.createProfile({ name: 'Dan', role: 'researcher' });
  await ada.history.undo({});
  expect((await ada.workspace.profiles({})).map(({ id }) => id)).not.toContain(dan.id);
});
