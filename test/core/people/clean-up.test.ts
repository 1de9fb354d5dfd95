import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runScheduledCleanUp } from '#core/people/clean-up.ts';
import { erasedText } from '#shared/domain/erased.ts';
import { filesWith, findPerson } from '#test/support/people.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';

const day = 86_400_000;
const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.entities.create({ type: 'student', id: 'left', data: { name: 'Lena Gone', active: false } });
  await ada.entities.create({ type: 'student', id: 'here', data: { name: 'Hugo Here', active: true } });
  await ada.entities.create({ type: 'team', id: 'team', data: { name: 'Zerfallsteam' } });
  await ada.workspace.createProfile({ name: 'Rea', role: 'researcher' });
});

async function open() {
  const workspace = await testWorkspace({ template });
  const cleanUp = (profile?: string) =>
    runScheduledCleanUp(workspace.core.context(workspace.core.session(profile)));
  const students = async () =>
    (await workspace.as().entities.list({ type: 'student' })).rows.map(({ id }) => id);
  return { workspace, ada: workspace.as(), cleanUp, students };
}

test('nothing is cleaned up before an admin sets a policy', async () => {
  const { workspace, ada, cleanUp, students } = await open();
  expect(await ada.people.cleanUp({})).toEqual({ archive_after: null, purge_after: null });
  workspace.clock.time += 4000 * day;
  await cleanUp();
  expect(await students()).toEqual(['here', 'left']);
  await expect(workspace.as('Rea').people.setCleanUp({ archive_after: 730 })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    data: { rule: 'erase_needs_admin' },
  });
});

test('students who left are archived after two years without a change, in one undoable change', async () => {
  const { workspace, ada, cleanUp, students } = await open();
  await ada.people.setCleanUp({ archive_after: 730 });
  workspace.clock.time += 729 * day;
  await cleanUp();
  expect(await students()).toEqual(['here', 'left']);
  workspace.clock.time += 2 * day;
  await cleanUp('Rea');
  expect(await students()).toEqual(['here', 'left']);
  await cleanUp();
  expect(await students()).toEqual(['here']);
  expect(await ada.history.undo({})).toMatchObject({ label: 'people.archive' });
  expect(await students()).toEqual(['here', 'left']);
});

test('deleted records are purged after their period, and no file has their values', async () => {
  const { workspace, ada, cleanUp } = await open();
  await ada.entities.remove({ type: 'student', id: 'left' });
  await ada.people.setCleanUp({ purge_after: 100 });
  workspace.clock.time += 60 * day;
  await ada.entities.remove({ type: 'team', id: 'team' });
  workspace.clock.time += 41 * day;
  await cleanUp();
  expect((await findPerson(ada, 'left')).person).toMatchObject({ state: 'erased', name: erasedText });
  expect((await ada.entities.find({ id: 'team' })).title).toBe('Zerfallsteam');
  expect(filesWith(workspace, ['Lena Gone'])).toEqual([]);
  expect((await verified(ada)).ok).toBe(true);
});

test('a purge is previewed, and leaves live records alone', async () => {
  const { workspace, ada } = await open();
  await ada.entities.remove({ type: 'team', id: 'team' });
  expect(await resultOf(await ada.people.purge({ days: 0, dry: true }))).toMatchObject({
    records: { team: 1 },
    rows: 0,
  });
  expect(filesWith(workspace, ['Zerfallsteam'])).not.toEqual([]);
  const done = await resultOf(await ada.people.purge({ days: 0 }));
  expect(done).toMatchObject({ records: { team: 1 }, rewritten: true, problems: [] });
  expect(done.rows).toBe(4);
  expect((await ada.entities.get({ type: 'student', id: 'here' })).title).toBe('Hugo Here');
  expect((await verified(ada)).ok).toBe(true);
  expect(await resultOf(await ada.people.purge({ days: 0 }))).toMatchObject({ op_id: null, records: {} });
});

test('a copy that a purge could not remove any more goes with the next one, which has no record to empty', async () => {
  const { workspace, ada } = await open();
  await ada.entities.remove({ type: 'team', id: 'team' });
  await resultOf(await ada.people.purge({ days: 0 }));
  writeFileSync(join(workspace.folder, 'questions.sqlite-old'), 'Zerfallsteam');
  await resultOf(await ada.people.purge({ days: 0 }));
  expect(filesWith(workspace, ['Zerfallsteam'])).toEqual([]);
});
