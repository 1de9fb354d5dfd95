import { chooseMenu } from '../hands.ts';
import { cellOf, goTo } from '../window.ts';
import { floatingScreen, oneTab, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** A list as somebody set it up: grouped, with other columns, saved under a name; and one record by itself. */
export const viewScreens: readonly Screen[] = [
  floatingScreen('view-save', async (running) => {
    await goTo(running.page, 'Teams');
    await chooseMenu(running, 'view.save');
    await running.page.getByRole('dialog', { name: 'Save view' }).waitFor();
  }),
  floatingScreen('view-menu', async ({ page }) => {
    await goTo(page, 'Teams');
    await page.getByRole('button', { name: /^All teams/ }).click();
    await page.getByRole('menu').waitFor();
  }),
  floatingScreen('columns', async ({ page }) => {
    await goTo(page, 'Teams');
    await page
      .getByRole('button', { name: /^Columns/ })
      .first()
      .click();
    await page.getByText('Reset columns').waitFor();
  }),
  sampleScreen(
    'teams-grouped',
    async ({ page }) => {
      await goTo(page, 'Teams');
      await page
        .getByRole('button', { name: /^Group/ })
        .first()
        .click();
      await page.getByRole('menuitemradio', { name: 'Discipline' }).click();
      await page.locator('[aria-expanded]').first().waitFor();
    },
    {
      async leave({ page }) {
        await page
          .getByRole('button', { name: /^Group/ })
          .first()
          .click();
        await page.getByRole('menuitemradio').first().click();
      },
    },
  ),
  sampleScreen(
    'record-alone',
    async (running) => {
      const { page } = running;
      await goTo(page, 'Teams');
      await cellOf(page, 'Autonomy').click();
      await chooseMenu(running, 'record.openAlone');
      await page.getByRole('heading', { name: 'Autonomy', level: 1 }).waitFor();
    },
    {
      compared: true,
      leave: oneTab,
    },
  ),
];
