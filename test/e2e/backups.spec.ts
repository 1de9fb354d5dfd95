import { join } from 'node:path';
import { existsSync, mkdirSync } from 'node:fs';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu, dropFile } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf } from './lib/window.ts';

async function backUp(running: Running): Promise<void> {
  await chooseMenu(running, 'data.backup');
  await expect(noticeOf(running.page, 'Backup made')).toBeVisible({ timeout: 30_000 });
}

async function removeTeam(running: Running, name: string): Promise<void> {
  await goTo(running.page, 'Teams');
  await cellOf(running.page, name).click();
  await chooseMenu(running, 'record.delete');
  await expect(noticeOf(running.page, `Deleted “${name}”`)).toBeVisible();
}

const openMenu = async ({ page }: Running, entry: string): Promise<void> => {
  await page
    .getByRole('button', { name: /^More for backup of/ })
    .last()
    .click();
  await page.getByRole('menuitem', { name: entry }).click();
};

test('a backup is restored as a whole, undone, and saved as a file with a passphrase', async ({ frames }) => {
  const running = await frames.startReady();
  const { page, userData } = running;
  await backUp(running);
  await removeTeam(running, 'Autonomy');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);

  await test.step('everything', async () => {
    await goTo(page, 'Versions');
    await openMenu(running, 'Restore…');
    const asked = page.getByRole('dialog', { name: /^Restore the backup of/ });
    await expect(asked.getByText('Restores 1 team')).toBeVisible();
    const yes = asked.getByRole('button', { name: 'Restore' });
    await expect(yes).toBeDisabled();
    await asked.getByRole('textbox').fill('Sample');
    await yes.click();
    const done = noticeOf(page, /^Restored the backup of/);
    await expect(done).toBeVisible({ timeout: 60_000 });
    await expect(countOf(page, 'Teams')).toHaveText(/64$/);
    await goTo(page, 'Versions');
    await expect(page.getByText('Before restoring', { exact: true })).toBeVisible();
    await goTo(page, 'History');
    await expect(page.getByRole('option').first()).toContainText(/restored/i);
    await done.getByRole('button', { name: 'Undo' }).click();
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  });

  await test.step('a file with a passphrase', async () => {
    await goTo(page, 'Versions');
    const file = join(userData, 'ours.frames');
    await answerDialogs(running, file);
    await openMenu(running, 'Save as file…');
    const asked = page.getByRole('dialog', { name: 'Save backup as file' });
    await asked.getByLabel('Passphrase (optional)').fill('correct horse');
    await asked.getByRole('button', { name: 'Choose where…' }).click();
    await expect(asked.getByText('The passphrases differ.')).toBeVisible();
    await asked.getByLabel('Repeat passphrase').fill('correct horse');
    await asked.getByRole('button', { name: 'Choose where…' }).click();
    await expect(noticeOf(page, 'Backup saved as “ours.frames”')).toBeVisible({ timeout: 30_000 });
    expect(existsSync(file)).toBe(true);

    const own = join(userData, 'Of its own');
    mkdirSync(own);
    await answerDialogs(running, own);
    await dropFile(running, file);
    const offer = page.getByRole('dialog', { name: '“ours.frames” is a backup' });
    await offer.getByRole('button', { name: 'Open as new workspace…' }).click();
    const secret = page.getByRole('dialog', { name: 'This file is encrypted' });
    await secret.getByLabel('Passphrase').fill('correct horse');
    await secret.getByRole('button', { name: 'Add to versions' }).click();
    await expect.poll(() => existsSync(join(own, 'frames.sqlite')), { timeout: 30_000 }).toBe(true);
    await expect(page.getByRole('navigation').getByText('Versions')).toBeVisible({ timeout: 30_000 });
    await goTo(page, 'Versions');
    await expect(page.getByText('No backups yet')).toBeVisible({ timeout: 30_000 });
  });
});
