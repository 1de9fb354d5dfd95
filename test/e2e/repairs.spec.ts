import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { ready } from './lib/hands.ts';
import { press, tabTo } from './lib/keys.ts';
import { ask, goTo, noticeOf, openRecord } from './lib/window.ts';

const planned = (page: Page) => page.getByRole('dialog', { name: 'Plan repair' });
const onHome = (page: Page) => page.getByRole('region', { name: 'Open repairs' });

test('a repair is planned in Insights, shown on Home until done, and its record has the effect', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Insights');
  await ask(page, 'Departures');
  const row = page.locator('li').filter({ hasText: /^Pair “/ });
  await row.getByRole('button', { name: /^Plan repair/ }).click({ timeout: 30_000 });
  const dialog = planned(page);
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue(/^Pair “.*” with “.*”$/);
  const name = await dialog.getByRole('textbox', { name: 'Name' }).inputValue();
  await dialog.getByRole('textbox', { name: 'Responsible' }).click();
  await page.getByRole('option').first().click();
  await dialog.getByRole('textbox', { name: 'Due' }).fill('5 Mar 2024');
  await dialog.getByRole('textbox', { name: 'Due' }).press('Tab');
  await dialog.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(noticeOf(page, `Created “${name}”`)).toBeVisible();
  const link = row.getByRole('button', { name: /^Planned: .*, due 5 Mar 2024$/ });
  await expect(link).toBeVisible();
  await link.click();
  const effect = page.getByRole('region', { name: 'Effect' });
  await expect(effect).toHaveText(/% when planned · .*% now · .*% expected/);
  await accessible(page, 'an open repair');
  await effect.getByRole('button', { name: 'Show in Insights' }).click();
  await expect(link).toBeVisible({ timeout: 30_000 });

  await goTo(page, 'Home');
  await expect(onHome(page)).toContainText(/overdue, due 5 Mar 2024/);
  await accessible(page, 'Home with an open repair');
  await onHome(page)
    .getByRole('button', { name: `Mark as done: ${name}` })
    .click();
  await expect(noticeOf(page, `Marked “${name}” as done`)).toBeVisible({ timeout: 30_000 });
  await expect(onHome(page)).not.toContainText(name);
  await goTo(page, 'Insights');
  await page.getByRole('button', { name: 'Risk models' }).click();
  await page.getByRole('button', { name: 'Repairs' }).click();
  await openRecord(page, name);
  await expect(page.getByRole('region', { name: 'Effect' })).toHaveText(
    /% before · .*% expected · .*% after: /,
  );
});

test('a repair is planned and marked as done with the keyboard alone, and undo opens it again', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Insights');
  await ask(page, 'Departures');
  const plan = page.getByRole('button', { name: /^Plan repair: / }).first();
  await expect(plan).toBeVisible({ timeout: 30_000 });
  await plan.focus();
  await press(page, 'Enter');
  const name = planned(page).getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await name.fill('Write it down');
  await press(page, 'Tab');
  await page.keyboard.type('Aaliyah');
  await page.keyboard.press('Enter');
  await expect(planned(page).getByRole('button', { name: /^Remove Aaliyah/ })).toBeVisible();
  await tabTo(page, planned(page).getByRole('textbox', { name: 'Due' }));
  await page.keyboard.type('2031-03-05');
  await tabTo(page, planned(page).getByRole('button', { name: 'Plan', exact: true }));
  await page.keyboard.press('Enter');
  await expect(noticeOf(page, 'Created “Write it down”')).toBeVisible();
  await goTo(page, 'Home');
  await expect(onHome(page)).toContainText('Aaliyah');
  await onHome(page).getByRole('button', { name: 'Write it down', exact: true }).focus();
  await press(page, 'Tab');
  await expect(page.getByRole('button', { name: 'Mark as done: Write it down' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(onHome(page)).not.toContainText('Write it down', { timeout: 30_000 });
  await page.keyboard.press('Control+z');
  await expect(onHome(page)).toContainText('due 5 Mar 2031');
});
