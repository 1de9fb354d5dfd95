import { expect, test } from 'vitest';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import { backUp } from '#test/support/backup.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const all = { contents: true, references: true };

/** A workspace of which there is a backup: a university with records, one of which is named from another. */
async function given() {
  const workspace = await testWorkspace({ template });
  const owner = workspace.as();
  const data = { name: 'Guest', university_id: 'uni-b', team_id: 'team-a' };
  await owner.entities.create({ type: 'student', id: 'guest', data });
  const leaver = { name: 'Leaver', university_id: 'uni-a' };
  await owner.entities.create({ type: 'student', id: 'leaver', data: leaver });
  const within = { from: 'student-a', to: 'team-a' };
  await owner.entities.create({ type: 'interface', id: 'within', data: within });
  const { id } = await backUp(workspace);
  const restore = async (more: object) =>
    resultOf(await owner.backups.restoreRecords({ id, records: ['uni-a'], ...more }));
  return { workspace, owner, id, restore };
}

const said = ({ records }: RestoredRecords): string[][] =>
  records.map(({ id, action, why }) => [id, action, why]);

const isThere = async (workspace: TestWorkspace, type: 'team' | 'student', id: string) =>
  (await workspace.as().entities.get({ type, id })).deleted_at === null;

test('a university that was deleted with all in it says how much went with it, and brings it where that is asked for', async () => {
  const { workspace, owner, restore } = await given();
  await owner.entities.remove({ type: 'student', id: 'leaver' });
  await owner.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
  const before = hashTables(workspace.files.live);
  const without = await restore({ dry: true });
  expect(without).toMatchObject({
    records: [{ id: 'uni-a' }],
    contents_left: { projects: 1, teams: 1, students: 1, interfaces: 2 },
  });
  const dry = await restore({ ...all, dry: true });
  // Who left before is none of what went with it.
  expect(said(dry)).toEqual([
    ['uni-a', 'restored', 'asked'],
    ['student-a', 'restored', 'contents'],
    ['team-a', 'restored', 'contents'],
    ['project-a', 'restored', 'contents'],
    ['link', 'restored', 'contents'],
    ['within', 'restored', 'contents'],
    ['guest', 'updated', 'reference'],
  ]);
  expect(dry).toMatchObject({ contents_left: {}, links_left: 0, references_left: 0, problems: [] });
  expect(dry.records[1]).toMatchObject({
    title: 'Alpine student',
    university: 'Alpine university',
    fields: [],
  });
  expect(hashTables(workspace.files.live)).toBe(before);
  const { head } = dry;
  const { op_id } = await restore({ ...all, seen: head });
  expect(await isThere(workspace, 'team', 'team-a')).toBe(true);
  expect(await isThere(workspace, 'student', 'leaver')).toBe(false);
  expect((await owner.entities.links({ id: 'team-a' })).total).toBe(2);
  const guest = await owner.entities.get({ type: 'student', id: 'guest' });
  expect(guest.payload).toMatchObject({ team_id: 'team-a' });
  await owner.history.undoChange({ op_id: op_id ?? '' });
  expect(await isThere(workspace, 'team', 'team-a')).toBe(false);
  expect(await restore({ dry: true })).toMatchObject({ contents_left: without.contents_left });
  expect((await workspace.verify()).ok).toBe(true);
});

test('what belonged to it and is there by now, or came elsewhere, stays as it is', async () => {
  const { workspace, owner, restore } = await given();
  await owner.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
  await owner.entities.restore({ type: 'university', id: 'uni-a' });
  const data = { university_id: 'uni-b', team_id: null };
  await owner.entities.update({ type: 'student', id: 'student-a', data });
  await owner.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
  const dry = await restore({ contents: true, dry: true });
  expect(dry.records.map(({ id }) => id)).not.toContain('student-a');
  await restore({ contents: true });
  const student = await owner.entities.get({ type: 'student', id: 'student-a' });
  expect(student.payload).toMatchObject({ university_id: 'uni-b' });
  expect((await workspace.verify()).ok).toBe(true);
});

test('of a university that is there nothing in it is offered', async () => {
  const { owner, restore } = await given();
  await owner.entities.remove({ type: 'team', id: 'team-a' });
  expect(await restore({ ...all, dry: true })).toMatchObject({
    records: [{ id: 'uni-a', action: 'none' }],
    contents_left: {},
  });
});

test('what the records never knew comes with a university that they never knew', async () => {
  const { workspace, id } = await given();
  const other = await testWorkspace({ seed: 7 });
  // As if it had been taken in from there.
  Object.assign(other.core.services.files, { backups: workspace.files.backups });
  const asked = { id, records: ['uni-a'], another: true };
  const dry = await resultOf(await other.as().backups.restoreRecords({ ...asked, dry: true }));
  expect(dry.contents_left).toEqual({ projects: 1, teams: 1, students: 2, interfaces: 1 });
  const done = await resultOf(await other.as().backups.restoreRecords({ ...asked, ...all }));
  expect(done).toMatchObject({ contents_left: {}, created: { universities: 1, teams: 1, students: 2 } });
  expect((await other.verify()).ok).toBe(true);
});
