import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { ready } from './lib/hands.ts';
import { ask, goTo } from './lib/window.ts';

const answers = (page: Page) => page.getByRole('region', { name: 'Answers' }).getByRole('button');
const soleCell = (page: Page, area: string) =>
  page.getByRole('gridcell', { name: new RegExp(`^Only .* knows “${area}”`) });
const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Record' });

test('an area of one person leads from Insights into the matrix and back, by mouse', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Insights');
  await ask(page, 'Expertise');
  await answers(page).filter({ hasText: '“control theory”' }).click();
  await page.getByRole('button', { name: 'Show in matrix' }).click();
  const cell = soleCell(page, 'control theory');
  await expect(cell).toBeInViewport();
  await expect(page.getByText(/^Only .* knows “control theory”/).first()).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'control theory 1 person' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'What a mark rests on' })).toBeVisible();
  await accessible(page, 'people by expertise');
  await cell.click();
  await expect(panelOf(page).getByRole('textbox', { name: 'Expertise' })).toHaveValue('control theory');

  await page.getByRole('columnheader', { name: 'requirements' }).click();
  await page.getByRole('button', { name: 'Show in Insights' }).click();
  const item = answers(page).filter({ hasText: '“requirements”' });
  await expect(item).toHaveAttribute('aria-pressed', 'true');
  await expect(item).toBeInViewport();
});

test('the matrix of expertise is reached and walked by keyboard', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Insights');
  await ask(page, 'Expertise');
  await answers(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(answers(page).nth(1)).toContainText('“image processing”');
  await page.getByRole('button', { name: 'Show in matrix' }).focus();
  await page.keyboard.press('Enter');
  await expect(soleCell(page, 'image processing')).toBeFocused();
  await expect(soleCell(page, 'image processing')).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(panelOf(page).getByRole('textbox', { name: 'Expertise' })).toHaveValue('image processing');
  await page.keyboard.press('Escape');
  await expect(panelOf(page)).toBeHidden();

  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  const first = page.getByRole('columnheader', { name: 'adhesives 1 person' });
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Only .* knows “adhesives”/).first()).toBeVisible();
  await expect(soleCell(page, 'adhesives')).toBeInViewport();
  await expect(first).toBeFocused();
  await page.getByRole('button', { name: 'Open students' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: 'adhesives', exact: true })).toHaveCount(1);
  await expect(page.getByRole('gridcell', { name: 'image processing', exact: true })).toHaveCount(0);
});
