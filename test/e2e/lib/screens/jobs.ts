import { chooseMenu } from '../hands.ts';
import { emptyScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** Jobs: before there are any, and after one. */
export const jobScreens: readonly Screen[] = [
  emptyScreen('jobs-empty', async (running) => {
    await chooseMenu(running, 'go.jobs');
    await running.page.getByRole('button', { name: 'Back up in the background' }).waitFor();
  }),
  sampleScreen('jobs', async (running) => {
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
  }),
];
