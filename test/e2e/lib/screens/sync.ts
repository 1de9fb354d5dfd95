import { goTo } from '../window.ts';
import { sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** Sync: what joining a server asks of the first admin of a new one, and of all. */
export const syncScreens: readonly Screen[] = [
  sampleScreen('sync-first-admin', async ({ page }) => {
    await goTo(page, 'Sync');
    await page.getByLabel('First admin of a new server').check();
    await page.getByLabel('One university').check();
    await page.getByLabel('First-admin token').waitFor();
  }),
];
