import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { dropFile } from './lib/hands.ts';
import { largeFile } from './lib/large-file.ts';
import { nextDataPid } from './lib/launch.ts';
import { countOf } from './lib/window.ts';

test('a large import shows progress; neither a cancelled nor a killed one leaves anything behind', async ({
  frames,
}) => {
  frames.expectTrouble(/data process ended/);
  const workspace = join(frames.folder, 'W');
  const running = await frames.startReady({ workspace });
  const { page } = running;
  const file = largeFile(frames.folder, 60_000);
  await dropFile(running, file);
  await page.getByRole('button', { name: /^Import 60,000 records/ }).click();
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Import .*: cancelled$/)).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/^Teams0?$/);

  await dropFile(running, file);
  const pid = await nextDataPid(running, null);
  // SQLite begins to write a transaction that is larger than its cache long before the commit.
  const killer = spawn(process.execPath, [
    join(import.meta.dirname, 'lib', 'kill-writer.cjs'),
    join(workspace, 'frames.sqlite-wal'),
    '4000000',
    String(pid),
  ]);
  await once(killer.stdout, 'data');
  await page.getByRole('button', { name: /^Import 60,000 records/ }).click();
  await nextDataPid(running, pid);
  await expect(page.getByRole('heading', { name: '“large.json” was not imported' })).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/^Teams0?$/);
  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { teams: 0, interfaces: 0 } });
});
