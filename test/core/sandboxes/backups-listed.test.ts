import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { exportTo, addFrom } from '#test/support/backup-file.ts';
import { testFolder } from '#test/support/folder.ts';
import { restoreHere } from '#test/support/restore.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('a sandbox of another workspace’s backup lists which backups of live were replaced, as live does', async () => {
  const other = await testWorkspace({ seed: 7 });
  const foreign = await backUp(other);
  const file = join(testFolder(), 'other.frames');
  await exportTo(other, foreign.id, file);

  const workspace = await testWorkspace({ template });
  await addFrom(workspace, file);
  const { id } = await backUp(workspace);
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  const { safety } = await restoreHere(workspace.folder, id);
  await workspace.reopen();
  const made = await take(workspace.as(), 'Theirs', `backup:${foreign.id}`);
  const play = clientOf(await openSandbox(workspace, made.id));
  const own = clientOf(workspace.core);
  expect((await play.workspace.info({})).id).toBe((await own.workspace.info({})).id);

  const replaced = (await play.backups.list({})).filter((one) => one.replaced).map((one) => one.id);
  expect(replaced).toEqual([safety]);
  expect(await play.backups.list({})).toEqual(await own.backups.list({}));
});
