import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, goTo, noticeOf, openRecord } from './lib/window.ts';

/** What a window that begins anew could have kept of what it was before. */
const stateOf = (page: Page) =>
  page.evaluate(() => ({
    title: document.title,
    target: document.documentElement.dataset['target'],
    frame: getComputedStyle(document.body, '::after').borderTopStyle,
    inert: document.getElementById('root')?.hasAttribute('inert'),
    over: document.querySelectorAll('.gone, [role="dialog"], [role="alertdialog"], [role="menu"]').length,
  }));

const asLive = { title: 'Sample – FRAMES', target: 'live', frame: 'none', inert: false, over: 0 };

/** The window is live's, nothing lies over it, and keys reach it. */
async function isWhole(running: Running): Promise<void> {
  const { page } = running;
  await ready(running);
  await expect.poll(() => stateOf(page)).toEqual(asLive);
  await page.keyboard.press('ControlOrMeta+k');
  const box = page.getByRole('combobox').first();
  await expect(box).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // A list takes the keys as ever.
  await cellOf(page, 'Documentation').click();
  await expect(page.getByRole('grid')).toBeFocused();
}

async function fromBackup(running: Running, name: string): Promise<void> {
  const { page } = running;
  await page
    .getByRole('button', { name: /^More for the backup of/ })
    .last()
    .click();
  await page.getByRole('menuitem', { name: 'Restore…' }).click();
  const asked = page.getByRole('dialog', { name: /^Restore the backup made/ });
  await asked.getByRole('textbox').fill(name);
  await page.keyboard.press('Enter');
  await expect(noticeOf(page, /^The backup was restored: /)).toBeVisible({ timeout: 60_000 });
}

test('after a restore and a reset the window is live as it was left, with nothing over it, and takes keys', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await chooseMenu(running, 'data.backup');
  await expect(noticeOf(page, 'The backup is made')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Teams');
  await openRecord(page, 'Autonomy');
  await goTo(page, 'Backups');
  await fromBackup(running, 'Sample');
  await expect.poll(() => stateOf(page)).toEqual(asLive);
  await expect(page.getByRole('heading', { name: 'Backups' })).toBeVisible();
  // The view has the keys, whatever had them in the page before.
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  await goTo(page, 'Teams');
  await isWhole(running);

  await chooseMenu(running, 'golden.reset');
  const reset = page.getByRole('dialog', { name: /^Reset live to golden version/ });
  await reset.getByRole('textbox').fill('Sample');
  await page.keyboard.press('Enter');
  await expect(noticeOf(page, /^Live is as golden version/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: 'Teams' })).toBeVisible();
  await expect(page.getByRole('grid')).toBeFocused();
  await isWhole(running);
});

test('what is given up leaves the window as it was, and says so', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await chooseMenu(running, 'golden.reset');
  const reset = page.getByRole('dialog', { name: /^Reset live to golden version/ });
  await reset.getByRole('textbox').fill('Sample');
  await page.keyboard.press('Enter');
  const over = page.getByRole('alertdialog', { name: 'Resetting to a golden version' });
  const cancel = over.getByRole('button', { name: 'Cancel' });
  // It may be done before anybody can give it up.
  await Promise.race([
    cancel.click({ timeout: 30_000 }),
    expect(noticeOf(page, /^Live is as golden/)).toBeVisible({ timeout: 30_000 }),
  ]);
  await expect(noticeOf(page, /^(Live is as golden version|Resetting was given up)/)).toBeVisible({
    timeout: 60_000,
  });
  await isWhole(running);
});

test('after a look in Play and a salvage the window is Play, the choice again, and then live', async ({
  frames,
}) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const first = await frames.start();
  const { userData } = first;
  await ready(first);
  await chooseMenu(first, 'data.backup');
  await expect(noticeOf(first.page, 'The backup is made')).toBeVisible({ timeout: 30_000 });
  await goTo(first.page, 'Teams');
  await frames.quit(first);
  const live = join(userData, 'workspaces', 'Sample', 'frames.sqlite');
  writeFileSync(live, readFileSync(live).fill(0xa5, 0, 4096));

  const running = await frames.start({ userData });
  const { page } = running;
  const box = page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
  const offer = box.getByRole('region', { name: 'Salvage what can be read' });
  await offer.getByRole('button', { name: 'Look at it in Play first' }).click({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Back to live' })).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => stateOf(page)).toMatchObject({ frame: 'solid', inert: false, over: 0 });
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(box).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => stateOf(page)).toMatchObject({ target: 'live', frame: 'none', over: 1 });
  await offer.getByRole('button', { name: 'Salvage this' }).click({ timeout: 60_000 });
  await expect(noticeOf(page, /^Salvaged what could be read: /)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('grid')).toBeFocused();
  await isWhole(running);
});
