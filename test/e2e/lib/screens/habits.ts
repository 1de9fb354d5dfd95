import { chooseMenu } from '../hands.ts';
import { openingOf } from './opening.ts';
import { escape } from './screen.ts';
import type { Screen } from './screen.ts';

/** What is told and can be read again, one's own steps, and what a link that leads nowhere says. */
export const habitScreens: readonly Screen[] = [
  {
    name: 'link-refused',
    ground: 'sample',
    show: async (running) => {
      await openingOf(running, 'frames://live/nowhere');
      await running.page.getByRole('alert').getByText('Invalid address').waitFor();
    },
  },
  {
    name: 'notices',
    ground: 'sample',
    show: async (running) => {
      await chooseMenu(running, 'view.notices');
      await running.page
        .getByRole('dialog', { name: 'Notifications' })
        .getByText('Invalid address')
        .first()
        .waitFor();
    },
    leave: escape,
  },
  {
    name: 'steps',
    ground: 'sample',
    show: async (running) => {
      await chooseMenu(running, 'edit.steps');
      await running.page.getByRole('dialog', { name: 'Undo history' }).getByText('You are here').waitFor();
    },
    leave: escape,
  },
  {
    name: 'search-texts',
    ground: 'sample',
    show: async ({ page }) => {
      await page.keyboard.press('Control+K');
      await page.getByRole('combobox', { name: 'Search everything' }).fill('budget');
      await page.getByRole('group', { name: 'In texts' }).getByRole('option').first().waitFor();
    },
    leave: escape,
  },
  {
    name: 'search-commands',
    ground: 'sample',
    show: async ({ page }) => {
      await page.keyboard.press('Control+K');
      await page.getByRole('combobox', { name: 'Search everything' }).fill('>theme');
      await page.getByRole('option', { name: /Dark theme/ }).waitFor();
    },
    leave: escape,
  },
];
