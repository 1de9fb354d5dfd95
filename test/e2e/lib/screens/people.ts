import type { Running } from '../launch.ts';
import { cellOf, goTo } from '../window.ts';
import { floatingScreen } from './screen.ts';
import type { Screen } from './screen.ts';

async function openPersonalData({ page }: Running): Promise<void> {
  await goTo(page, 'Students');
  await cellOf(page, 'Adaeze Mikkelsen').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Personal data…' }).click();
  await page
    .getByRole('dialog', { name: 'Personal data' })
    .getByText(/^Record ·/)
    .first()
    .waitFor();
}

/** Personal data: where a person occurs, and what erasing asks. */
export const peopleScreens: readonly Screen[] = [
  floatingScreen('personal-data', openPersonalData),
  floatingScreen('personal-data-erase', async (running) => {
    await openPersonalData(running);
    await running.page.getByRole('button', { name: 'Erase…' }).click();
    await running.page
      .getByRole('dialog', { name: /^Erase/ })
      .getByRole('textbox')
      .waitFor();
  }),
];
