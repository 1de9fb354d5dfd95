import { goTo } from '../window.ts';
import { escape } from './screen.ts';
import type { Screen } from './screen.ts';

/** Health: how the file is, and what compacting it asks. */
export const careScreens: readonly Screen[] = [
  {
    name: 'care-empty',
    ground: 'empty',
    async show({ page }) {
      await goTo(page, 'Health');
      await page.getByText('The file is intact.').waitFor();
      await page.getByRole('region', { name: 'Disk usage' }).waitFor();
    },
  },
  {
    name: 'care',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Health');
      await page.getByText('The file is intact.').waitFor();
      await page.getByRole('region', { name: 'Disk usage' }).waitFor();
    },
  },
  {
    name: 'care-pack',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Health');
      await page.getByRole('button', { name: 'Compact file…' }).click();
      await page
        .getByRole('dialog', { name: 'Compact the file?' })
        .getByText(/^The file takes/)
        .waitFor();
    },
    leave: escape,
  },
];
