import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { readCompleteLive } from '#core/log/closed-live.ts';
import { fillUp, makeReadOnly, mountSmall, readOnlyPlaces, smallDisks } from '#test/support/disk.ts';
import { testFolder } from '#test/support/folder.ts';
import { openSeeded } from '#test/support/workspace.ts';

async function made(folder: string): Promise<ReturnType<typeof workspaceFiles>> {
  await (await openSeeded({ folder, owner: 'Ada' })).close();
  return workspaceFiles(folder);
}

// What is taken for damaged is moved aside by who restores: a whole file must never be.
test.each(readOnlyPlaces())(
  'a whole file in a folder that is %s is not taken for a damaged one',
  async () => {
    const files = await made(join(testFolder(), 'w'));
    const back = makeReadOnly(files.folder);
    try {
      expect(() => readCompleteLive({ files, log: silentLog })).toThrow('The workspace folder is read-only');
    } finally {
      back();
    }
    expect(readCompleteLive({ files, log: silentLog })?.profile.name).toBe('Ada');
  },
);

test.each(smallDisks())('a whole file on %s without any room is not taken for a damaged one', async () => {
  const disk = testFolder();
  onTestFinished(mountSmall(disk, 6_000_000));
  const files = await made(join(disk, 'w'));
  const filler = fillUp(disk);
  expect(() => readCompleteLive({ files, log: silentLog })).toThrow(
    /^The disk is full: FRAMES needs a little space next to the file even to read it\. Free up space and try again\. Nothing was changed\.$/,
  );
  rmSync(filler);
  expect(readCompleteLive({ files, log: silentLog })?.profile.name).toBe('Ada');
});
