import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('no backup is made in a sandbox: it would be one of live', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Play');
  const play = await openSandbox(workspace, id);
  const { data } = await refused('WORKSPACE', clientOf(play).backups.create({}).then(resultOf));
  expect(data.reason).toBe('sandbox');
  await refused('WORKSPACE', backUp({ files: filesOf(workspace, id) }));
  expect(existsSync(workspace.files.backups)).toBe(false);
  expect(await resultOf(await workspace.as().backups.create({}))).toMatchObject({ problem: null });
});
