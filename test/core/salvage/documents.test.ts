import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { contentPath } from '#core/kernel/files/contents.ts';
import { salvageInto } from '#core/salvage/run.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { attach, filesIn, storedPath } from '#test/support/documents/attach.ts';
import { testFolder } from '#test/support/folder.ts';
import { salvaging } from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

test('a workspace that is salvaged into a new folder has the intact files of its documents', async () => {
  const workspace = await testWorkspace({ template });
  const { record } = await attach(workspace, 'a.md', 'The first valve.');
  const { record: damaged } = await attach(workspace, 'b.md', 'The second valve.');
  const { record: lost } = await attach(workspace, 'c.md', 'The third valve.');
  writeFileSync(storedPath(workspace, damaged), 'Another text.');
  rmSync(storedPath(workspace, lost));
  await workspace.core.close();
  const into = `${testFolder()}/elsewhere`;
  await salvageInto({ ...salvaging(workspace.folder), into });
  const files = workspaceFiles(into);
  const { sha256 } = record.payload['file'] as StoredFile;
  expect(readFileSync(contentPath(files, sha256), 'utf8')).toBe('The first valve.');
  expect(filesIn({ files }).filter((name) => name.includes('/'))).toHaveLength(1);
});
