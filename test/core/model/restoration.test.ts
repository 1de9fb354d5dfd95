import { expect, test } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import type { Connection } from '#core/kernel/db/connection.ts';
import { Companions } from '#core/model/companions.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { expectSound } from '#test/support/invariants.ts';
import { essence, readLive } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { counted, stretchesOf } from '#test/support/stretches.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { finished } from '../records/crew.ts';

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

const stateOf = (workspace: TestWorkspace): Record<string, unknown> =>
  workspace.raw((db) => essence(readLive(db)));

test('a team comes back with its interfaces and its students', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const before = stateOf(workspace);
  await ada.entities.remove({ type: 'team', id: 'team' });
  const { record, links, op_id } = await ada.entities.restore({ type: 'team', id: 'team' });
  expect(stateOf(workspace)).toEqual(before);
  expect(record.deleted_at).toBeNull();
  expect(links).toBe(1);
  const [newest] = (await ada.history.list({ limit: 1 })).rows;
  expect(newest).toMatchObject({
    op_id,
    label: 'team.restore',
    changes: 4,
    params: { title: 'team', links: 1 },
  });
});

test('a university comes back with everything that went with it', async () => {
  const workspace = await testWorkspace({ template });
  const before = stateOf(workspace);
  await workspace.as().entities.remove({ type: 'university', id: 'a', with_contents: true });
  await workspace.as().entities.restore({ type: 'university', id: 'a' });
  expect(stateOf(workspace)).toEqual(before);
  workspace.raw(expectSound);
});

test('a university says what came back with it, besides its interfaces', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'student', id: 'student' });
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  const contents = { projects: 1, teams: 1, students: 1 };
  expect(await ada.entities.restore({ type: 'university', id: 'a' })).toMatchObject({
    links: 1,
    contents,
    left: {},
  });
  await ada.history.undo({ on_conflict: 'ask' });
  const asked = { type: 'team', id: 'team', with_references: true } as const;
  expect((await ada.entities.restore(asked)).contents).toEqual({ projects: 1, students: 1 });
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  const { result } = await finished(ada.entities.restoreMany({ type: 'university', ids: ['a'] }));
  expect(result).toMatchObject({ links: 1, contents, left: {} });
  expect((await ada.history.list({ limit: 1 })).rows[0]).toMatchObject({
    label: 'university.restore',
    params: { title: 'a', links: 1, contents: 3 },
  });
});

test('a university comes back with what went with it also where it came alone meanwhile', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.checkpoints.create({ name: 'Whole' });
  const before = stateOf(workspace);
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  const back = { at: 'Whole', ids: ['a'] };
  await resultOf(await ada.moments.restore({ ...back, along: false }));
  await ada.history.undo({ on_conflict: 'ask' });
  await ada.entities.restore({ type: 'university', id: 'a' });
  expect(stateOf(workspace)).toEqual(before);
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  await resultOf(await ada.moments.restore(back));
  expect(stateOf(workspace)).toEqual(before);
  await ada.history.undo({ on_conflict: 'ask' });
  await ada.entities.restore({ type: 'university', id: 'a' });
  expect(stateOf(workspace)).toEqual(before);
  workspace.raw(expectSound);
  expect((await workspace.verify()).ok).toBe(true);
});

test('of what somebody deleted together with a university it is said that it is still deleted', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.remove({ type: 'student', id: 'exchange' });
  const also = [{ type: 'university' as const, ids: ['a'] }];
  const which = { kind: 'ids' as const, ids: ['team'] };
  await finished(ada.entities.removeMany({ type: 'team', which, also, with_contents: true }));
  const back = { contents: { projects: 1, students: 1 }, left: { teams: 1 } };
  expect(await ada.entities.restore({ type: 'university', id: 'a' })).toMatchObject(back);
  await ada.history.undo({ on_conflict: 'ask' });
  expect(await ada.entities.restore({ type: 'university', id: 'a' })).toMatchObject(back);
  expect((await ada.entities.get({ type: 'team', id: 'team' })).deleted_at).not.toBeNull();
  workspace.raw(expectSound);
});

test('an interface whose other end is gone stays deleted, and comes back with that end', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'team', id: 'team' });
  await ada.entities.remove({ type: 'team', id: 'other' });
  expect((await ada.entities.restore({ type: 'team', id: 'team' })).links).toBe(0);
  await refused('INVALID', ada.entities.restore({ type: 'interface', id: 'link' }));
  expect((await ada.entities.restore({ type: 'team', id: 'other' })).links).toBe(1);
  expect((await ada.entities.get({ type: 'interface', id: 'link' })).deleted_at).toBeNull();
});

test('an interface that was deleted by itself stays deleted when an end comes back', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'interface', id: 'link' });
  await ada.entities.remove({ type: 'team', id: 'team' });
  expect((await ada.entities.restore({ type: 'team', id: 'team' })).links).toBe(0);
  expect((await ada.entities.get({ type: 'interface', id: 'link' })).deleted_at).not.toBeNull();
});

test('a student who has found another team since stays there', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'team', id: 'team' });
  await ada.entities.update({ type: 'student', id: 'guest', data: { team_id: 'other' } });
  await ada.entities.restore({ type: 'team', id: 'team' });
  expect((await ada.entities.find({ id: 'guest' })).payload).toMatchObject({ team_id: 'other' });
  expect((await ada.entities.find({ id: 'student' })).payload).toMatchObject({ team_id: 'team' });
});

test('a reference to what was deleted meanwhile is emptied when its record comes back with its university', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  await ada.entities.remove({ type: 'team', id: 'other' });
  await ada.entities.restore({ type: 'university', id: 'a' });
  expect((await ada.entities.find({ id: 'exchange' })).payload).toMatchObject({ team_id: null });
  workspace.raw(expectSound);
  expect((await workspace.verify()).ok).toBe(true);
});

test('what belongs to a deleted university cannot come back alone', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'university', id: 'a', with_contents: true });
  const { data } = await refused('INVALID', ada.entities.restore({ type: 'project', id: 'project' }));
  expect(data.issues[0]).toMatchObject({ path: 'university_id', code: 'dangling' });
});

test('what stands in the way of a link is named, with what stands in the way of that', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'team', id: 'other' });
  const alone = await refused('INVALID', ada.entities.restore({ type: 'interface', id: 'link' }));
  expect(alone.message).toBe('to: the team "other" (other) is deleted; restore it first');
  expect(alone.data.issues).toMatchObject([
    { path: 'to', code: 'dangling', gone: { type: 'team', id: 'other', title: 'other' } },
  ]);
  await ada.entities.remove({ type: 'university', id: 'b', with_contents: true });
  const { data } = await refused('INVALID', ada.entities.restore({ type: 'interface', id: 'link' }));
  expect(data.issues.map(({ path, gone }) => [path, gone?.id])).toEqual([
    ['to', 'other'],
    ['to.university_id', 'b'],
  ]);
});

test('a link comes back together with its ends if asked, as one change', async () => {
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

test('a link that went with its end, and that with its university, comes with all of it', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const before = stateOf(workspace);
  await ada.entities.remove({ type: 'university', id: 'b', with_contents: true });
  const asked = { type: 'interface', id: 'link', with_references: true } as const;
  expect((await ada.entities.restore(asked)).links).toBe(0);
  expect(stateOf(workspace)).toEqual(before);
  workspace.raw(expectSound);
});

test('what is there, or never was, cannot be brought back', async () => {
  const ada = (await testWorkspace({ template })).as();
  const { data } = await refused('ALREADY', ada.entities.restore({ type: 'team', id: 'team' }));
  expect(data).toEqual({ id: 'team', state: 'live' });
  await refused('NOT_FOUND', ada.entities.restore({ type: 'team', id: 'nobody' }));
});

test('restoring can be undone: all of it goes again', async () => {
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

test('what went with the records of one deletion is read once for all that come back', async () => {
  const workspace = await testWorkspace({ template });
  const which = { kind: 'ids' as const, ids: ['team', 'other'] };
  await finished(workspace.as().entities.removeMany({ type: 'team', which }));
  const connection = openConnection(workspace.files.live, { mode: 'read', log: silentLog });
  let reads = 0;
  const counting: Connection = {
    ...connection,
    all: (sql, parameters) => ((reads += 1), connection.all(sql, parameters)),
  };
  const companions = new Companions(counting);
  expect(companions.of(['team']).map((row) => row.entity_id)).toEqual(['student', 'guest']);
  expect(companions.of(['other']).map((row) => row.entity_id)).toEqual(['exchange']);
  expect(reads).toBe(1);
  connection.close();
});

test('more than is read of the log at once comes back, and the reading pauses in between', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const count = 2500;
  await workspace.core.services.queue.command(workspace.core.session(), (write) => {
    for (let n = 0; n < count; n += 1)
      write.records.createLater(
        { type: 'team', id: `t${n}`, payload: { name: `T ${n}`, university_id: 'b' } },
        'b',
      );
    write.audit.label('seed', { count });
  });
  const before = stateOf(workspace);
  await ada.entities.remove({ type: 'university', id: 'b', with_contents: true });
  const connection = openConnection(workspace.files.live, { mode: 'read', log: silentLog });
  const { db, rows } = counted(connection);
  const { longest, pauses } = stretchesOf(new Companions(db).readAhead('b'), rows);
  connection.close();
  expect(pauses).toBeGreaterThan(2);
  expect(longest).toBeLessThan(count);
  await ada.entities.restore({ type: 'university', id: 'b' });
  expect(stateOf(workspace)).toEqual(before);
});
