import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeSupportCopy } from '#core/care/support-copy.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { backUp } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const copying = (folder: string, path: string) => ({
  folder,
  path,
  ...systemServices(),
  log: silentLog,
  onProgress: (): void => {},
  signal: new AbortController().signal,
});

describe('a copy for support', () => {
  test('contains the unchanged damaged file, its health and facts about backups, and can be unpacked anywhere', async () => {
    const workspace = await testWorkspace();
    const { id } = await backUp(workspace);
    await workspace.core.close();
    const { live } = workspace.files;
    truncateSync(live, 9000);
    const damaged = readFileSync(live);
    const out = testFolder();
    const path = join(out, 'support.tar.gz');
    const { contents, bytes } = await writeSupportCopy(copying(workspace.folder, path));
    expect(contents).toEqual(
      expect.arrayContaining(['about.json', 'health.json', 'backups.json', 'frames.sqlite', 'head.json']),
    );
    expect(contents.some((name) => name.includes('backups/'))).toBe(false);
    expect(readFileSync(path)).toHaveLength(bytes);
    execFileSync('tar', ['-xzf', path, '-C', out]);
    const unpacked = join(out, 'frames-support');
    expect(readFileSync(join(unpacked, 'frames.sqlite')).equals(damaged)).toBe(true);
    expect(readFileSync(live).equals(damaged)).toBe(true);
    expect(JSON.parse(readFileSync(join(unpacked, 'health.json'), 'utf8'))).toMatchObject({ state: 'bad' });
    expect(JSON.parse(readFileSync(join(unpacked, 'backups.json'), 'utf8'))).toMatchObject([{ id }]);
  });

  test('is refused while the workspace is open, and in place of its own file', async () => {
    const workspace = await testWorkspace();
    const path = join(testFolder(), 'support.tar.gz');
    await expect(writeSupportCopy(copying(workspace.folder, path))).rejects.toMatchObject({ code: 'BUSY' });
    expect(existsSync(path)).toBe(false);
    await workspace.core.close();
    const { live } = workspace.files;
    await expect(writeSupportCopy(copying(workspace.folder, live))).rejects.toMatchObject({
      code: 'BAD_FILE',
    });
    writeFileSync(path, 'before');
    const over = copying(workspace.folder, path);
    await expect(writeSupportCopy(over)).rejects.toMatchObject({ data: { reason: 'there' } });
    await writeSupportCopy({ ...over, replace: true });
    expect(readFileSync(path).length).toBeGreaterThan(1000);
  });
});
