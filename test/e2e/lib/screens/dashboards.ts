import type { Page } from '@playwright/test';
import { goTo } from '../window.ts';
import { emptyScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

async function openUniversities(page: Page): Promise<void> {
  await goTo(page, 'Insights');
  await page
    .getByRole('navigation', { name: 'Pages of Insights' })
    .getByRole('button', { name: 'Universities' })
    .click();
}

/** Everything is measured. */
async function measured(page: Page): Promise<void> {
  await page
    .getByText(/^The history begins|^Show as table/)
    .first()
    .waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
}

/** The universities beside each other, and what the lead of one should look at. */
export const dashboardScreens: readonly Screen[] = [
  sampleScreen('dashboard', async ({ page }) => {
    await openUniversities(page);
    await page.getByRole('heading', { name: /links join two universities/ }).waitFor();
    await measured(page);
  }),
  sampleScreen('dashboard-university', async ({ page }) => {
    await openUniversities(page);
    await page.getByRole('button', { name: 'Summit State' }).click();
    await page.getByRole('heading', { name: /of \d+ teams? leaves? by the end of/ }).waitFor();
    await page.getByText('in Insights').nth(1).waitFor();
    await measured(page);
  }),
  emptyScreen('dashboard-empty', async ({ page }) => {
    await openUniversities(page);
    await page.getByText('No universities yet').waitFor();
  }),
];
