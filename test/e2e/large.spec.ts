import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { dropFile, ready } from './lib/hands.ts';
import { largeFile } from './lib/large-file.ts';
import { nextDataPid } from './lib/launch.ts';
import { countOf, goTo, rowAt } from './lib/window.ts';

test('a large import shows progress, and the window goes on meanwhile', async ({ frames }) => {
  const running = await frames.start({ workspace: join(frames.folder, 'W') });
  const { page } = running;
  await ready(running);
  await dropFile(running, largeFile(frames.folder, 40_000));
  await page.getByRole('button', { name: /^Import 40,000 records/ }).click();
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await frames.picture(running, 'import-progress');
  await goTo(page, 'History');
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/20(,000|K)$/, { timeout: 60_000 });
  await goTo(page, 'Teams');
  await expect(page.getByRole('grid', { name: 'Teams, 20,000 rows' })).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await expect(rowAt(page)).toBeVisible();
});

test('cancelling a large import leaves nothing behind', async ({ frames }) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.start({ workspace });
  const { page } = running;
  await ready(running);
  await dropFile(running, largeFile(frames.folder, 200_000));
  await page.getByRole('button', { name: /^Import 200,000 records/ }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Import .*: cancelled$/)).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/^Teams0?$/);
  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { teams: 0 } });
});

test('the data process killed in the midst of an import: nothing is half there, and the window says so', async ({
  frames,
}) => {
  frames.expectTrouble(/data process ended/);
  const workspace = join(frames.folder, 'W');
  const running = await frames.start({ workspace });
  const { page } = running;
  await ready(running);
  await dropFile(running, largeFile(frames.folder, 200_000));
  const pid = await nextDataPid(running, null);
  await page.getByRole('button', { name: /^Import 200,000 records/ }).click();
  // At once: it may be over before the next look of an expectation.
  await page.getByRole('progressbar').first().waitFor();
  process.kill(pid, 'SIGKILL');
  await nextDataPid(running, pid);
  await expect(page.getByRole('heading', { name: 'large.json was not imported' })).toBeVisible();
  await frames.picture(running, 'import-interrupted');
  await expect(countOf(page, 'Teams')).toHaveText(/^Teams0?$/);
  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { teams: 0, interfaces: 0 } });
});
