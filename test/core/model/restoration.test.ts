import { expect, test } from 'vitest';
import type { EntityType } from '#shared/domain/types.ts';
import { stateOf } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  const make = (type: EntityType, id: string, data: Record<string, string> = {}): Promise<unknown> =>
    ada.entities.create({ type, id, data: { name: id, ...data } });
  for (const id of ['a', 'b']) await make('university', id);
  await make('project', 'project', { university_id: 'a' });
  await make('team', 'team', { university_id: 'a', project_id: 'project' });
  await make('team', 'other', { university_id: 'b' });
  await make('student', 'student', { university_id: 'a', team_id: 'team' });
  await make('student', 'guest', { university_id: 'b', team_id: 'team' });
  await make('student', 'exchange', { university_id: 'a', team_id: 'other' });
  await make('interface', 'link', { from: 'team', to: 'other' });
});

test.each([
  ['team', 'team', {}],
  ['university', 'a', { projects: 1, teams: 1, students: 2 }],
] as const)(
  'a %s is restored by one change, and all that was hidden with it is visible',
  async (type, id, contents) => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const all = async () => (await ada.entities.links({ id: 'other' })).rows;
    const [before, links] = [stateOf(workspace), await all()];
    await ada.entities.remove({ type, id, with_contents: true });
    expect(await all()).toEqual([]);
    const restored = await ada.entities.restore({ type, id });
    expect(restored).toMatchObject({ links: 1, contents, record: { deleted_at: null, hidden: false } });
    expect(stateOf(workspace)).toEqual(before);
    expect(await all()).toEqual(links);
    const [newest] = (await ada.history.list({ limit: 1 })).rows;
    expect(newest).toMatchObject({ op_id: restored.op_id, label: `${type}.restore`, changes: 1 });
    expect((await workspace.verify()).ok).toBe(true);
  },
);

test('an interface stays hidden while one of its ends is deleted', async () => {
  const ada = (await testWorkspace({ template })).as();
  const hidden = async (): Promise<boolean> => (await ada.entities.find({ id: 'link' })).hidden;
  await ada.entities.remove({ type: 'team', id: 'team' });
  await ada.entities.remove({ type: 'university', id: 'b', with_contents: true });
  expect((await ada.entities.restore({ type: 'team', id: 'team' })).links).toBe(0);
  expect(await hidden()).toBe(true);
  expect((await ada.entities.restore({ type: 'university', id: 'b' })).links).toBe(1);
  expect(await hidden()).toBe(false);
});

test('a student who has joined another team since stays there', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'team', id: 'team' });
  await ada.entities.update({ type: 'student', id: 'guest', data: { team_id: 'other' } });
  await ada.entities.restore({ type: 'team', id: 'team' });
  expect((await ada.entities.find({ id: 'guest' })).payload).toMatchObject({ team_id: 'other' });
  expect((await ada.entities.find({ id: 'student' })).payload).toMatchObject({ team_id: 'team' });
});

test('records of a deleted university cannot be restored alone', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'project', id: 'project' });
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  const { data } = await refused('INVALID', ada.entities.restore({ type: 'project', id: 'project' }));
  expect(data.issues[0]).toMatchObject({ path: 'university_id', code: 'dangling' });
});

test('a record that is only hidden names the hiding one, or that one is restored', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const before = stateOf(workspace);
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  const { data, message } = await refused('INVALID', ada.entities.restore({ type: 'team', id: 'team' }));
  expect(data.issues).toMatchObject([{ path: 'university_id', code: 'dangling', gone: { id: 'a' } }]);
  expect(message).toContain('needs "a" (a), which is deleted or hidden: restore it first');
  const asked = { type: 'team', id: 'team', with_references: true } as const;
  expect((await ada.entities.restore(asked)).record).toMatchObject({ hidden: false });
  expect(stateOf(workspace)).toEqual(before);
});

test('the records that would hide a link are named, or restored with it', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.remove({ type: 'interface', id: 'link' });
  await ada.entities.remove({ type: 'team', id: 'team' });
  await ada.entities.remove({ type: 'university', id: 'b', with_contents: true });
  const { data } = await refused('INVALID', ada.entities.restore({ type: 'interface', id: 'link' }));
  expect(data.issues.map(({ path, gone }) => [path, gone?.id])).toEqual([
    ['from', 'team'],
    ['to.university_id', 'b'],
  ]);
  const asked = { type: 'interface', id: 'link', with_references: true } as const;
  expect((await ada.entities.restore(asked)).record).toMatchObject({ hidden: false, deleted_at: null });
  expect((await ada.history.list({ limit: 1 })).rows[0]).toMatchObject({ changes: 3 });
  expect((await workspace.verify()).ok).toBe(true);
});

test('a link is restored with its ends on request, in one change', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const before = stateOf(workspace);
  await ada.entities.remove({ type: 'interface', id: 'link' });
  for (const id of ['team', 'other']) await ada.entities.remove({ type: 'team', id });
  const gone = stateOf(workspace);
  const asked = { type: 'interface', id: 'link', with_references: true } as const;
  expect(await ada.entities.restore(asked)).toMatchObject({ links: 0, record: { deleted_at: null } });
  expect(stateOf(workspace)).toEqual(before);
  const [newest] = (await ada.history.list({ limit: 1 })).rows;
  expect(newest).toMatchObject({
    label: 'interface.restore',
    params: { title: 'team → other', links: 0, contents: 2 },
  });
  await ada.history.undo({ on_conflict: 'ask' });
  expect(stateOf(workspace)).toEqual(gone);
  expect((await workspace.verify()).ok).toBe(true);
});

test('restoring can be undone completely', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  const gone = stateOf(workspace);
  await ada.entities.restore({ type: 'university', id: 'a' });
  const back = stateOf(workspace);
  await ada.history.undo({ on_conflict: 'ask' });
  expect(stateOf(workspace)).toEqual(gone);
  await ada.history.redo({ on_conflict: 'ask' });
  expect(stateOf(workspace)).toEqual(back);
});
