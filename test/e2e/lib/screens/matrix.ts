import type { Running } from '../launch.ts';
import { goTo, panelOf } from '../window.ts';
import { emptyScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

async function showClusters({ page }: Running): Promise<void> {
  await goTo(page, 'Matrix');
  await page.getByRole('radiogroup', { name: 'Content' }).getByText('Links').click();
  await page.getByRole('combobox', { name: 'Order' }).selectOption('cluster');
  await page
    .getByText(/stay within a cluster/)
    .first()
    .waitFor();
  await page.getByRole('gridcell', { name: / → / }).first().waitFor();
}

async function showExpertise({ page }: Running): Promise<void> {
  await goTo(page, 'Matrix');
  await page.getByRole('radiogroup', { name: 'Content' }).getByText('Expertise').click();
  await page.getByText('Known by one person only').waitFor();
}

/** Records as rows and columns with their links in the cells, and people by expertise. */
export const matrixScreens: readonly Screen[] = [
  { name: 'matrix', ground: 'sample', show: showClusters },
  sampleScreen('matrix-area', async (running) => {
    await showExpertise(running);
    const { page } = running;
    await page.getByRole('columnheader', { name: 'image processing' }).click();
    await page.getByRole('button', { name: 'Show in Insights' }).waitFor();
    await page.getByRole('gridcell', { name: 'knows “image processing”' }).click();
    await panelOf(page).getByRole('tab').first().waitFor();
  }),
  emptyScreen('matrix-empty', async ({ page }) => {
    await goTo(page, 'Matrix');
    await page.getByText('No teams yet').waitFor();
  }),
  emptyScreen('matrix-expertise-empty', async ({ page }) => {
    await goTo(page, 'Matrix');
    await page.getByRole('radiogroup', { name: 'Content' }).getByText('Expertise').click();
    await page.getByText('No active student states').waitFor();
  }),
];
