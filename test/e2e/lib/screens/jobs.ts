import { chooseMenu } from '../hands.ts';
import type { Screen } from './screen.ts';

/** Jobs: before there are any, and after one. */
export const jobScreens: readonly Screen[] = [
  {
    name: 'jobs-empty',
    ground: 'empty',
    async show(running) {
      await chooseMenu(running, 'go.jobs');
      await running.page.getByRole('button', { name: 'Back up in the background' }).waitFor();
    },
  },
  {
    name: 'jobs',
    ground: 'sample',
    async show(running) {
      const { page } = running;
      await chooseMenu(running, 'go.jobs');
      const history = page.getByRole('region', { name: 'History' });
      await page.getByRole('button', { name: 'Add job' }).click();
      await page.getByRole('menuitem', { name: 'Verify workspace' }).click();
      await history
        .getByText(/^Completed/)
        .first()
        .waitFor();
      await history.getByRole('button', { name: 'Details: Verify workspace' }).first().click();
      await history.getByText('No problems found').waitFor();
    },
  },
];
