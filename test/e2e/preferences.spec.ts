import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import { goTo, noticeOf } from './lib/window.ts';

const widthOf = (page: Page): Promise<number> => page.evaluate(() => innerWidth);
const rootOf = (page: Page) => page.locator('html');

/** Fails unless the page has the chosen theme, density and motion, and is enlarged. */
async function isAsChosen(page: Page, width: number): Promise<void> {
  const root = rootOf(page);
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(root).toHaveAttribute('data-density', 'compact');
  await expect(root).toHaveAttribute('data-motion', 'reduced');
  await expect.poll(() => widthOf(page)).toBeLessThan(width);
}

test('the window and its preferences are at the next start as they were left, and go back to the defaults', async ({
  frames,
}) => {
  const place = { x: 60, y: 40, width: 1300, height: 760 };
  const first = await frames.startReady();
  const { page, userData } = first;
  await ask(() =>
    first.app.evaluate(({ BrowserWindow }, box) => BrowserWindow.getAllWindows()[0]?.setBounds(box), place),
  );
  await expect.poll(() => widthOf(page)).toBe(place.width);
  await chooseMenu(first, 'view.dark');
  await expect(rootOf(page)).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await chooseMenu(first, 'view.auto');
  await expect(rootOf(page)).toHaveAttribute('data-mantine-color-scheme', 'light');
  expect(await ask(() => first.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource))).toBe('system');

  await chooseMenu(first, 'file.preferences');
  for (const choice of ['Compact', 'Dark', 'Reduced']) await page.getByText(choice, { exact: true }).click();
  await page.keyboard.press('Control+=');
  await isAsChosen(page, place.width);
  await expect.poll(() => readFileSync(join(userData, 'seat.json'), 'utf8')).toContain('"zoom": 1.1');
  await goTo(page, 'Teams');
  await expect(page.getByRole('row').nth(3)).toHaveCSS('height', '30px');
  await frames.quit(first);

  const again = await frames.start();
  const { page: window, app } = again;
  expect(await window.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  const [box, background] = await ask(() =>
    app.evaluate(({ BrowserWindow }) => {
      const [shown] = BrowserWindow.getAllWindows();
      return [shown?.getBounds(), shown?.getBackgroundColor()] as const;
    }),
  );
  expect(background?.toLowerCase()).toBe('#15171c');
  expect(box).toMatchObject({ width: place.width, height: place.height });
  await isAsChosen(window, place.width);
  await ready(again);
  await window.keyboard.press('Control+,');
  await window.getByRole('button', { name: 'Reset to defaults' }).click();
  await expect(rootOf(window)).toHaveAttribute('data-density', 'comfortable');
  await expect.poll(() => widthOf(window)).toBe(place.width);
  await noticeOf(window, 'Preferences reset to defaults').getByRole('button', { name: 'Undo' }).click();
  await isAsChosen(window, place.width);

  // A reloaded page has the zoom that was chosen last, not that of the start.
  await window.keyboard.press('Control+0');
  await expect.poll(() => widthOf(window)).toBe(place.width);
  await window.evaluate(() => void (document.documentElement.dataset.before = 'yes'));
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await expect(window.locator('html:not([data-before])')).toBeAttached();
  await ready(again);
  await expect.poll(() => widthOf(window)).toBe(place.width);
});
