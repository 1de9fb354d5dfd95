import { expect, test } from './harness.ts';
import { ready } from './lib/hands.ts';
import { goTo, openRecord } from './lib/window.ts';

const selected = '[data-selected]';

test('one box finds records, commands and terms, and keys open them', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  const box = page.getByRole('combobox', { name: 'Search everything' });
  const panel = page.getByRole('complementary', { name: 'Record' });

  await page.getByRole('button', { name: /Search or run a command/ }).click();
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
  await expect(page.getByRole('group', { name: 'Terms' }).getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
});

test('after training, the box finds records by meaning below everything else', async ({ frames }) => {
  test.slow();
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Health');
  const index = page.getByRole('region', { name: 'Search index' });
  await expect(index.getByText('Search by meaning (English) is off.')).toBeVisible();
  await index.getByRole('button', { name: 'Train' }).click();
  await expect(index.getByText(/^Search by meaning \(English\) is on: (\d+) of \1 texts/)).toBeVisible({
    timeout: 120_000,
  });
  await page.keyboard.press('Control+K');
  await page.keyboard.type('steering the spacecraft');
  const byMeaning = page.getByRole('group', { name: 'By meaning (English)' });
  await expect(byMeaning.getByRole('option').first()).toHaveText(/% similar · /, { timeout: 30_000 });
  await expect(page.getByRole('group').last()).toHaveAccessibleName('By meaning (English)');
  await page.keyboard.press('Escape');
});

test('words of an earlier value lead to the history of the record', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  const panel = await openRecord(page, 'Autonomy');
  const description = panel.getByRole('textbox', { name: 'Description' });
  await description.fill('Zephyrine valves and rotators');
  await description.press('Tab');
  await description.fill('Plans the manoeuvres');
  await description.press('Tab');
  await page.keyboard.press('Control+K');
  await page.keyboard.type('zephyrine');
  const earlier = page.getByRole('group', { name: 'Earlier values' }).getByRole('option');
  await expect(earlier).toHaveText(/Autonomy.*Description until .*Zephyrine valves/);
  await earlier.click();
  await expect(panel.getByRole('tab', { name: /^History/, selected: true })).toBeVisible();
});
