import { chooseMenu, clipboardOf } from '../hands.ts';
import type { Running } from '../launch.ts';
import { cellOf, goTo, openRecord } from '../window.ts';
import { escape, floatingScreen, oneTab, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

/** Something that floats over the sample's teams: a menu, a panel, a dialog. */
const overTeams = (
  name: string,
  open: (running: Running) => Promise<unknown>,
  leave: Screen['leave'] = escape,
): Screen =>
  floatingScreen(
    name,
    async (running) => {
      await goTo(running.page, 'Teams');
      await cellOf(running.page, 'Autonomy').first().waitFor();
      await open(running);
    },
    { leave },
  );

async function twice(running: Running): Promise<void> {
  await escape(running);
  await escape(running);
}

/** Closes what stands over the list, and picks nothing any more. */
async function letGo(running: Running): Promise<void> {
  await escape(running);
  await running.page.getByRole('button', { name: 'Clear', exact: true }).click();
}

/** Picks the first two teams as whole rows. */
async function pickTwo({ page }: Running): Promise<void> {
  for (const row of [1, 2]) await page.getByRole('row').nth(row).getByRole('gridcell').first().click();
  await page.getByText('2 selected').first().waitFor();
}

async function paste(running: Running, text: string): Promise<void> {
  const { page } = running;
  await clipboardOf(running, text);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+V');
}

/** Menus, panels and dialogs that stand over a list, a record or the frame. */
export const floatingScreens: readonly Screen[] = [
  floatingScreen('students-advance', async (running) => {
    await goTo(running.page, 'Students');
    await chooseMenu(running, 'students.advance');
    const dialog = running.page.getByRole('dialog', { name: 'Advance students by a term' });
    await dialog.getByText(/of them graduate/).waitFor();
  }),
  overTeams('records-merge', async (running) => {
    const { page } = running;
    const cells = cellOf(page, 'Deployables');
    for (const at of [0, 1]) await cells.nth(at).click({ modifiers: ['ControlOrMeta'] });
    await chooseMenu(running, 'record.merge');
    await page
      .getByRole('dialog')
      .getByText(/to the kept record/)
      .waitFor();
  }),
  overTeams('records-duplicates', async (running) => {
    await chooseMenu(running, 'list.duplicates');
    await running.page
      .getByRole('dialog', { name: 'Teams: possible duplicates' })
      .getByText(/similar names/)
      .waitFor();
  }),
  overTeams('teams-row-menu', async ({ page }) => {
    await cellOf(page, 'Autonomy').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Delete/ }).waitFor();
  }),
  overTeams('teams-head-menu', async ({ page }) => {
    await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Pin column' }).waitFor();
  }),
  overTeams('teams-head-filter', async ({ page }) => {
    await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Filter…' }).click();
    await page.getByRole('form', { name: 'Filter by Size' }).waitFor();
  }),
  overTeams('teams-summary-menu', async ({ page }) => {
    await page.getByRole('button', { name: /Size: Sum\. Choose a summary$/ }).click();
    await page.getByRole('menuitemradio', { name: 'Mean' }).waitFor();
  }),
  overTeams(
    'teams-bulk',
    async (running) => {
      await pickTwo(running);
      await chooseMenu(running, 'record.editMany');
      await running.page.getByRole('form', { name: 'Edit 2 teams' }).waitFor();
    },
    letGo,
  ),
  overTeams(
    'teams-paste',
    async (running) => {
      await paste(running, 'Name\tUniversity\tSize\nAvionics\tNowhere\t5\n');
      await running.page.getByRole('dialog').getByText('No record is named').waitFor();
    },
    ({ page }) => page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click(),
  ),
  overTeams('team-menu', async ({ page }) => {
    const panel = await openRecord(page, 'Autonomy');
    await panel.getByRole('button', { name: 'More about this record' }).click();
    await page.getByRole('menuitem', { name: /^Delete/ }).waitFor();
  }),
  overTeams('team-term', async ({ page }) => {
    const panel = await openRecord(page, 'Autonomy');
    await panel.getByRole('button', { name: 'What is “Lifecycle”?' }).click();
    await page.getByRole('dialog', { name: 'Lifecycle' }).waitFor();
  }),
  overTeams(
    'team-add-link',
    async ({ page }) => {
      const panel = await openRecord(page, 'Autonomy');
      await panel.getByRole('tab', { name: /^Links/ }).click();
      await panel.getByRole('button', { name: 'Add link' }).click();
      await panel.getByRole('button', { name: 'Add link', exact: true }).waitFor();
    },
    twice,
  ),
  sampleScreen(
    'university-delete',
    async (running) => {
      const { page } = running;
      await goTo(page, 'Universities');
      await page.getByRole('row').nth(1).getByRole('gridcell').nth(1).click();
      await page.keyboard.press('Control+Delete');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).waitFor();
    },
    {
      leave: ({ page }) => page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click(),
    },
  ),
  floatingScreen('workspace-menu', async ({ page }) => {
    await goTo(page, 'Home');
    await page.locator('.workspace-button').click();
    await page.getByRole('menuitem', { name: 'Rename workspace…' }).waitFor();
  }),
  sampleScreen(
    'tab-menu',
    async ({ page }) => {
      await goTo(page, 'Home');
      await page.getByRole('tablist').getByRole('tab').first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Pin tab' }).waitFor();
    },
    {
      async leave(running) {
        await escape(running);
        await oneTab(running);
      },
    },
  ),
];
