import type { Page } from '@playwright/test';
import { ask, goTo, openRecord } from '../window.ts';
import { emptyScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

const moving: Screen['moving'] = (page) => [page.locator('canvas').first()];

/** The answer is there, with how sure it is and what can be done. */
async function answered(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Answers' }).getByRole('button').first().waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
}

async function openStructure(page: Page): Promise<void> {
  await goTo(page, 'Insights');
  await page.getByRole('button', { name: 'Structure', exact: true }).click();
}

/** The risk models, once the links of the sample are rated by their bonds. */
async function showModels(page: Page): Promise<void> {
  await goTo(page, 'Insights');
  await page.getByRole('button', { name: 'Risk models' }).click();
  const rate = page.getByRole('button', { name: /^Rate [\d,]+ links? by/ });
  const ranked = page.getByRole('region', { name: 'Rated links' });
  await rate.or(ranked).first().waitFor();
  if (!(await ranked.isVisible())) {
    await rate.click();
    const dialog = page.getByRole('dialog', { name: 'Rate links by bond' });
    await dialog.getByRole('button', { name: 'Rate links' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
  }
  await ranked.getByRole('button').first().waitFor();
}

const compare = (page: Page, model: string) =>
  page.getByRole('combobox', { name: 'Compare with…' }).selectOption({ label: `Compared with “${model}”` });

const modelScreens: readonly Screen[] = [
  { name: 'models', ground: 'sample', show: ({ page }) => showModels(page) },
  sampleScreen('models-compared', async ({ page }) => {
    await showModels(page);
    await compare(page, 'Handover first');
    await page.getByText('Rank correlation').waitFor();
  }),
  sampleScreen('models-outcomes', async ({ page }) => {
    await showModels(page);
    await page.getByRole('radiogroup', { name: 'Shown' }).getByText('Outcomes').click();
    await page.getByRole('figure', { name: 'Calibration' }).waitFor();
  }),
  sampleScreen('model-form', async ({ page }) => {
    await showModels(page);
    await page.getByRole('button', { name: 'Edit model' }).click();
    await page.getByRole('textbox', { name: 'Bond strength Weight' }).waitFor();
  }),
  sampleScreen('link-ratings', async ({ page }) => {
    await showModels(page);
    await page.getByRole('button', { name: 'Open link' }).click();
    await page.getByRole('combobox', { name: 'Bond strength' }).waitFor();
  }),
  sampleScreen('factor-form', async ({ page }) => {
    await showModels(page);
    await page.getByRole('button', { name: 'Risk factors' }).click();
    await openRecord(page, 'bond_strength');
    await page.getByRole('textbox', { name: 'weak Contribution' }).waitFor();
  }),
  emptyScreen('models-empty', async ({ page }) => {
    await goTo(page, 'Insights');
    await page.getByRole('button', { name: 'Risk models' }).click();
    await page.getByRole('button', { name: 'Add baseline model' }).waitFor();
  }),
];

const structureScreens: readonly Screen[] = [
  sampleScreen(
    'structure',
    async ({ page }) => {
      await openStructure(page);
      await page.getByRole('heading', { name: /splits the network in half$/ }).waitFor();
    },
    { compared: true },
  ),
  emptyScreen('structure-empty', async ({ page }) => {
    await openStructure(page);
    await page.getByText('No links yet').waitFor();
  }),
];

/** The pages of Insights. One question stands for those whose answers are alike. */
export const insightScreens: readonly Screen[] = [
  sampleScreen(
    'insights',
    async ({ page }) => {
      await goTo(page, 'Insights');
      await ask(page, 'Departures');
      await answered(page);
      await page.getByRole('button', { name: 'Find most critical set of three' }).click();
      await page.getByText('Most critical set of 3').waitFor();
      await answered(page);
    },
    { moving },
  ),
  sampleScreen(
    'insights-leaving',
    async ({ page }) => {
      await goTo(page, 'Insights');
      await answered(page);
    },
    { moving },
  ),
  sampleScreen(
    'insights-expertise',
    async ({ page }) => {
      await goTo(page, 'Insights');
      await ask(page, 'Expertise');
      await answered(page);
    },
    { moving },
  ),
  sampleScreen('insights-changes', async ({ page }) => {
    await goTo(page, 'Insights');
    await ask(page, 'Changes');
    await page
      .getByText(/changes? since/i)
      .first()
      .waitFor();
  }),
  emptyScreen('insights-empty', async ({ page }) => {
    await goTo(page, 'Insights');
    await page.getByText('No team lists members with terms yet.').first().waitFor();
  }),
  ...structureScreens,
  ...modelScreens,
];
