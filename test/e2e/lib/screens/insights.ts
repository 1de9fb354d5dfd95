import type { Page } from '@playwright/test';
import { ask, goTo, openRecord } from '../window.ts';
import type { Screen } from './screen.ts';

const moving: Screen['moving'] = (page) => [page.locator('canvas').first()];

/** The answer is there, with how sure it is and what can be done. */
async function answered(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Answers' }).getByRole('button').first().waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
}

const question = (name: string, asked: string): Screen => ({
  name: `insights-${name}`,
  ground: 'sample',
  moving,
  async show({ page }) {
    await goTo(page, 'Insights');
    await ask(page, asked);
    await answered(page);
  },
});

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
  {
    name: 'models-compared',
    ground: 'sample',
    async show({ page }) {
      await showModels(page);
      await compare(page, 'Handover first');
      await page.getByText('Rank correlation').waitFor();
    },
  },
  {
    name: 'models-outcomes',
    ground: 'sample',
    async show({ page }) {
      await showModels(page);
      await page.getByRole('radiogroup', { name: 'Shown' }).getByText('Outcomes').click();
      await page.getByRole('figure', { name: 'Calibration' }).waitFor();
    },
  },
  {
    name: 'model-form',
    ground: 'sample',
    async show({ page }) {
      await showModels(page);
      await page.getByRole('button', { name: 'Edit model' }).click();
      await page.getByRole('textbox', { name: 'Bond strength Weight' }).waitFor();
    },
  },
  {
    name: 'link-ratings',
    ground: 'sample',
    async show({ page }) {
      await showModels(page);
      await page.getByRole('button', { name: 'Open link' }).click();
      await page.getByRole('combobox', { name: 'Bond strength' }).waitFor();
    },
  },
  {
    name: 'factor-form',
    ground: 'sample',
    async show({ page }) {
      await showModels(page);
      await page.getByRole('button', { name: 'Risk factors' }).click();
      await openRecord(page, 'bond_strength');
      await page.getByRole('textbox', { name: 'weak Contribution' }).waitFor();
    },
  },
  {
    name: 'models-empty',
    ground: 'empty',
    async show({ page }) {
      await goTo(page, 'Insights');
      await page.getByRole('button', { name: 'Risk models' }).click();
      await page.getByRole('button', { name: 'Add baseline model' }).waitFor();
    },
  },
];

const structureScreens: readonly Screen[] = [
  {
    name: 'structure',
    ground: 'sample',
    compared: true,
    async show({ page }) {
      await openStructure(page);
      await page.getByRole('heading', { name: /splits the network in half$/ }).waitFor();
    },
  },
  {
    name: 'structure-empty',
    ground: 'empty',
    async show({ page }) {
      await openStructure(page);
      await page.getByText('No links yet').waitFor();
    },
  },
];

/** The seven questions, the structure, and the risk models. */
export const insightScreens: readonly Screen[] = [
  {
    name: 'insights',
    ground: 'sample',
    moving,
    async show({ page }) {
      await goTo(page, 'Insights');
      await answered(page);
      await page.getByRole('button', { name: 'Find most critical set of three' }).click();
      await page.getByText('Most critical set of 3').waitFor();
      await answered(page);
    },
  },
  question('degrading', 'Weakening links'),
  question('weak', 'Weak links'),
  question('undocumented', 'Undocumented'),
  question('cohorts', 'Cohorts'),
  question('expertise', 'Expertise'),
  {
    name: 'insights-changes',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Insights');
      await ask(page, 'Changes');
      await page
        .getByText(/changes? since/i)
        .first()
        .waitFor();
    },
  },
  {
    name: 'insights-empty',
    ground: 'empty',
    async show({ page }) {
      await goTo(page, 'Insights');
      await page.getByText('No links yet').first().waitFor();
    },
  },
  ...structureScreens,
  ...modelScreens,
];
