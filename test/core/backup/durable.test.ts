import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBackup } from '#core/backup/create.ts';
import { restoreInto } from '#core/backup/restore-into.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { syncFolder } from '#core/kernel/sync-folder.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

/** Notes, each time a folder is brought to the disk, which names it has by then. */
function watching(name: (folder: string) => string) {
  const synced: [folder: string, names: string[]][] = [];
  return {
    synced,
    async sync(folder: string) {
      synced.push([name(folder), readdirSync(folder).toSorted()]);
      await syncFolder(folder);
    },
    /** When a folder was first synced with a name in it that fits. */
    when: (folder: string, fits: RegExp) =>
      synced.findIndex(([where, names]) => where === folder && names.some((one) => fits.test(one))),
  };
}

const stamp = /^\d{8}T\d{9}Z$/;

describe('what a loss of power leaves', () => {
  test('is never a manifest without its packs: each name is on the disk before what needs it', async () => {
    const { files } = await testWorkspace();
    const watch = watching((folder) => (basename(folder).startsWith('.') ? 'building' : basename(folder)));
    const options = { files, reason: 'asked', clock: systemClock, log: silentLog };
    const { id } = await createBackup({ ...options, sync: (folder) => watch.sync(folder) });
    expect(existsSync(join(files.backups, id, 'manifest.json'))).toBe(true);
    const order = [
      watch.when('packs', /\.pack$/),
      watch.when('backups', /^packs$/),
      watch.when(basename(files.folder), /^backups$/),
      watch.when('building', /^manifest\.json$/),
      watch.when('backups', stamp),
    ];
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    // The manifest was not there yet when what it needs was brought to the disk.
    const early = watch.synced.slice(0, order[3]).filter(([, names]) => names.includes('manifest.json'));
    expect(early).toEqual([]);
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
      clock: systemClock,
      ids: createIds(systemClock, systemRandom),
      log: silentLog,
      tell: () => {},
      signal: new AbortController().signal,
      sync: (folder) => watch.sync(folder),
    });
    expect(watch.when(into, /^frames\.sqlite$/)).toBeGreaterThan(-1);
    expect(watch.when(dirname(into), /^one$/)).toBeGreaterThan(-1);
    expect(watch.when(top, /^new$/)).toBeGreaterThan(-1);
  });
});
