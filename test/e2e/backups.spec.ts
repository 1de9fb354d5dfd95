import { join } from 'node:path';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu, dropFile, ready } from './lib/hands.ts';
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

/** What a window that begins anew could have kept of what it was before. */
const stateOf = ({ page }: Running) =>
  page.evaluate(() => ({
    target: document.documentElement.dataset['target'],
    frame: getComputedStyle(document.body, '::after').borderTopStyle,
    inert: document.getElementById('root')?.hasAttribute('inert'),
    over: document.querySelectorAll('.gone, [role="dialog"], [role="alertdialog"], [role="menu"]').length,
  }));

test('a backup is restored in one change after a new backup, or record by record, and undone', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await backUp(running);
  await removeTeam(running, 'Autonomy');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);

  await test.step('a single record', async () => {
    await goTo(page, 'Versions');
    await openMenu(running, 'Restore records…');
    const asked = page.getByRole('dialog', { name: /^Restore records from the backup of/ });
    await asked.getByRole('textbox', { name: 'Search by name' }).fill('autonomy');
    await asked.getByRole('checkbox', { name: 'Autonomy', exact: true }).check();
    await asked.getByRole('button', { name: /^Preview/ }).click();
    await expect(asked.getByText('Restored as in the backup.')).toBeVisible({ timeout: 30_000 });
    await asked.getByRole('button', { name: 'Restore' }).click();
    const done = noticeOf(page, '1 record restored from the backup');
    await expect(done).toBeVisible({ timeout: 30_000 });
    await expect(countOf(page, 'Teams')).toHaveText(/64$/);
    await done.getByRole('button', { name: 'Undo' }).click();
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  });

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
});

test('a backup includes sandboxes if they are chosen', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await chooseMenu(running, 'play.new');
  const fresh = page.getByRole('dialog', { name: 'New sandbox' });
  await fresh.getByRole('textbox').first().fill('Spring handover');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Sandbox – live data is unchanged until you promote')).toBeVisible();
  await ready(running);
  await chooseMenu(running, 'play.leave');
  await expect(page.getByTitle('The live records of this workspace')).toBeVisible();
  await ready(running);
  await backUp(running);
  await goTo(page, 'Versions');
  await page.getByRole('checkbox', { name: 'Back up sandboxes too' }).check();
  await backUp(running);
  await expect(page.getByText(/; also 1 sandbox$/).first()).toBeVisible();
});

test('a backup is written as one file with a passphrase, and taken in again only with it', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, userData } = running;
  await ready(running);
  await backUp(running);
  await goTo(page, 'Versions');
  const file = join(userData, 'ours.frames');
  await answerDialogs(running, file);
  await openMenu(running, 'Save as file…');
  const asked = page.getByRole('dialog', { name: 'Save backup as file' });
  await asked.getByLabel('Passphrase (optional)').fill('correct horse');
  await asked.getByLabel('Repeat passphrase').fill('correct horse');
  await asked.getByRole('button', { name: 'Choose where…' }).click();
  await expect(noticeOf(page, 'Backup saved as “ours.frames”')).toBeVisible({ timeout: 30_000 });
  expect(existsSync(file)).toBe(true);

  await chooseMenu(running, 'data.takeBackup');
  const secret = page.getByRole('dialog', { name: 'This file is encrypted' });
  await secret.getByLabel('Passphrase').fill('wrong passphrase');
  await secret.getByRole('button', { name: 'Add to versions' }).click();
  await expect(secret.getByText('Wrong passphrase. Try again.')).toBeVisible({ timeout: 30_000 });
  await secret.getByLabel('Passphrase').fill('correct horse');
  await secret.getByRole('button', { name: 'Add to versions' }).click();
  await expect(noticeOf(page, 'This backup is already in the list')).toBeVisible({ timeout: 30_000 });

  const own = join(userData, 'Of its own');
  mkdirSync(own);
  await answerDialogs(running, own);
  await dropFile(running, file);
  const offer = page.getByRole('dialog', { name: '“ours.frames” is a backup' });
  await offer.getByRole('button', { name: 'Open as new workspace…' }).click();
  await secret.getByLabel('Passphrase').fill('correct horse');
  await secret.getByRole('button', { name: 'Add to versions' }).click();
  await expect.poll(() => existsSync(join(own, 'frames.sqlite')), { timeout: 30_000 }).toBe(true);
  await expect(page.getByRole('navigation').getByText('Versions')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Versions');
  await expect(page.getByText('No backups yet')).toBeVisible({ timeout: 30_000 });
});

test('a workspace without its file leads to its newest backup', async ({ frames }) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const running = await frames.start();
  const { userData } = running;
  await ready(running);
  await backUp(running);
  await removeTeam(running, 'Autonomy');
  await frames.quit(running);
  const folder = join(userData, 'workspaces', 'Sample');
  for (const name of readdirSync(folder)) if (name.startsWith('frames.sqlite')) rmSync(join(folder, name));
  const again = await frames.start({ userData });
  await again.page.getByRole('button', { name: 'Restore backup' }).click();
  await expect(noticeOf(again.page, /^Backup restored: /)).toBeVisible({ timeout: 60_000 });
  await expect(countOf(again.page, 'Teams')).toHaveText(/64$/);
});

test('the readable parts of a damaged file are salvaged with changes since the backup, after a copy for support', async ({
  frames,
}) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const running = await frames.start();
  const { userData } = running;
  await ready(running);
  await backUp(running);
  await removeTeam(running, 'Autonomy');
  await frames.quit(running);
  const folder = join(userData, 'workspaces', 'Sample');
  const live = join(folder, 'frames.sqlite');
  const damaged = readFileSync(live);
  damaged.fill(0xa5, 0, 4096);
  writeFileSync(live, damaged);

  const again = await frames.start({ userData });
  const box = again.page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
  const offer = box.getByRole('region', { name: 'Salvage readable records' });
  await expect(offer.getByText(/63 teams/)).toBeVisible({ timeout: 60_000 });
  await expect(offer.getByText('No known losses.')).toBeVisible();

  const copy = join(userData, 'support.tgz');
  await answerDialogs(again, copy);
  const help = box.getByRole('region', { name: 'Get help' });
  await help.getByRole('button', { name: 'Save support file…' }).press('Enter');
  await expect(help.getByRole('status')).toHaveText(`Saved “${copy}”`, { timeout: 30_000 });
  expect(existsSync(copy)).toBe(true);
  expect(readFileSync(live).equals(damaged)).toBe(true);

  await offer.getByRole('button', { name: 'Salvage records' }).press('Enter');
  await expect(noticeOf(again.page, /^Salvaged: /)).toBeVisible({ timeout: 60_000 });
  await expect(countOf(again.page, 'Teams')).toHaveText(/63$/);
  await expect
    .poll(() => stateOf(again))
    .toMatchObject({ target: 'live', frame: 'none', inert: false, over: 0 });
  const displaced = readdirSync(join(folder, 'backups')).find((name) => name.startsWith('displaced-'));
  expect(readFileSync(join(folder, 'backups', displaced ?? '', 'frames.sqlite')).equals(damaged)).toBe(true);
  await goTo(again.page, 'History');
  await expect(again.page.getByRole('option').first()).toContainText('Salvaged');
});
