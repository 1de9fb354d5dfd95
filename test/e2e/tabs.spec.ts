import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { chooseMenu, readMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { countOf, goTo, noticeOf, openRecord } from './lib/window.ts';

const tabsOf = ({ page }: Running) => page.getByRole('tablist', { name: /^Open tabs/ }).getByRole('tab');

/** What the shell has written down of the window. */
function keptTabs(userData: string): string {
  const seat = JSON.parse(readFileSync(join(userData, 'seat.json'), 'utf8')) as { items: { tabs?: unknown } };
  return JSON.stringify(seat.items.tabs ?? null);
}

/** Ends the program as a power cut would. */
async function kill({ app }: Running): Promise<void> {
  const child = app.process();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

test('tabs, panes, filters, scroll, input and sizes survive a killed program', async ({ frames }) => {
  const running = await frames.start();
  const { page, userData } = running;
  await ready(running);
  await goTo(page, 'Students');
  await page.getByRole('searchbox').fill('a');
  // A list that is narrowed begins at its top.
  await expect(page.getByText(/^\d+ of 248$/)).toBeVisible();
  await expect(page.getByRole('grid')).not.toHaveAttribute('aria-busy', 'true');
  await page.getByRole('grid').evaluate((grid) => grid.scrollTo({ top: 900 }));
  await page.keyboard.press('Control+T');
  await goTo(page, 'Teams');
  const panel = await openRecord(page, 'Autonomy');
  // What cannot be saved waits as a draft.
  await panel.getByRole('textbox', { name: 'Size' }).fill('0');
  await page.keyboard.press('Control+\\');
  await goTo(page, 'History');
  await expect(page.getByRole('tabpanel', { name: 'History' })).toBeVisible();
  const divider = page.getByRole('separator', { name: 'Width of the panes' });
  await divider.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(divider).toHaveAttribute('aria-valuenow', '54');
  await expect
    .poll(() => keptTabs(userData))
    .toMatch(/"share":0\.54.*"scroll":900|"scroll":900.*"share":0\.54/);
  await expect.poll(() => readFileSync(join(userData, 'seat.json'), 'utf8')).toContain('"draft:team_');
  await kill(running);

  const again = await frames.start({ userData });
  await expect(tabsOf(again)).toHaveText(['Students · “a”', 'Teams', 'History']);
  await expect(again.page.getByRole('tablist')).toHaveCount(3);
  await expect(again.page.getByRole('tabpanel', { name: 'History' })).toBeVisible();
  await expect(again.page.getByRole('separator', { name: 'Width of the panes' })).toHaveAttribute(
    'aria-valuenow',
    '54',
  );
  const back = again.page.getByRole('complementary', { name: 'Record' });
  await expect(back.getByRole('heading', { name: 'Autonomy' })).toBeVisible();
  await expect(back.getByRole('textbox', { name: 'Size' })).toHaveValue('0');
  await expect(back.getByText('One unsaved change was restored')).toBeVisible();
  await tabsOf(again).filter({ hasText: 'Students' }).click();
  await expect(again.page.getByRole('searchbox')).toHaveValue('a');
  await expect
    .poll(() => again.page.getByRole('grid').evaluate((grid) => grid.scrollTop))
    .toBeGreaterThan(800);
});

test('the menu closes the tab, and with the last one the window, which reopens unchanged', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, userData, app } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await page.keyboard.press('Control+T');
  await chooseMenu(running, 'tab.close');
  await expect(tabsOf(running)).toHaveText(['Teams']);
  const close = await ask(() =>
    app.evaluate(({ Menu }) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
      return items
        .filter(({ id, role }) => id === 'tab.close' || (role as string) === 'close')
        .map(({ accelerator }) => accelerator);
    }),
  );
  expect(close).toEqual(['CmdOrCtrl+W', 'CmdOrCtrl+Shift+W']);
  const shut = page.waitForEvent('close');
  await chooseMenu(running, 'tab.close').catch(() => {});
  await shut;
  await frames.quit(running).catch(() => {});
  const again = await frames.start({ userData });
  await expect(tabsOf(again)).toHaveText(['Teams']);
  await expect(countOf(again.page, 'Teams')).toHaveText(/64$/);
});

test('preferences count at once, are there at the next start, and go back to the defaults', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, userData } = running;
  await ready(running);
  expect((await readMenu(running)).flatMap(({ ids }) => ids)).toEqual(
    expect.arrayContaining(['file.preferences', 'help.shortcuts', 'help.about', 'view.larger']),
  );
  await chooseMenu(running, 'file.preferences');
  await page.getByText('Compact', { exact: true }).click();
  await page.getByText('Dark', { exact: true }).click();
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-density', 'compact');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  const wide = await page.evaluate(() => innerWidth);
  await page.keyboard.press('Control+=');
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThan(wide);
  await expect.poll(() => readFileSync(join(userData, 'seat.json'), 'utf8')).toContain('"zoom": 1.1');
  await goTo(page, 'Teams');
  await expect(page.getByRole('row').nth(3)).toHaveCSS('height', '30px');
  await frames.quit(running);

  const again = await frames.start({ userData });
  await expect(again.page.locator('html')).toHaveAttribute('data-density', 'compact');
  await expect(again.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect.poll(() => again.page.evaluate(() => innerWidth)).toBeLessThan(wide);
  await ready(again);
  await again.page.keyboard.press('Control+,');
  await again.page.getByRole('button', { name: 'Reset to defaults' }).click();
  await expect(again.page.locator('html')).toHaveAttribute('data-density', 'comfortable');
  await expect.poll(() => again.page.evaluate(() => innerWidth)).toBe(wide);
  await noticeOf(again.page, 'Preferences reset to defaults').getByRole('button', { name: 'Undo' }).click();
  await expect(again.page.locator('html')).toHaveAttribute('data-density', 'compact');
  await expect.poll(() => again.page.evaluate(() => innerWidth)).toBeLessThan(wide);

  // A page that begins anew, as in another workspace, is drawn as large as was chosen last, not as at the start.
  await again.page.keyboard.press('Control+0');
  await expect.poll(() => again.page.evaluate(() => innerWidth)).toBe(wide);
  await again.page.evaluate(() => void (document.documentElement.dataset.before = 'yes'));
  await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await expect(again.page.locator('html:not([data-before])')).toBeAttached();
  await ready(again);
  await expect.poll(() => again.page.evaluate(() => innerWidth)).toBe(wide);
});
