import { describe, expect, test } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { pointAt } from '#core/moments/point.ts';
import { named } from '#core/moments/wanted.ts';
import type { Restored } from '#shared/contract/moments.ts';
import { essence } from '#test/support/live.ts';
import { openAt, rowsIn } from '#test/support/moments.ts';
import { refusalIn, refused } from '#test/support/refusal.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { counted, stretchesOf } from '#test/support/stretches.ts';
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
const back = async (client: Client, ids: string[] | null, more: Asked = {}): Promise<Restored> =>
  resultOf(await client.moments.restore({ at: 'Then', ids, ...more }));
const shown = ({ records }: Restored) => records.map(({ id, action, brought }) => [id, action, brought]);

describe('records go back to a moment', () => {
  test('changed, gone and new ones, in one step that undo takes back', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const ids = ['team-a', 'team-b', 'team-c', 'nobody'];
    const tried = await back(ada, ids, { dry: true });
    expect(shown(tried)).toEqual([
      ['team-b', 'restored', false],
      ['student-b', 'updated', true],
      ['link', 'restored', true],
      ['team-c', 'removed', false],
      ['team-a', 'updated', false],
    ]);
    expect(tried).toMatchObject({ op_id: null, brought: 2, unknown: ['nobody'], problems: [], backup: null });
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

  test('a link with the ends that are gone, and a student with the team; alone, where they are left they are named', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    expect(shown(await back(ada, ['link'], { dry: true }))).toEqual([
      ['team-b', 'restored', true],
      ['student-b', 'updated', true],
      ['link', 'restored', false],
    ]);
    const alone = await back(ada, ['link'], { dry: true, along: false });
    expect(alone.problems).toMatchObject([{ path: 'interface/link/to', code: 'dangling' }]);
    await refused('INVALID', back(ada, ['link'], { along: false }));
    const student = await back(ada, ['student-b']);
    expect(shown(student)).toEqual([
      ['team-b', 'restored', true],
      ['student-b', 'updated', false],
      ['link', 'restored', true],
    ]);
  });

  test('whom somebody took out of a team before it went is not put back with it', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const student = { type: 'student', id: 'student-b' } as const;
    await ada.entities.update({ ...student, data: { team_id: 'team-a' } });
    await ada.checkpoints.create({ name: 'Lent' });
    await ada.entities.update({ ...student, data: { team_id: null } });
    const edi = workspace.as('Edi');
    await edi.entities.remove({ type: 'team', id: 'team-a' });
    // An editor of the one university may not change a student of the other.
    await refused('FORBIDDEN', edi.entities.update({ ...student, data: { name: 'Other' } }));
    const done = await back(edi, ['team-a'], { at: 'Lent' });
    expect(done.records.map(({ id }) => id)).toEqual(['team-a', 'student-a']);
    expect((await ada.entities.get(student)).payload).toMatchObject({ team_id: null });
  });

  test('what named a team that comes back names it again, and nothing else of it changes', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await ada.entities.update({ type: 'student', id: 'student-b', data: { name: 'Renamed since' } });
    await ada.entities.update({ type: 'student', id: 'student-a', data: { team_id: null } });
    const alone = await back(ada, ['team-b'], { dry: true, along: false });
    expect(shown(alone)).toEqual([['team-b', 'restored', false]]);
    const done = await back(ada, ['team-b']);
    expect(done).toMatchObject({ brought: 2, updated: { students: 1 } });
    expect(await ada.entities.get({ type: 'student', id: 'student-b' })).toMatchObject({
      title: 'Renamed since',
      payload: { team_id: 'team-b' },
    });
    // Its team did not come back: it was taken out of it.
    expect((await ada.entities.get({ type: 'student', id: 'student-a' })).payload.team_id ?? null).toBeNull();
    await ada.history.undo({});
    expect((await ada.entities.get({ type: 'student', id: 'student-b' })).payload.team_id ?? null).toBeNull();
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('who has another team by now keeps it, though the former one comes back', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await ada.entities.update({ type: 'student', id: 'student-b', data: { team_id: 'team-a' } });
    expect(shown(await back(ada, ['team-b']))).toEqual([
      ['team-b', 'restored', false],
      ['link', 'restored', true],
    ]);
  });

  test('that somebody changed since one looked are refused by name', async () => {
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

  test('whose removal would take along what was linked since one looked are refused, and it stays', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { head } = await back(ada, ['team-c'], { dry: true });
    const link = { from: 'team-a', to: 'team-c', description: 'Work of another' };
    await workspace.as('Rea').entities.create({ type: 'interface', id: 'new', data: link });
    for (const more of [{}, { dry: true }])
      expect(await back(ada, ['team-c'], { seen: head, ...more }).catch(refusalIn)).toMatchObject({
        code: 'MOVED_ON',
        data: { records: [{ type: 'interface', id: 'new', title: 'Zenith → Cirrus' }] },
      });
    expect(await ada.entities.get({ type: 'interface', id: 'new' })).toMatchObject({ payload: link });
    const again = await back(ada, ['team-c'], { dry: true });
    expect(again.along).toEqual({ links: 1, references: 0 });
    expect(await back(ada, ['team-c'], { seen: again.head })).toMatchObject({ removed: { teams: 1 } });
  });

  test('what was changed since one looked and stays is no reason to refuse', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { head } = await back(ada, ['team-c'], { dry: true });
    await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 2 } });
    expect(await back(ada, ['team-c'], { seen: head })).toMatchObject({ removed: { teams: 1 } });
  });

  test('as far as one may change them', async () => {
    const workspace = await testWorkspace({ template });
    await refused('FORBIDDEN', back(workspace.as('Vic'), ['team-a']));
    await refused('FORBIDDEN', back(workspace.as('Eve'), ['team-a']));
    expect(await back(workspace.as('Edi'), ['team-a'])).toMatchObject({ updated: { teams: 1 } });
    await refused('FORBIDDEN', back(workspace.as('Rea'), null));
    await refused('FORBIDDEN', back(workspace.as('Rea'), null, { dry: true }));
    const [rea] = await workspace.as().workspace.profiles({});
    await refused('INVALID', back(workspace.as(), [rea?.id ?? '']));
  });

  test('from where the moment is open, in the workspace', async () => {
    const workspace = await testWorkspace({ template });
    const then = clientOf(await openAt(workspace, 'Then'));
    expect(await back(then, ['team-a'])).toMatchObject({ updated: { teams: 1 } });
    expect((await workspace.as().entities.get({ type: 'team', id: 'team-a' })).title).toBe('Alpine team');
  });
});

describe('a university goes back to a moment', () => {
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

  test('with what went with it, its links and what named that; what somebody deleted itself stays deleted', async () => {
    const { workspace, ada } = await gone();
    const stateOf = () => essence(rowsIn(workspace.files.live));
    const state = stateOf();
    const tried = await back(ada, ['uni-a'], { at: 'Whole', dry: true });
    expect(shown(tried)).toEqual([
      ['uni-a', 'restored', false],
      ['project-a', 'restored', true],
      ['team-a', 'restored', true],
      ['student-a', 'restored', true],
      ['guest', 'updated', true],
      ['within', 'restored', true],
    ]);
    expect(tried).toMatchObject({
      brought: 5,
      restored: { universities: 1, projects: 1, teams: 1, students: 1, interfaces: 1 },
      problems: [],
    });
    expect(stateOf()).toEqual(state);
    const done = await back(ada, ['uni-a'], { at: 'Whole', seen: tried.head });
    expect(done).toEqual({ ...tried, dry: false, op_id: done.op_id });
    expect((await ada.entities.get({ type: 'student', id: 'guest' })).payload.team_id).toBe('team-a');
    await ada.history.undo({});
    expect(stateOf()).toEqual(state);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('alone where that is asked for, and alone where it is there', async () => {
    const { ada } = await gone();
    const alone = await back(ada, ['uni-a'], { at: 'Whole', along: false });
    expect(shown(alone)).toEqual([['uni-a', 'restored', false]]);
    expect(shown(await back(ada, ['uni-a'], { at: 'Whole', dry: true }))).toEqual([]);
  });

  test('with all of it, too, where it comes because a record of it does', async () => {
    const { ada } = await gone();
    const done = await back(ada, ['team-a'], { at: 'Whole', dry: true });
    expect(shown(done)).toEqual([
      ['uni-a', 'restored', true],
      ['project-a', 'restored', true],
      ['team-a', 'restored', false],
      ['student-a', 'restored', true],
      ['guest', 'updated', true],
      ['within', 'restored', true],
    ]);
  });

  test('without what belonged elsewhere then', async () => {
    const { ada } = await gone();
    await ada.entities.restore({ type: 'university', id: 'uni-a' });
    await ada.entities.update({ type: 'student', id: 'guest', data: { university_id: 'uni-a' } });
    await ada.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
    const ids = shown(await back(ada, ['uni-a'], { at: 'Whole', dry: true })).map(([id]) => id);
    expect(ids).not.toContain('guest');
    expect(ids).toContain('student-a');
  });

  test('as far as one may bring a university back', async () => {
    const { workspace } = await gone();
    for (const name of ['Vic', 'Edi', 'Eve'])
      await refused('FORBIDDEN', back(workspace.as(name), ['uni-a'], { at: 'Whole' }));
    expect((await back(workspace.as('Rea'), ['uni-a'], { at: 'Whole' })).brought).toBe(5);
  });

  test('and what of it was changed since one looked is named', async () => {
    const { workspace, ada } = await gone();
    const { head } = await back(ada, ['uni-a'], { at: 'Whole', dry: true });
    await ada.entities.restore({ type: 'university', id: 'uni-a' });
    await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 3 } });
    await workspace.as('Rea').entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
    const refusal = await back(ada, ['uni-a'], { at: 'Whole', seen: head }).catch(refusalIn);
    expect(refusal).toMatchObject({ code: 'MOVED_ON' });
  });
});

test('of a university with more in it than is read at once all comes back, and finding it pauses in between', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const count = 3000;
  await workspace.core.services.queue.command(workspace.core.session(), (write) => {
    for (let n = 0; n < count; n += 1) {
      const payload = { name: `T ${n}`, university_id: 'uni-b' };
      write.records.createLater({ type: 'team', id: `t${n}`, payload }, 'uni-b');
    }
    write.audit.label('seed', { count });
  });
  await ada.checkpoints.create({ name: 'Many' });
  await ada.entities.remove({ type: 'university', id: 'uni-b', with_contents: true });
  const connection = openConnection(workspace.files.live, { mode: 'read', log: silentLog });
  const { db, rows } = counted(connection);
  const { longest, result } = stretchesOf(named(db, pointAt(db, 'Many'), ['uni-b'], true), rows);
  connection.close();
  expect(result.brought.size).toBe(count + 2);
  expect(longest).toBeLessThan(count);
  const done = await back(ada, ['uni-b'], { at: 'Many' });
  expect(done).toMatchObject({ brought: count + 2, restored: { universities: 1, teams: count } });
});

describe('everything goes back to a moment', () => {
  test('after a backup; who may act, the name and the names of moments stay', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await ada.workspace.createProfile({ name: 'New', role: 'editor' });
    await ada.workspace.rename({ name: 'Renamed' });
    const done = await back(ada, null);
    expect(shown(done).map(([id]) => id)).toEqual(['team-b', 'student-b', 'link', 'team-c', 'team-a']);
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
    resultOf(await ada.moments.differences({ from, to, ...more }));
  const found = await compare('Then', 'now');
  expect(found.counts).toEqual({ created: 1, updated: 2, deleted: 2, restored: 0 });
  expect(found.rows.map(({ id, title, play }) => [id, title, play])).toEqual([
    ['team-a', 'Zenith', 'updated'],
    ['team-b', 'Bay team', 'deleted'],
    ['team-c', 'Cirrus', 'created'],
    ['student-b', 'Bay student', 'updated'],
    ['link', 'Zenith → Bay team', 'deleted'],
  ]);
  expect(found.rows[0]?.fields.find(({ field }) => field === 'name')).toEqual({
    field: 'name',
    class: 'play',
    base: 'Alpine team',
    live: 'Alpine team',
    play: 'Zenith',
  });
  const reversed = await compare('now', 'Then');
  expect(reversed.counts).toEqual({ created: 0, updated: 2, deleted: 1, restored: 2 });
  const some = await compare('Then', 'now', { actions: ['updated'], text: 'zen', types: ['team'] });
  expect([some.matched, some.rows.map(({ id }) => id)]).toEqual([1, ['team-a']]);
  expect((await compare('Then', 'now', { offset: 1, limit: 1 })).rows.map(({ id }) => id)).toEqual([
    'team-b',
  ]);
  expect((await compare('now', 'now')).matched).toBe(0);
});
