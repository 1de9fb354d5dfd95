import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, goTo, noticeOf } from './lib/window.ts';

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
