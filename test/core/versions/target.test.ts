import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockShared } from '#core/kernel/db/lock.ts';
import { backUp, fileOf, namesIn, restore } from '#test/support/backup.ts';
import { flipBit } from '#test/support/damage.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const notEmpty = { code: 'WORKSPACE', data: { reason: 'not_empty_folder' } };

describe('a folder that a backup is to be restored into', () => {
  test('is refused unless empty, also with a dangling link', async () => {
    const workspace = await testWorkspace();
    const { id } = await backUp(workspace);
    const folder = testFolder();
    symlinkSync(join(folder, 'nowhere'), join(folder, 'frames.sqlite'));
    await expect(restore(workspace, id, folder)).rejects.toMatchObject(notEmpty);
    writeFileSync(join(folder, 'letters.txt'), 'mine');
    await expect(restore(workspace, id, folder)).rejects.toMatchObject(notEmpty);
    expect(readdirSync(folder).toSorted()).toEqual(['frames.sqlite', 'letters.txt']);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    await expect(restore(workspace, id, workspace.folder)).rejects.toMatchObject(notEmpty);
  });

  test('is refused among backups, by whatever way it is named', async () => {
    const workspace = await testWorkspace();
    const { id } = await backUp(workspace);
    const { backups } = workspace.files;
    const link = join(testFolder(), 'link');
    symlinkSync(backups, link);
    for (const into of [backups, join(backups, '20260304T050607008Z'), join(link, 'a', 'b')])
      await expect(restore(workspace, id, into)).rejects.toMatchObject({
        ...notEmpty,
        message:
          'The folder is not empty: it is inside a backup folder. Choose an empty one. Nothing was changed.',
      });
    expect(namesIn(workspace)).toEqual([id]);
    // One that is only called so is as good as any.
    const into = join(testFolder(), 'backups', 'mine');
    expect(await restore(workspace, id, into)).toMatchObject({ folder: into });
  });

  test('is unchanged if the work fails', async () => {
    const workspace = await testWorkspace();
    const { id } = await backUp(workspace);
    const top = testFolder();
    mkdirSync(join(top, 'empty'));
    mkdirSync(join(top, 'held'));
    const held = lockShared(join(top, 'held', 'lock.sqlite'));
    await expect(restore(workspace, id, join(top, 'held'))).rejects.toMatchObject({ code: 'BUSY' });
    held.release();
    flipBit(fileOf(workspace, id), 0.5);
    for (const into of ['a/b/c', 'empty', 'held'])
      await expect(restore(workspace, id, join(top, into))).rejects.toMatchObject({
        data: { reason: 'damaged' },
      });
    expect(readdirSync(top).toSorted()).toEqual(['empty', 'held']);
    expect(readdirSync(join(top, 'empty'))).toEqual([]);
    expect(readdirSync(join(top, 'held'))).toEqual(['lock.sqlite']);
  });
});
