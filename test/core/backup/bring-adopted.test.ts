import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportTo, takeFrom } from '#test/support/backup-file.ts';
import { testFolder } from '#test/support/folder.ts';
import { resultOf, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

test.each([
  ['as it always was', false],
  ['otherwise by then', true],
])(
  'a sandbox of another workspace, which was called %s, is brought once, and nobody changed anything in it',
  async (_, rename) => {
    const other = await testWorkspace({ seed: 7 });
    if (rename) await other.as().workspace.rename({ name: 'The others' });
    const { id } = await take(other.as(), 'Play');
    const made = await resultOf(await other.as().backups.create({ sandboxes: true, golden: false }));
    const file = join(testFolder(), 'other.frames');
    await exportTo(other, made.id, file);
    const workspace = await testWorkspace();
    await takeFrom(workspace, file);
    const ada = workspace.as();
    const bring = async () =>
      resultOf(await ada.backups.bringBack({ id: made.id, contents: [`sandbox-${id}`] }));
    const outcomes = async () => (await bring()).map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(['back']);
    expect(await outcomes()).toEqual(['there']);
    expect(await ada.sandboxes.list({})).toMatchObject([{ id, name: 'Play', changes: 0 }]);
  },
);
