import { goTo } from '../window.ts';
import { escape } from './screen.ts';
import type { Screen } from './screen.ts';

const publish = 'Publish golden version…';

/** The golden copy: its versions, what publishing and resetting ask, and live beside a version. */
export const goldenScreens: readonly Screen[] = [
  {
    name: 'golden-menu',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Versions');
      await page.getByRole('button', { name: 'More for version 1' }).click();
      await page.getByRole('menuitem', { name: 'Reset to this version…' }).waitFor();
    },
    leave: escape,
  },
  {
    name: 'golden-publish',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Versions');
      await page.getByRole('button', { name: publish }).click();
      await page.getByText(/^Publishes the current data as version 3/).waitFor();
    },
    leave: escape,
  },
  {
    name: 'golden-reset',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Versions');
      await page.getByRole('button', { name: 'Reset to golden version…' }).click();
      const asked = page.getByRole('dialog', { name: 'Reset live to golden version 2?' });
      await asked.getByRole('textbox').waitFor();
    },
    leave: escape,
  },
  {
    name: 'golden-compare',
    ground: 'sample',
    async show({ page }) {
      await goTo(page, 'Versions');
      await page.getByRole('button', { name: 'Compare live with version 2' }).click();
      await page.getByRole('region', { name: 'Differences' }).waitFor();
    },
  },
];
