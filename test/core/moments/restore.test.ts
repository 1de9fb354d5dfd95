import { describe, expect, test } from 'vitest';
import type { RestoreResult } from '#shared/contract/moments.ts';
import { essence } from '#test/support/live.ts';
import { openAt, rowsIn } from '#test/support/moments.ts';
import { refusalIn, refused } from '#test/support/refusal.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.checkpoints.create({ name: 'Then' });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { name: 'Zenith', size: 9 } });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.create({ type: 'team', id: 'team-c', data: { name: 'Cirrus' } });
});

type Asked = Partial<Parameters<Client['moments']['restore']>[0]>;
const back = async (client: Client, ids: string[] | null, more: Asked = {}): Promise<RestoreResult> =>
  resultOf(await client.moments.restore({ at: 'Then', ids, ...more }));
const shown = ({ records }: RestoreResult) => records.map(({ id, action, added }) => [id, action, added]);

describe('records go back to a moment', () => {
  test('changed, deleted and new ones, in one undoable step', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const ids = ['team-a', 'team-b', 'team-c', 'nobody'];
    const tried = await back(ada, ids, { dry: true });
    expect(shown(tried)).toEqual([
      ['team-a', 'updated', false],
      ['team-b', 'restored', false],
      ['team-c', 'removed', false],
    ]);
    expect(tried).toMatchObject({ op_id: null, added: 0, unknown: ['nobody'], problems: [], backup: null });
    expect((await ada.entities.get({ type: 'team', id: 'team-a' })).title).toBe('Zenith');
    const done = await back(ada, ids, { seen: tried.head });
    expect(done).toEqual({ ...tried, dry: false, op_id: done.op_id });
    const names = async () => (await ada.entities.list({ type: 'team' })).rows.map(({ title }) => title);
    expect((await names()).toSorted()).toEqual(['Alpine team', 'Bay team']);
    expect((await ada.history.list({ limit: 1 })).rows[0]).toMatchObject({ label: 'moment.restored' });
    await ada.history.undo({});
    expect((await names()).toSorted()).toEqual(['Cirrus', 'Zenith']);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('with the records that they need to be visible and complete, or alone', async () => {
    const ada = (await testWorkspace({ template })).as();
    for (const id of ['link', 'student-b'])
      expect(shown(await back(ada, [id], { dry: true }))).toEqual([['team-b', 'restored', true]]);
    expect(shown(await back(ada, ['link'], { along: false }))).toEqual([]);
    await ada.entities.restore({ type: 'team', id: 'team-b' });
    await ada.entities.remove({ type: 'interface', id: 'link' });
    await ada.entities.remove({ type: 'team', id: 'team-b' });
    const alone = await back(ada, ['link'], { dry: true, along: false });
    expect(alone.problems).toMatchObject([{ path: 'interface/link/to', code: 'dangling' }]);
    await refused('INVALID', back(ada, ['link'], { along: false }));
    expect(await back(ada, ['link'])).toMatchObject({ added: 1, restored: { teams: 1, interfaces: 1 } });
    expect((await ada.entities.get({ type: 'student', id: 'student-b' })).payload.team_id).toBe('team-b');
  });

  test('that changed since the preview are refused by name', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { head } = await back(ada, ['team-a'], { dry: true });
    await workspace.as('Rea').entities.update({ type: 'team', id: 'team-a', data: { size: 2 } });
    const refusal = await back(ada, ['team-a'], { seen: head }).catch(refusalIn);
    expect(refusal).toMatchObject({
      code: 'MOVED_ON',
      data: { records: [{ id: 'team-a', title: 'Zenith' }] },
    });
  });

  test('from the open point in time, in the workspace', async () => {
    const workspace = await testWorkspace({ template });
    const then = clientOf(await openAt(workspace, 'Then'));
    expect(await back(then, ['team-a'])).toMatchObject({ updated: { teams: 1 } });
    expect((await workspace.as().entities.get({ type: 'team', id: 'team-a' })).title).toBe('Alpine team');
  });
});

describe('restoring a university to a point in time', () => {
  const gone = async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const made = { university_id: 'uni-a' };
    await ada.entities.create({ type: 'student', id: 'leaver', data: { name: 'Leaver', ...made } });
    const guest = { name: 'Guest', university_id: 'uni-b', team_id: 'team-a' };
    await ada.entities.create({ type: 'student', id: 'guest', data: guest });
    for (const id of ['within', 'cut'])
      await ada.entities.create({ type: 'interface', id, data: { from: 'student-a', to: 'team-a' } });
    await ada.checkpoints.create({ name: 'Whole' });
    await ada.entities.create({ type: 'student', id: 'late', data: { name: 'Late', ...made } });
    await ada.entities.remove({ type: 'student', id: 'leaver' });
    await ada.entities.remove({ type: 'interface', id: 'cut' });
    await ada.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
    return { workspace, ada };
  };

  test('alone makes its hidden records visible; deleted ones stay deleted', async () => {
    const { workspace, ada } = await gone();
    const state = essence(rowsIn(workspace.files.live));
    const tried = await back(ada, ['uni-a'], { at: 'Whole', dry: true });
    expect(shown(tried)).toEqual([['uni-a', 'restored', false]]);
    expect(shown(await back(ada, ['team-a'], { at: 'Whole', dry: true }))).toEqual([
      ['uni-a', 'restored', true],
    ]);
    expect(await back(ada, ['uni-a'], { at: 'Whole', seen: tried.head })).toMatchObject({ added: 0 });
    const ids = async (type: 'student' | 'interface') =>
      (await ada.entities.list({ type })).rows.map(({ id }) => id).toSorted();
    expect(await ids('student')).toEqual(['guest', 'late', 'student-a', 'student-b']);
    expect(await ids('interface')).toEqual(['within']);
    expect((await ada.entities.get({ type: 'student', id: 'guest' })).payload.team_id).toBe('team-a');
    await ada.history.undo({});
    expect(essence(rowsIn(workspace.files.live))).toEqual(state);
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('restoring everything to a point in time', () => {
  test('after a backup; profiles, the workspace’s name and checkpoints stay', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await ada.workspace.createProfile({ name: 'New', role: 'editor' });
    await ada.workspace.rename({ name: 'Renamed' });
    const done = await back(ada, null);
    expect(shown(done).map(([id]) => id)).toEqual(['team-a', 'team-b', 'team-c']);
    expect((await ada.backups.list({})).find(({ id }) => id === done.backup)).toMatchObject({
      reason: 'moment',
    });
    const { name } = await ada.workspace.info({});
    expect(name).toBe('Renamed');
    expect((await ada.workspace.profiles({})).map((profile) => profile.name)).toContain('New');
    expect((await ada.checkpoints.list({})).map((one) => one.name)).toEqual(['Then']);
    expect(await back(ada, null)).toMatchObject({ op_id: null, backup: null, records: [] });
  });
});

test('two moments are compared, in either direction, by kind and by page', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const compare = async (from: string, to: string, more = {}) =>
    resultOf(await ada.compare.between({ from, to, ...more }));
  const found = await compare('Then', 'now');
  expect(found.actions).toEqual({ created: 1, updated: 1, deleted: 1, restored: 0 });
  expect(found.rows.map(({ id, title, play }) => [id, title, play])).toEqual([
    ['team-a', 'Zenith', 'updated'],
    ['team-b', 'Bay team', 'deleted'],
    ['team-c', 'Cirrus', 'created'],
  ]);
  expect(found.rows[0]?.fields.find(({ field }) => field === 'name')).toEqual({
    field: 'name',
    class: 'play',
    base: 'Alpine team',
    live: 'Alpine team',
    play: 'Zenith',
  });
  const reversed = await compare('now', 'Then');
  expect(reversed.actions).toEqual({ created: 0, updated: 1, deleted: 1, restored: 1 });
  const some = await compare('Then', 'now', { actions: ['updated'], text: 'zen', types: ['team'] });
  expect([some.matched, some.rows.map(({ id }) => id)]).toEqual([1, ['team-a']]);
  expect((await compare('Then', 'now', { offset: 1, limit: 1 })).rows.map(({ id }) => id)).toEqual([
    'team-b',
  ]);
  expect((await compare('now', 'now')).matched).toBe(0);
});
