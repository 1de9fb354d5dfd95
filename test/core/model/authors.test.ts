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

test('the author at the source comes from an import alone', async () => {
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
});

/** The ways of the window and the commands to write fields of many records: a paste and a fill, and an edit of the selection. */
const bulkWrites: Record<string, (client: Client, data: object) => Promise<unknown>> = {
  'a paste': (client, data) =>
    client.entities.applyChanges({
      changes: [{ kind: 'update', type: 'comment', id: 'c', data: data as never }],
    }),
  'a pasted new record': (client, data) =>
    client.entities.applyChanges({
      changes: [
        {
          kind: 'create',
          type: 'comment',
          data: { record_id: 'team', text: 'P', ...data },
        },
      ],
    }),
  'an edit of many': async (client, data) =>
    resultOf(
      await client.entities.setFields({
        type: 'comment',
        which: { kind: 'ids', ids: ['c'] },
        data: data as never,
      }),
    ),
};

test.each(Object.entries(bulkWrites))('%s changes no author, nor does undoing it', async (_, write) => {
  const workspace = await testWorkspace({ template });
  const bo = workspace.as('Bo');
  const before = await bo.entities.list({ type: 'comment' });
  for (const data of [{ author: 'Cy' }, { text: 'x', author: 'Cy' }])
    await refused('FORBIDDEN', write(bo, data));
  expect(await bo.entities.list({ type: 'comment' })).toEqual(before);
  await write(bo, { text: 'Others' });
  const written = (await bo.entities.list({ type: 'comment' })).rows.find(
    ({ payload }) => payload.text === 'Others',
  );
  expect(written?.payload.author).toBe(written?.id === 'c' ? 'Ada' : 'Bo');
  await bo.history.undo({});
  expect((await comment(bo)).payload).toMatchObject({ author: 'Ada', text: 'First' });
});

test('nobody writes without a name: an empty author of a new comment becomes the session’s', async () => {
  const workspace = await testWorkspace({ template });
  const bo = workspace.as('Bo');
  const data = { record_id: 'team', text: 'x', author: null };
  const { record } = await bo.entities.create({ type: 'comment', data });
  expect(record.payload.author).toBe('Bo');
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
