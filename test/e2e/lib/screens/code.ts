import { connectRepository, planRepair, writeFlightSoftware } from '../flight-software.ts';
import { goTo } from '../window.ts';
import { emptyScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** The code of a repository: what is read of it, which areas nobody will know, and the repair. */
export const codeScreens: readonly Screen[] = [
  emptyScreen('repositories-empty', async ({ page }) => {
    await goTo(page, 'Repositories');
    await page.getByRole('button', { name: 'New repository' }).first().waitFor();
  }),
  sampleScreen('code', async (running) => {
    const panel = await connectRepository(running, await writeFlightSoftware(running));
    await panel.getByRole('button', { name: /^src\/adcs/ }).waitFor();
  }),
  sampleScreen('code-insights', async ({ page }) => {
    await goTo(page, 'Insights');
    await page.getByRole('button', { name: 'Code', exact: true }).click();
    await page.getByText('Simulated repairs').waitFor();
    await page.getByRole('button', { name: /^src\/adcs/ }).waitFor();
  }),
  sampleScreen('repair-tasks', async (running) => {
    const repair = await planRepair(running);
    await repair.getByRole('button', { name: 'Approve' }).click();
    await repair.getByText(/approved by/).waitFor();
  }),
];
