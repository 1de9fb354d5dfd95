import { goTo } from '../window.ts';
import { emptyScreen, floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** Health: how the file is, and what compacting it asks. */
export const careScreens: readonly Screen[] = [
  emptyScreen('care-empty', async ({ page }) => {
    await goTo(page, 'Health');
    await page.getByText('The file is intact.').waitFor();
    await page.getByRole('region', { name: 'Disk usage' }).waitFor();
  }),
  sampleScreen('care', async ({ page }) => {
    await goTo(page, 'Health');
    await page.getByText('The file is intact.').waitFor();
    await page.getByRole('region', { name: 'Disk usage' }).waitFor();
  }),
  floatingScreen('care-pack', async ({ page }) => {
    await goTo(page, 'Health');
    await page.getByRole('button', { name: 'Compact file…' }).click();
    await page
      .getByRole('dialog', { name: 'Compact the file?' })
      .getByText(/^The file takes/)
      .waitFor();
  }),
];
