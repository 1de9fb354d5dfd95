import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { backToLive, chooseMenu, inPlay, ready } from './lib/hands.ts';
import { press, tabTo } from './lib/keys.ts';
import { ask, countOf, goTo, noticeOf } from './lib/window.ts';

const planned = (page: Page) => page.getByRole('dialog', { name: 'Plan repair' });
const onHome = (page: Page) => page.getByRole('region', { name: 'Open repairs' });

test('the questions are answered, a repair is planned and tried in Play, and a forecast is saved', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page } = running;
  const answers = page.getByRole('region', { name: 'Answers' });
  await test.step('the questions are answered', async () => {
    await page.getByRole('button', { name: 'Show answer' }).first().click();
    await expect(
      page.getByRole('heading', { level: 1, name: /of the knowledge people rely on/ }),
    ).toBeVisible();
    await ask(page, 'Departures');
    await expect(answers.getByText(/in .* of 300 stress tests/).first()).toBeVisible({
      timeout: 30_000,
    });
    await page.getByRole('button', { name: 'Find most critical set of three' }).click();
    await expect(page.getByText(/^Most critical set of 3: .*\([\d.]+\s%\)/)).toBeVisible({ timeout: 30_000 });
  });

  await test.step('a repair is planned and marked as done with the keyboard alone, and undo opens it again', async () => {
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

  await test.step('a repair is tried in Play, where a link is cut as the next step, while live stays unchanged', async () => {
    await goTo(page, 'Insights');
    await ask(page, 'Departures');
    // Not the first: it stays selected in the sandbox.
    await answers.getByRole('button').nth(2).click();
    const title = (await answers.getByRole('button').nth(2).locator('strong').textContent()) ?? '';

    const first = page.locator('li').filter({ hasText: /^Document the handover between “/ });
    await first.getByRole('button', { name: 'Try in sandbox' }).click();
    await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().press('Enter');
    await expect(inPlay(running)).toBeVisible();
    await ready(running);
    await expect(noticeOf(page, '1 change was made in this sandbox')).toBeVisible();
    await expect(
      page.getByRole('heading', { level: 1, name: /of the knowledge people rely on/ }),
    ).toBeVisible();
    await expect(answers.getByRole('button', { pressed: true }).locator('strong')).toHaveText(title);
    const compared = page.getByText(/^[\d.]+\s% in live → [\d.]+\s% here$/);
    const values = (await compared.textContent()) ?? '';
    await chooseMenu(running, 'play.whatif');
    const measured = page.getByRole('region', { name: 'The item you came from' });
    await expect(measured.getByText(values, { exact: true })).toBeVisible();
    await expect(measured.getByRole('button')).toContainText(title);
    await page.getByRole('button', { name: 'Add a step…' }).click();
    await page.getByRole('menuitem', { name: 'Cut a link…' }).click();
    const form = page.getByRole('dialog', { name: 'Cut a link' });
    await form.getByRole('textbox', { name: 'Record' }).fill('Solar panels');
    await page
      .getByRole('option', { name: /^Solar panels/ })
      .first()
      .click();
    const link = form.getByRole('combobox', { name: 'Link', exact: true });
    await expect(link.getByRole('option')).toHaveCount(7);
    await link.selectOption({ index: 1 });
    await form.getByRole('button', { name: 'Add as step' }).click();
    await expect(form).toBeHidden();
    await expect(
      page
        .getByRole('region', { name: 'Steps' })
        .or(page.locator('ol'))
        .getByText(/^Deleted/)
        .first(),
    ).toBeVisible();
    await backToLive(running);
    await expect(countOf(page, 'Links')).toHaveText(/173$/);
  });

  await test.step('the outlook of live is simulated, and saved as a forecast for comparison', async () => {
    await chooseMenu(running, 'play.whatif');
    await page.getByRole('button', { name: 'Assumptions per term' }).click();
    await page.getByRole('textbox', { name: 'Open places filled' }).fill('100');
    await page.keyboard.press('Escape');
    const reach = page.getByRole('region', { name: 'Measures' }).getByRole('row').nth(1);
    await expect(reach.getByRole('cell').first()).toHaveText(/^\d+\.\d\s%$/, { timeout: 30_000 });
    const forecasts = page.getByRole('region', { name: 'Forecasts' });
    await forecasts.getByRole('button', { name: 'Save forecast' }).click();
    await expect(noticeOf(page, 'Forecast saved')).toBeVisible({ timeout: 30_000 });
    await expect(forecasts.getByText('no term has ended yet')).toBeVisible();
    await forecasts.getByRole('button', { name: 'Show as table' }).click();
    await expect(forecasts.getByRole('row')).toHaveCount(7);
    await forecasts.getByRole('button', { name: /^Remove forecast/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove forecast' }).click();
    await expect(forecasts.getByText('Save a forecast to compare')).toBeVisible();
  });
});
