import type { Page } from '@playwright/test';
import { goTo } from '../window.ts';
import type { Screen } from './screen.ts';

const moving: Screen['moving'] = (page) => [page.locator('canvas').first()];

/** The answer is there, with how sure it is and what can be done. */
async function answered(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Answers' }).getByRole('button').first().waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
}

const question = (name: string, button: string): Screen => ({
  name: `insights-${name}`,
  ground: 'sample',
  moving,
  async show({ page }) {
    await goTo(page, 'Insights');
    await page.getByRole('navigation', { name: 'Questions' }).getByRole('button', { name: button }).click();
    await answered(page);
  },
});

/** The five questions. */
export const insightScreens: readonly Screen[] = [
  {
    name: 'insights',
    ground: 'sample',
    moving,
    async show({ page }) {
      await goTo(page, 'Insights');
      await answered(page);
      await page.getByRole('button', { name: 'Find the worst set of three' }).click();
      await page.getByText('Worst set of 3').waitFor();
      await answered(page);
    },
  },
  question('degrading', 'Which links are degrading?'),
  question('undocumented', 'What is undocumented?'),
  question('cohorts', 'Where are the cohort gaps?'),
  {
    name: 'insights-changes',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Insights');
      await page.getByRole('button', { name: 'What changed since last term?' }).click();
      await page
        .getByText(/^Nothing came, left|changes? since/)
        .first()
        .waitFor();
    },
  },
  {
    name: 'insights-empty',
    ground: 'empty',
    async show({ page }) {
      await goTo(page, 'Insights');
      await page.getByText('there are no links yet').first().waitFor();
    },
  },
];
