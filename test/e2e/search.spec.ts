import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import { goTo, openRecord } from './lib/window.ts';

const selected = '[data-selected]';

test('one box finds records, commands and words; keys open what is meant', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  const box = page.getByRole('combobox', { name: 'Search everything' });
  const panel = page.getByRole('complementary', { name: 'Record' });

  await page.getByRole('button', { name: /Search, or run a command/ }).click();
  await expect(box).toBeFocused();
  await page.keyboard.type('autonomy');
  await expect(page.getByRole('group', { name: 'Records' }).getByRole('option')).toHaveText([
    /Autonomy.*Team · /,
    /actor_autonomy.*Risk factor/,
  ]);
  await expect(page.locator(selected)).toHaveText(/^Autonomy/);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator(selected)).toHaveText(/^actor_autonomy/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: 'Autonomy' })).toBeVisible();

  // In a tab of its own.
  const tabs = page.getByRole('tab', { name: /^(Teams|Students|Home)/ });
  const before = await tabs.count();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('magnetometer');
  await expect(page.locator(selected)).toHaveText(/^Magnetometer/);
  await page.keyboard.press('Control+Enter');
  await expect(panel.getByRole('heading', { name: 'Magnetometer' })).toBeVisible();
  await expect(tabs).toHaveCount(before + 1);

  // Commands only.
  await page.keyboard.press('Control+K');
  await page.keyboard.type('>dark');
  await expect(page.getByRole('option').first()).toHaveText(/Dark theme/);
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');

  // Words of the help.
  await page.keyboard.press('Control+K');
  await page.keyboard.type('energy lost');
  await expect(page.getByRole('group', { name: 'Words explained' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
});

test('Enter counts at once, also before anything was found', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  const panel = page.getByRole('complementary', { name: 'Record' });
  for (const name of ['Magnetometer', 'Autonomy', 'Documentation']) {
    await page.keyboard.press('Control+K');
    await page.keyboard.type(name.toLowerCase());
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('heading', { name })).toBeVisible();
  }
});

test('with nothing typed it offers where one was lately; deleted records come last and open as such', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await openRecord(page, 'Autonomy');
  // A place counts when somebody stays there.
  await page.waitForTimeout(1800);
  await goTo(page, 'History');
  await page.waitForTimeout(1800);
  await goTo(page, 'Home');
  await page.keyboard.press('Control+K');
  const recent = page.getByRole('group', { name: 'Recent places' }).getByRole('option');
  await expect(recent.first()).toHaveText(/History/);
  await expect(recent.nth(1)).toHaveText(/Autonomy/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Record' });
  await expect(panel.getByRole('heading', { name: 'Autonomy' })).toBeVisible();

  await chooseMenu(running, 'go.team');
  await page.getByRole('gridcell', { name: 'Autonomy', exact: true }).click();
  await page.keyboard.press('Control+Delete');
  await page.keyboard.press('Control+K');
  await page.keyboard.type('autonomy');
  const records = page.getByRole('group', { name: 'Records' }).getByRole('option');
  await expect(records).toHaveText([/actor_autonomy/, /Autonomy.*deleted/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: 'Autonomy' })).toBeVisible();
});
