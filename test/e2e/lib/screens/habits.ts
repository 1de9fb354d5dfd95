import { chooseMenu } from '../hands.ts';
import { openingOf } from './opening.ts';
import { floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** What is told and can be read again, one's own steps, and what a link that leads nowhere says. */
export const habitScreens: readonly Screen[] = [
  sampleScreen('link-refused', async (running) => {
    await openingOf(running, 'frames://live/nowhere');
    await running.page.getByRole('alert').getByText('Invalid address').waitFor();
  }),
  floatingScreen('notices', async (running) => {
    await chooseMenu(running, 'view.notices');
    await running.page
      .getByRole('dialog', { name: 'Notifications' })
      .getByText('Invalid address')
      .first()
      .waitFor();
  }),
  floatingScreen('steps', async (running) => {
    await chooseMenu(running, 'edit.steps');
    await running.page.getByRole('dialog', { name: 'Undo history' }).getByText('You are here').waitFor();
  }),
];
