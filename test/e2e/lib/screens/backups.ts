import { goTo } from '../window.ts';
import { emptyScreen, floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

const menu = /^More for backup of/;

/** Backups: the list, what restoring one asks, and the form of one as a file. */
export const backupScreens: readonly Screen[] = [
  emptyScreen('versions-empty', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByText('No backups yet').waitFor();
  }),
  sampleScreen('versions', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: 'Remove old backups…' }).waitFor();
  }),
  floatingScreen('backup-menu', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: 'Restore…' }).waitFor();
  }),
  floatingScreen('backup-restore', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: 'Restore…' }).click();
    const asked = page.getByRole('dialog', { name: /^Restore the backup/ });
    await asked
      .getByRole('textbox')
      .or(asked.getByText(/match the backup/))
      .waitFor();
  }),
  floatingScreen('backup-records', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: 'Restore records…' }).click();
    const asked = page.getByRole('dialog', { name: /^Restore records from/ });
    const same = asked.getByText(/^No differences/);
    await same.or(asked.getByRole('list')).first().waitFor();
  }),
  floatingScreen('backup-file', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitem', { name: 'Save as file…' }).click();
    await page.getByRole('dialog', { name: 'Save backup as file' }).waitFor();
  }),
  floatingScreen('backup-prune', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: 'Remove old backups…' }).click();
    await page
      .getByRole('dialog', { name: 'Remove old backups?' })
      .getByText(/^(No backups to remove|Keeps )/)
      .waitFor();
  }),
];
