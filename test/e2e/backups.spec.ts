import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf } from './lib/window.ts';

async function backUp(running: Running): Promise<void> {
  await chooseMenu(running, 'data.backup');
  await expect(noticeOf(running.page, 'The backup is made')).toBeVisible({ timeout: 30_000 });
}

async function removeTeam(running: Running, name: string): Promise<void> {
  await goTo(running.page, 'Teams');
  await cellOf(running.page, name).click();
  await chooseMenu(running, 'record.delete');
  await expect(noticeOf(running.page, `Deleted ${name}`)).toBeVisible();
}

const openMenu = async ({ page }: Running, entry: string): Promise<void> => {
  await page
    .getByRole('button', { name: /^More for the backup of/ })
    .last()
    .click();
  await page.getByRole('menuitem', { name: entry }).click();
};

test('what was backed up takes the place of the records again, and what was there before is backed up too', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await backUp(running);
  await removeTeam(running, 'Autonomy');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await goTo(page, 'Backups');
  await openMenu(running, 'Restore…');
  const asked = page.getByRole('dialog', { name: /^Restore the backup made/ });
  await expect(asked.getByText('1 change was made since.')).toBeVisible();
  await frames.picture(running, 'backup-restore');
  const yes = asked.getByRole('button', { name: 'Restore' });
  await expect(yes).toBeDisabled();
  await asked.getByRole('textbox').fill('Sample');
  await yes.click();
  await expect(noticeOf(page, /^The backup was restored: /)).toBeVisible({ timeout: 60_000 });
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  // The page began anew where it was; the backup that was made first is the newest.
  await goTo(page, 'Backups');
  await expect(page.getByText('Before restoring')).toBeVisible();
  await goTo(page, 'History');
  await expect(page.getByRole('option').first()).toContainText(/restored/i);
  await ready(running);
  // From there one goes on as ever.
  await removeTeam(running, 'Documentation');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
});

test('a backup is written as one file with a passphrase, and taken in again only with it', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, userData } = running;
  await ready(running);
  await backUp(running);
  await goTo(page, 'Backups');
  const file = join(userData, 'ours.frames');
  await answerDialogs(running, file);
  await openMenu(running, 'Write as one file…');
  const asked = page.getByRole('dialog', { name: 'Write this backup as one file' });
  await asked.getByLabel('Passphrase (not needed)').fill('correct horse');
  await asked.getByLabel('The same once more').fill('correct horsf');
  await asked.getByRole('button', { name: 'Choose where…' }).click();
  await expect(asked.getByText('The two are not the same.')).toBeVisible();
  await asked.getByLabel('The same once more').fill('correct horse');
  await asked.getByRole('button', { name: 'Choose where…' }).click();
  await expect(noticeOf(page, 'The backup was written to ours.frames')).toBeVisible({ timeout: 30_000 });
  expect(existsSync(file)).toBe(true);

  await answerDialogs(running, file);
  await chooseMenu(running, 'data.takeBackup');
  const secret = page.getByRole('dialog', { name: 'This file is encrypted' });
  await secret.getByLabel('Passphrase').fill('wrong passphrase');
  await secret.getByRole('button', { name: 'Take in' }).click();
  await expect(secret.getByText('That was not its passphrase.')).toBeVisible({ timeout: 30_000 });
  await secret.getByLabel('Passphrase').fill('correct horse');
  await secret.getByRole('button', { name: 'Take in' }).click();
  await expect(noticeOf(page, 'The backup was taken in')).toBeVisible({ timeout: 30_000 });
});
