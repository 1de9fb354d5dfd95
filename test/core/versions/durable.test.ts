import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBackup } from '#core/versions/create.ts';
import { restoreInto } from '#core/versions/restore-into.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { fsyncFolder } from '#core/kernel/fsync.ts';
import { systemClock, systemServices } from '#core/kernel/system.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

/** Notes, each time a folder is brought to the disk, which names it has by then. */
function watching(name: (folder: string) => string) {
  const synced: [folder: string, names: string[]][] = [];
  return {
    synced,
    async sync(folder: string) {
      synced.push([name(folder), readdirSync(folder).toSorted()]);
      await fsyncFolder(folder);
    },
    /** When a folder was first synced with a name in it that fits. */
    when: (folder: string, fits: RegExp) =>
      synced.findIndex(([where, names]) => where === folder && names.some((one) => fits.test(one))),
  };
}

describe('after a power failure', () => {
  test('no reported backup is missing: its name is on the disk first', async () => {
    const { files } = await testWorkspace();
    const watch = watching((folder) => basename(folder));
    const options = { files, reason: 'asked', clock: systemClock, log: silentLog };
    await createBackup({ ...options, sync: (folder) => watch.sync(folder) });
    expect(watch.when('backups', /^\d{8}T\d{9}Z\.frames$/)).toBeGreaterThan(-1);
    expect(watch.when(basename(files.folder), /^backups$/)).toBeGreaterThan(-1);
  });

  test('is a restored workspace that stays, whose folder and those above it were new', async () => {
    const { files } = await testWorkspace();
    const { id } = await createBackup({ files, reason: 'asked', clock: systemClock, log: silentLog });
    const top = testFolder();
    const into = join(top, 'new', 'one');
    const watch = watching((folder) => folder);
    await restoreInto({
      files,
      id,
      into,
      ...systemServices(),
      log: silentLog,
      onProgress: () => {},
      signal: new AbortController().signal,
      sync: (folder) => watch.sync(folder),
    });
    expect(watch.when(into, /^frames\.sqlite$/)).toBeGreaterThan(-1);
    expect(watch.when(dirname(into), /^one$/)).toBeGreaterThan(-1);
    expect(watch.when(top, /^new$/)).toBeGreaterThan(-1);
  });
});
