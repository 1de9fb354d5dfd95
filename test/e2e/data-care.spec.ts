import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu, ready } from './lib/hands.ts';
import { countOf, goTo, noticeOf } from './lib/window.ts';

test('the file is checked and compacted, and backups go to another drive and back', async ({ frames }) => {
  const running = await frames.start();
  const { page, userData } = running;
  await ready(running);
  await test.step('the file is checked and compacted, with a backup before it, and the window goes on', async () => {
    await goTo(page, 'Health');
    await expect(page.getByText('The file is intact.')).toBeVisible();
    await page.getByRole('button', { name: 'Verify workspace' }).click();
    await expect(page.getByText(/^Last full check/)).toBeVisible({ timeout: 30_000 });
    await chooseMenu(running, 'care.pack');
    const asked = page.getByRole('dialog', { name: 'Compact the file?' });
    await expect(asked.getByText(/^The file takes/)).toBeVisible();
    await asked.getByRole('button', { name: 'Compact', exact: true }).click();
    await expect(noticeOf(page, 'File compacted')).toBeVisible({ timeout: 60_000 });
    await expect(countOf(page, 'Teams')).toHaveText(/64$/);
    await goTo(page, 'Versions');
    await expect(page.getByText('Before compacting')).toBeVisible();
  });

  await test.step('backups go to another drive; where that is missing it is said, and another place can be chosen', async () => {
    const drive = join(userData, 'drive');
    mkdirSync(drive);
    await goTo(page, 'Health');
    const place = page.getByRole('region', { name: 'Backup folder' });
    await expect(place.getByText(/^In the workspace folder/)).toBeVisible();
    await answerDialogs(running, drive);
    await place.getByRole('button', { name: 'Choose another folder…' }).click();
    await expect(noticeOf(page, 'Backup folder changed')).toBeVisible({ timeout: 30_000 });
    await chooseMenu(running, 'data.backup');
    await expect(noticeOf(page, 'Backup made')).toBeVisible({ timeout: 30_000 });
    const [own = ''] = readdirSync(drive);
    expect(own).toMatch(/^frames-backups-/);
    expect(readdirSync(join(drive, own)).length).toBeGreaterThan(0);

    renameSync(drive, `${drive}-away`);
    await goTo(page, 'Versions');
    await expect(page.getByRole('heading', { name: 'Versions', level: 1 })).toBeVisible();
    await goTo(page, 'Health');
    await expect(place.getByRole('alert')).toContainText('Connect its drive, or choose another folder.');
    await place.getByRole('button', { name: 'Use default folder' }).click();
    await expect(noticeOf(page, 'Default backup folder in use')).toBeVisible({
      timeout: 30_000,
    });
    await expect(place.getByText(/^In the workspace folder/)).toBeVisible();
  });
});
