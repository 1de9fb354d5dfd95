import { goTo } from '../window.ts';
import { floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

const publish = 'Publish golden version…';

/** The golden copy: its versions, what publishing and resetting ask, and live beside a version. */
export const goldenScreens: readonly Screen[] = [
  floatingScreen('golden-menu', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: 'More for version 1' }).click();
    await page.getByRole('menuitem', { name: 'Reset to this version…' }).waitFor();
  }),
  floatingScreen('golden-publish', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: publish }).click();
    await page.getByText(/^Publishes the current data as version 3/).waitFor();
  }),
  floatingScreen('golden-reset', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: 'Reset to golden version…' }).click();
    const asked = page.getByRole('dialog', { name: 'Reset live to golden version 2?' });
    await asked.getByRole('textbox').waitFor();
  }),
  sampleScreen('golden-compare', async ({ page }) => {
    await goTo(page, 'Versions');
    await page.getByRole('button', { name: 'Compare live with version 2' }).click();
    await page.getByRole('region', { name: 'Differences' }).waitFor();
  }),
];
