import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { goTo, noticeOf } from './lib/window.ts';

const title = (page: Page) => page.getByRole('main').getByRole('heading', { level: 1 }).getByRole('button');
const box = (page: Page) => page.getByRole('main').getByRole('searchbox');
const chip = (page: Page, text: string) => page.getByRole('button', { name: text, exact: true });

async function choose(page: Page, item: string): Promise<void> {
  await title(page).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a view is saved, opened from palette and rail, changed, taken back, deleted and undone', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page } = running;
  await goTo(page, 'Teams');
  await box(page).fill('size>=4');
  await page.keyboard.press('Enter');
  await expect(chip(page, 'Size ≥ 4')).toBeVisible();
  await page.getByRole('columnheader', { name: /Size/ }).first().click();
  await choose(page, 'Save view…');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Large teams');
  await page.keyboard.press('Enter');
  await expect(noticeOf(page, 'Saved view “Large teams”')).toBeVisible();
  await expect(title(page)).toHaveText('Large teams');

  await goTo(page, 'Students');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('large teams');
  await expect(page.getByText('Open view: Large teams')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('Large teams');
  await expect(chip(page, 'Size ≥ 4')).toBeVisible();

  await box(page).fill('size<=6');
  await page.keyboard.press('Enter');
  await expect(page.getByText('(modified)')).toBeVisible();
  await title(page).click();
  await page.getByRole('menuitem', { name: 'Discard changes' }).click();
  await expect(chip(page, 'Size ≥ 4')).toBeVisible();
  await expect(page.getByText('(modified)')).toBeHidden();

  await choose(page, 'Delete “Large teams”');
  await expect(page.getByText('View not found')).toBeVisible();
  await noticeOf(page, 'Deleted view').getByRole('button', { name: 'Undo' }).click();
  await expect(title(page)).toHaveText('Large teams');
  const rail = page.getByRole('navigation', { name: 'Main' });
  await goTo(page, 'Home');
  await rail.getByRole('button', { name: 'Large teams' }).click();
  await expect(title(page)).toHaveText('Large teams');
});
