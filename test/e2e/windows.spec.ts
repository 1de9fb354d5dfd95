import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { chooseMenu } from './lib/hands.ts';
import { keptTabs } from './lib/launch.ts';
import type { Running } from './lib/launch.ts';
import { goTo, openRecord, tabsOf } from './lib/window.ts';

/** The next window, opened by the menu of the one in front. */
async function another(running: Running): Promise<Running['page']> {
  const opened = running.app.waitForEvent('window');
  await chooseMenu(running, 'window.new');
  const page = await opened;
  await expect(page.getByRole('main').or(page.getByRole('tabpanel')).first()).toBeVisible();
  return page;
}

test('a second window shows the same records, has its own tabs, and undoes changes of the first; the last tab closes the window', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page, userData, app } = running;
  await goTo(page, 'Teams');
  const second = await another(running);
  await expect(tabsOf(second)).toHaveText(['Teams']);
  await goTo(second, 'Students');
  await expect(tabsOf(page)).toHaveText(['Teams']);

  const panel = await openRecord(page, 'Autonomy');
  await panel.getByRole('textbox', { name: 'Size' }).fill('23');
  await page.keyboard.press('Enter');
  // Its own change is what the second window offers to take back.
  await expect(second.getByRole('button', { name: /^Undo: .*Autonomy/ })).toBeVisible();
  await second.getByRole('grid', { name: /^Students/ }).press('Control+Z');
  await expect(panel.getByRole('textbox', { name: 'Size' })).not.toHaveValue('23');

  // What is typed and not saved is there in both.
  await panel.getByRole('textbox', { name: 'Size' }).fill('0');
  await expect(second.getByText(/unsaved change.*: Autonomy/)).toBeVisible();

  // The first window's tabs come back at the next start, whatever the second has open.
  await second.close();
  await expect.poll(() => keptTabs(userData)).toContain('frames://live/teams');
  expect(keptTabs(userData)).not.toContain('students');
  await chooseMenu(running, 'go.faculty');
  await expect(tabsOf(page)).toHaveText(['Faculty']);

  await test.step('the menu closes the tab, and with the last one the window', async () => {
    await page.keyboard.press('Control+T');
    await expect(tabsOf(page)).toHaveCount(2);
    await chooseMenu(running, 'tab.close');
    await expect(tabsOf(page)).toHaveText(['Faculty']);
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
  });
});
