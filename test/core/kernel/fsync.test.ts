import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fsyncFolder } from '#core/kernel/fsync.ts';
import { testFolder } from '#test/support/folder.ts';

test('waiting for names in a folder ends when they are on the disk, and errors are reported', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'name'), '');
  await fsyncFolder(folder);
  await expect(fsyncFolder(join(folder, 'none'))).rejects.toThrow('ENOENT');
  await expect(fsyncFolder(join(folder, 'name', 'below'))).rejects.toThrow('ENOTDIR');
});
