import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

test('an unfinished copy of a dead process is removed, and one of a running process stays', async () => {
  const workspace = await testWorkspace();
  const { files } = workspace;
  const { id } = await take(workspace.as(), 'Play');
  const built = (pid: number) => join(files.sandboxes, `.${id}-0000-${pid}.part`);
  copyFileSync(files.live, built(process.pid));
  copyFileSync(files.live, join(files.sandboxes, 'dead'));
  renameSync(join(files.sandboxes, 'dead'), built(2 ** 22 + 1));
  await take(workspace.as(), 'Next');
  expect([process.pid, 2 ** 22 + 1].map((pid) => existsSync(built(pid)))).toEqual([true, false]);
});
