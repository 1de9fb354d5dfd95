import { goTo, panelOf } from '../window.ts';
import type { Running } from '../launch.ts';
import { emptyScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

async function showProject({ page }: Running): Promise<void> {
  await goTo(page, 'Molecule');
  await page.getByRole('application', { name: /^Molecule of/ }).waitFor();
}

/** Projects as nuclei, faculty and teams in rings around them. */
export const moleculeScreens: readonly Screen[] = [
  { name: 'molecule', ground: 'sample', show: showProject },
  sampleScreen('molecule-open', async (running) => {
    await showProject(running);
    const { page } = running;
    await page
      .getByRole('application')
      .getByRole('button', { name: /Project/ })
      .first()
      .click();
    await page.getByText(/of the knowledge people rely on/).waitFor();
    await panelOf(page).getByRole('tab').first().waitFor();
  }),
  emptyScreen('molecule-empty', async ({ page }) => {
    await goTo(page, 'Molecule');
    await page.getByText('No projects yet').waitFor();
  }),
];
