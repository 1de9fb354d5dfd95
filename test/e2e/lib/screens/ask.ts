import { goTo } from '../window.ts';
import type { Screen } from './screen.ts';

/** Questions in words: before one is asked, and with an answer. */
export const askScreens: readonly Screen[] = [
  {
    name: 'ask',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Ask');
      await page.getByRole('button', { name: 'students per university' }).waitFor();
    },
  },
  {
    name: 'ask-answer',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Ask');
      await page.getByRole('textbox', { name: 'Your question' }).fill('students per university');
      await page.getByRole('main').getByRole('button', { name: 'Ask', exact: true }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('table').waitFor();
    },
  },
];
