import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu, ready } from './lib/hands.ts';
import { ask, countOf, goTo, noticeOf } from './lib/window.ts';

test('the questions are answered, and a repair is tried in Play, while live stays unchanged', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await page.getByRole('button', { name: 'Show answer' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: /of knowledge flow/ })).toBeVisible();
  await ask(page, 'Departures');
  const answers = page.getByRole('region', { name: 'Answers' });
  await expect(answers.getByText(/in .* of 300 stress tests/).first()).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Find most critical set of three' }).click();
  await expect(page.getByText(/^Most critical set of 3: .*\(\d+\s%\)/)).toBeVisible({ timeout: 30_000 });
  for (const [question, answer] of [
    ['Weakening links', /will cost .* of knowledge flow by the end of this term$/],
    ['Weak links', /^Strengthening .* would add .* of knowledge flow$/],
    ['Cohorts', /members at once: .* of knowledge flow$|^Nothing stands out/],
  ] as const) {
    await ask(page, question);
    await expect(page.getByRole('heading', { level: 1, name: answer })).toBeVisible();
  }
  await ask(page, 'Departures');
  // Not the first: it stays selected in the sandbox.
  await answers.getByRole('button').nth(2).click();
  const title = (await answers.getByRole('button').nth(2).locator('strong').textContent()) ?? '';

  const first = page.locator('li').filter({ hasText: /^Pair “/ });
  await first.getByRole('button', { name: 'Try in sandbox' }).click();
  await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().press('Enter');
  await expect(page.getByText('Sandbox – live data is unchanged until you promote')).toBeVisible();
  await ready(running);
  await expect(noticeOf(page, '1 change was made in this sandbox')).toBeVisible();
  await expect(countOf(page, 'Links')).toHaveText(/174$/);
  await expect(page.getByRole('heading', { level: 1, name: /of knowledge flow/ })).toBeVisible();
  await expect(answers.getByRole('button', { pressed: true }).locator('strong')).toHaveText(title);
  await expect(page.getByText(/^[\d.]+\s% in live → [\d.]+\s% here$/)).toBeVisible();
  await page.getByRole('button', { name: 'Back to live' }).click();
  await ready(running);
  await expect(countOf(page, 'Links')).toHaveText(/173$/);
  await goTo(page, 'Insights');
  await expect(page.getByRole('heading', { level: 1, name: /of knowledge flow/ })).toBeVisible();
});

test('a repaired item that no list names any more is shown with its value in live', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Insights');
  await ask(page, 'Weak links');
  const answers = page.getByRole('region', { name: 'Answers' });
  const title = (await answers.getByRole('button').nth(1).locator('strong').textContent()) ?? '';
  await answers.getByRole('button').nth(1).click();
  await page.getByRole('button', { name: 'Try in sandbox' }).click({ timeout: 30_000 });
  await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().press('Enter');
  await expect(page.getByText(`“${title}”:`)).toHaveText(/in live → no longer listed here$/);
  await expect(answers.getByRole('button', { pressed: true })).toHaveCount(0);
  await answers.getByRole('button').first().click();
  await expect(page.getByText(/in live → [\d.]+\s% here$/)).toBeVisible();
});

test('an answer and all seven are saved as a tagged PDF of one page, the same bytes each time', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Insights');
  await expect(page.getByText(/in .* of 300 stress tests/).first()).toBeVisible({
    timeout: 30_000,
  });
  const save = async (file: string, what: string): Promise<Buffer> => {
    const path = join(frames.folder, file);
    await answerDialogs(running, path);
    await page.getByRole('button', { name: 'Evidence (PDF)' }).click();
    await page.getByRole('menuitem', { name: what }).click();
    await expect(noticeOf(page, `Saved “${file}”`)).toBeVisible({ timeout: 30_000 });
    return readFileSync(path);
  };
  const one = await save('one.pdf', 'This question…');
  const text = one.toString('latin1');
  expect(text.slice(0, 5)).toBe('%PDF-');
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
  expect(text).toContain('/Marked true');
  expect(text).not.toContain('/Subtype /Image');
  expect((await save('again.pdf', 'This question…')).equals(one)).toBe(true);
  const all = await save('all.pdf', 'All seven questions…');
  expect(all.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
});

test('the outlook of live is simulated, and saved as a forecast for comparison', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
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

test('a link is found by its end, and cut as a step of a scenario', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await chooseMenu(running, 'play.whatif');
  await page.getByRole('button', { name: 'New scenario…' }).click();
  await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().press('Enter');
  await expect(page.getByText('Sandbox – live data is unchanged until you promote')).toBeVisible();
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
});
