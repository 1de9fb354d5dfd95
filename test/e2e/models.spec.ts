import { expect, test } from './harness.ts';
import { goTo, noticeOf, openRecord } from './lib/window.ts';

test('links are rated by their bonds, a value in a form, and a second model is compared and activated', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page } = running;
  await goTo(page, 'Insights');
  await page.getByRole('button', { name: 'Risk models' }).click();
  await page.getByRole('button', { name: 'Rate 173 links by bond…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rate links' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: '173 links rated by “Baseline v1”' }),
  ).toBeVisible();

  await page.getByRole('button', { name: 'Open link' }).click();
  await page.getByRole('combobox', { name: 'Actor autonomy' }).selectOption('low');
  await page.getByRole('combobox', { name: 'Knowledge type' }).selectOption('codified');
  await page.getByRole('combobox', { name: 'Temporal alignment' }).selectOption({ label: 'Unrated' });
  await goTo(page, 'Insights');
  await page.getByRole('button', { name: 'Risk models' }).click();
  await page.getByRole('button', { name: 'Risk factors' }).click();
  const panel = await openRecord(page, 'bond_strength');
  const weak = panel.getByRole('textbox', { name: 'weak Contribution' });
  await weak.fill('1.2');
  await weak.press('Tab');
  await expect(panel.getByText('row 3, Contribution: must be at most 1')).toBeVisible();
  await weak.fill('0.3');
  await weak.press('Tab');

  await goTo(page, 'Insights');
  await page.getByRole('button', { name: 'Risk models' }).click();
  // .10 + .05 + .30
  await page.getByRole('button', { name: 'Moderate 61' }).click();
  const links = page.getByRole('region', { name: 'Rated links' }).getByRole('button');
  await expect(links.first()).toContainText('0.45');
  await page
    .getByRole('combobox', { name: 'Compare with…' })
    .selectOption({ label: 'Compared with “Handover first”' });
  await expect(page.getByText('0.43 by “Handover first”')).toBeVisible();
  await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('Handover first');
  await page.getByRole('button', { name: 'Activate' }).click();
  await expect(noticeOf(page, '“Handover first” is now in use')).toBeVisible();
  await expect(page.getByText('In use', { exact: true })).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Shown' }).getByText('Outcomes').click();
  await expect(
    page.getByRole('heading', {
      level: 1,
      name: '“Handover first” is no better than always predicting success',
    }),
  ).toBeVisible();
});
