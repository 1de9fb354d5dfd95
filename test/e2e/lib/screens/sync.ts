import { goTo } from '../window.ts';
import type { Screen } from './screen.ts';

/** Sync: what joining a server asks for, and of the first admin of a new one. */
export const syncScreens: readonly Screen[] = [
  {
    name: 'sync',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Sync');
      await page.getByRole('button', { name: 'Join server' }).waitFor();
    },
  },
  {
    name: 'sync-first-admin',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Sync');
      await page.getByLabel('First admin of a new server').check();
      await page.getByLabel('One university').check();
      await page.getByLabel('First-admin token').waitFor();
    },
  },
];
