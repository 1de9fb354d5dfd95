import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { forkSandbox } from '#core/sandboxes/fork.ts';
import type { ForkOptions } from '#core/sandboxes/fork.ts';
import { fsyncFolder } from '#core/kernel/fsync-folder.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

function forkOf({ core, files }: TestWorkspace, sync: ForkOptions['sync']): Promise<string> {
  const { source, log } = core.services;
  const by = core.session().profile;
  const parts = { files, by, ...source, log, onProgress: () => undefined };
  return forkSandbox({ ...parts, from: { kind: 'live' }, name: 'New', sync });
}

test('a sandbox is there when its name is on the disk, and that of a new folder too', async () => {
  const workspace = await testWorkspace({ template });
  const synced: [string, string[]][] = [];
  const id = await forkOf(workspace, async (folder) => {
    synced.push([basename(folder), readdirSync(folder)]);
    await fsyncFolder(folder);
  });
  const names = (wanted: string): string[] => synced.find(([folder]) => folder === wanted)?.[1] ?? [];
  expect(names('sandboxes')).toEqual(expect.arrayContaining([`${id}.sqlite`, `${id}.head.json`]));
  expect(names('workspace')).toContain('sandboxes');
  expect((await clientOf(await openSandbox(workspace, id)).workspace.info({})).sandbox?.name).toBe('New');
});

test('a sandbox whose name does not reach the disk does not exist, and leaves nothing behind', async () => {
  const workspace = await testWorkspace({ template });
  await take(workspace.as(), 'One');
  const before = readdirSync(workspace.files.sandboxes).toSorted();
  let tried: Promise<unknown> | undefined;
  const failed = forkOf(workspace, async () => {
    const [newest] = readdirSync(workspace.files.sandboxes)
      .filter((name) => name.endsWith('.sqlite'))
      .toSorted()
      .slice(-1);
    // Whoever has seen it already waits for it.
    const id = (newest as string).replace('.sqlite', '');
    tried = refused(
      'NOT_FOUND',
      openSandbox(workspace, id).then(() => filesOf(workspace, id)),
    );
    throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
  });
  const { message } = await refused('WORKSPACE', failed);
  expect(message).toContain('the disk failed to read or write');
  await tried;
  const left = readdirSync(workspace.files.sandboxes).filter((name) => !name.endsWith('.lock.sqlite'));
  expect(left.toSorted()).toEqual(before.filter((name) => !name.endsWith('.lock.sqlite')));
  expect(await workspace.as().sandboxes.list({})).toMatchObject([{ name: 'One' }]);
  await take(workspace.as(), 'New');
});
