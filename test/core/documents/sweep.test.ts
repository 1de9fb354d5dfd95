import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweepContents } from '#core/documents/sweep.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { attach, filesIn, storedPath } from '#test/support/documents/attach.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { joinAsOwner } from '#test/support/sharing.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

const removeAndPurge = async (workspace: TestWorkspace, id: string): Promise<void> => {
  await workspace.as().entities.remove({ type: 'document', id });
  await resultOf(workspace.as().people.purge({ days: 0 }));
};

/** Attaches a file in a sandbox. */
async function attachInSandbox(workspace: TestWorkspace, sandbox: string, text: string): Promise<StoredFile> {
  const core = await openSandbox(workspace, sandbox);
  const path = join(workspace.folder, '..', `${text}.md`);
  writeFileSync(path, text);
  const grant = core.grants.issue(path, 'read');
  const { record } = await resultOf(clientOf(core).documents.attach({ grant }));
  await core.close();
  return record.payload['file'] as StoredFile;
}

const isStored = ({ files }: TestWorkspace, { sha256 }: StoredFile): boolean =>
  existsSync(join(files.documents, sha256.slice(0, 2), sha256));

test('a purge keeps a file that only a golden version names', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const { record } = await attach(workspace, 'a.md', 'The first valve.');
  await resultOf(client.golden.publish({}));
  const { record: other } = await attach(workspace, 'b.md', 'The second valve.');
  await removeAndPurge(workspace, record.id);
  await removeAndPurge(workspace, other.id);
  expect([existsSync(storedPath(workspace, record)), existsSync(storedPath(workspace, other))]).toEqual([
    true,
    false,
  ]);
});

test('a purge keeps files that only a sandbox, a discarded sandbox or a shared copy names', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const sandboxes = [];
  for (const name of ['Open', 'Discarded', 'Shared', 'Deleted'])
    sandboxes.push({ id: (await take(client, name)).id, text: name });
  const files = [];
  for (const { id, text } of sandboxes) files.push(await attachInSandbox(workspace, id, text));
  const [, discarded, shared, deleted] = sandboxes;
  await client.sandboxes.discard({ id: discarded?.id ?? '' });
  await joinAsOwner(workspace);
  await resultOf(client.sandboxes.share({ id: shared?.id ?? '', university_id: 'uni-a' }));
  workspace.raw((db) => db.exec('DELETE FROM sync_state'));
  const only = [shared?.id ?? '', deleted?.id ?? ''];
  for (const id of only) await client.sandboxes.discard({ id });
  await client.sandboxes.emptyTrash({ only });
  const { record } = await attach(workspace, 'purged.md', 'Purged.');
  await removeAndPurge(workspace, record.id);
  expect(files.map((file) => isStored(workspace, file))).toEqual([true, true, true, false]);
});

test('a repair in a sandbox keeps the files that only live names', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Early');
  const { record } = await attach(workspace, 'later.md', 'Attached after the sandbox was made.');
  const stray = join(workspace.files.documents, 'ab', 'ab'.repeat(32));
  mkdirSync(join(stray, '..'), { recursive: true });
  writeFileSync(stray, 'Nobody named me.');
  const sandbox = clientOf(await openSandbox(workspace, id));
  expect((await resultOf(sandbox.documents.repair({}))).damaged).toEqual([]);
  expect([existsSync(storedPath(workspace, record)), existsSync(stray)]).toEqual([true, false]);
});

test('a folder in the place of a file that nothing names is removed', async () => {
  const workspace = await testWorkspace({ template });
  const { record } = await attach(workspace, 'a.md', 'The first valve.');
  const folder = join(workspace.files.documents, 'ab', 'ab'.repeat(32));
  mkdirSync(join(folder, 'inside'), { recursive: true });
  await removeAndPurge(workspace, record.id);
  expect(filesIn(workspace).filter((name) => !name.endsWith('.part'))).toEqual([]);
});

test('files are there whatever is swept while they are attached, and a refused one leaves nothing', async () => {
  const workspace = await testWorkspace({ template });
  let isAttaching = true;
  const sweeping = (async () => {
    while (isAttaching) await sweepContents(workspace.core.services);
  })();
  const attached = [];
  try {
    for (const name of ['a', 'b', 'c'])
      attached.push(await attach(workspace, `${name}.md`, `Valve ${name}.`));
    await refused('FORBIDDEN', attach(workspace, 'd.md', 'Valve d.', { as: 'Vic' }));
  } finally {
    isAttaching = false;
    await sweeping;
  }
  expect(attached.map(({ record }) => existsSync(storedPath(workspace, record)))).toEqual(
    attached.map(() => true),
  );
  expect(filesIn(workspace).filter((name) => !name.endsWith('.json'))).toHaveLength(attached.length);
});
