import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  await ada.workspace.createProfile({ name: 'Bo', role: 'researcher', university_id: null });
  await ada.entities.create({ type: 'team', id: 'team', data: { name: 'Team' } });
  await ada.entities.create({ type: 'comment', id: 'c', data: { record_id: 'team', text: 'First' } });
});

const comment = async (client: Client, id = 'c') => client.entities.get({ type: 'comment', id });

test('a comment carries the name of the session, and no payload changes that', async () => {
  const workspace = await testWorkspace({ template });
  const bo = workspace.as('Bo');
  expect((await comment(bo)).payload).toMatchObject({ author: 'Ada' });
  const data = { record_id: 'team', text: 'x', author: 'Ada' };
  const { data: why } = await refused('FORBIDDEN', bo.entities.create({ type: 'comment', data }));
  expect(why).toMatchObject({ rule: 'own_name_only' });
  for (const author of ['Bo', 'Cy', null])
    await refused('FORBIDDEN', bo.entities.update({ type: 'comment', id: 'c', data: { author } }));
  await refused('FORBIDDEN', bo.entities.update({ type: 'comment', id: 'c', data: {}, unset: ['author'] }));
});

test('the author at the source comes from an import alone, and a new comment is never anonymous', async () => {
  const workspace = await testWorkspace({ template });
  const bo = workspace.as('Bo');
  const data = { record_id: 'team', text: 'x' };
  const named = { ...data, recorded_author: 'Cy' };
  const { data: why } = await refused('FORBIDDEN', bo.entities.create({ type: 'comment', data: named }));
  expect(why).toMatchObject({ rule: 'own_name_only' });
  await importFile(workspace, bo, [{ ...data, id: 'new', author: 'Cy' }]);
  for (const id of ['c', 'new'])
    for (const recorded_author of ['Dee', ...(id === 'new' ? [null] : [])])
      await refused('FORBIDDEN', bo.entities.update({ type: 'comment', id, data: { recorded_author } }));
  // A file that says otherwise later does not change it.
  await importFile(workspace, bo, [{ ...data, id: 'new', text: 'y', author: 'Bo', recorded_author: 'Dee' }]);
  expect((await comment(bo, 'new')).payload).toMatchObject({
    text: 'y',
    author: 'Bo',
    recorded_author: 'Cy',
  });
  await bo.entities.create({ type: 'comment', id: 'own', data: { ...data, author: null } });
  expect((await comment(bo, 'own')).payload).toMatchObject({ author: 'Bo' });
});

test('a changed comment names who changed it', async () => {
  const workspace = await testWorkspace({ template });
  const [ada, bo] = [workspace.as(), workspace.as('Bo')];
  await ada.entities.update({ type: 'comment', id: 'c', data: { text: 'Second' } });
  expect((await comment(ada)).derived).not.toHaveProperty('changed_by');
  await bo.entities.update({ type: 'comment', id: 'c', data: { text: 'Third' } });
  expect(await comment(ada)).toMatchObject({ payload: { author: 'Ada' }, derived: { changed_by: 'Bo' } });
});

async function importFile(workspace: TestWorkspace, client: Client, comments: object[]): Promise<void> {
  const path = join(workspace.folder, '..', 'file.json');
  writeFileSync(path, JSON.stringify({ comments }));
  const grant = workspace.core.grants.issue(path, 'read');
  await resultOf(client.transfer.importFile({ grant, force: true, backup: false }));
}

test('an import brings comments in under the importer’s name and keeps the author that the file says', async () => {
  const workspace = await testWorkspace({ template });
  const bo = workspace.as('Bo');
  await importFile(workspace, bo, [
    { id: 'new', record_id: 'team', text: 'N', author: 'Cy' },
    { id: 'mine', record_id: 'team', text: 'M', author: 'Bo' },
    { id: 'c', record_id: 'team', text: 'Changed', author: 'Cy' },
  ]);
  expect((await comment(bo, 'new')).payload).toMatchObject({ author: 'Bo', recorded_author: 'Cy' });
  expect((await comment(bo, 'mine')).payload).not.toHaveProperty('recorded_author');
  expect(await comment(bo)).toMatchObject({
    payload: { author: 'Ada', text: 'Changed' },
    derived: { changed_by: 'Bo' },
  });
});

test('undoing, restoring and promoting keep the author', async () => {
  const workspace = await testWorkspace({ template });
  const [ada, bo] = [workspace.as(), workspace.as('Bo')];
  await ada.checkpoints.create({ name: 'Then' });
  await bo.entities.remove({ type: 'comment', id: 'c' });
  await bo.history.undo({});
  expect((await comment(bo)).payload).toMatchObject({ author: 'Ada' });
  await bo.entities.remove({ type: 'comment', id: 'c' });
  await bo.entities.restore({ type: 'comment', id: 'c' });
  await bo.entities.remove({ type: 'comment', id: 'c' });
  await resultOf(await ada.moments.restore({ at: 'Then', ids: ['c'] }));
  expect((await comment(bo)).payload).toMatchObject({ author: 'Ada' });

  const { id } = await take(ada, 'Play');
  const sandbox = await openSandbox(workspace, id);
  const data = { record_id: 'team', text: 'In the sandbox' };
  await sandbox.client(sandbox.session('Bo')).entities.create({ type: 'comment', id: 'p', data });
  await refused(
    'FORBIDDEN',
    clientOf(sandbox).entities.create({ type: 'comment', data: { ...data, author: 'Bo' } }),
  );
  await resultOf(await ada.sandboxes.promote({ id }));
  expect((await comment(ada, 'p')).payload).toMatchObject({ author: 'Bo' });
});
