import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import type { Screen } from './screen.ts';

async function showClusters({ page }: Running): Promise<void> {
  await goTo(page, 'Matrix');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('cluster');
  await page
    .getByText(/stay within a cluster/)
    .first()
    .waitFor();
  await page.getByRole('gridcell', { name: / → / }).first().waitFor();
}

/** Records as rows and columns, their links in the cells. */
export const matrixScreens: readonly Screen[] = [
  { name: 'matrix', ground: 'sample', show: showClusters },
  {
    name: 'matrix-open',
    ground: 'sample',
    async show(running) {
      await showClusters(running);
      const { page } = running;
      await page.getByRole('gridcell', { name: / → / }).first().click();
      await page.getByRole('complementary', { name: 'Record' }).getByRole('tab').first().waitFor();
    },
  },
  {
    name: 'matrix-empty',
    ground: 'empty',
    async show({ page }) {
      await goTo(page, 'Matrix');
      await page.getByText('No teams yet').waitFor();
    },
  },
];
