import type { Running } from '../launch.ts';
import { goTo, openRecord, panelOf } from '../window.ts';
import { escape, floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

async function openTeam({ page }: Running, tab?: RegExp): Promise<void> {
  await goTo(page, 'Teams');
  const panel = await openRecord(page, 'Autonomy');
  if (tab) await panel.getByRole('tab', { name: tab }).click();
}

const newRecord =
  (place: string, button: string) =>
  async ({ page }: Running): Promise<void> => {
    await goTo(page, place);
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('heading', { name: button }).waitFor();
  };

/** One record beside its list, and the form for a new one. */
export const recordScreens: readonly Screen[] = [
  { name: 'team-details', ground: 'sample', compared: true, show: (running) => openTeam(running) },
  sampleScreen('team-links', (running) => openTeam(running, /^Links/)),
  sampleScreen(
    'team-notes',
    async ({ page }) => {
      await goTo(page, 'Teams');
      const row = page
        .getByRole('row')
        .filter({ hasText: 'Ground systems' })
        .filter({ hasText: 'Redwood Coast' });
      await row.getByRole('gridcell').first().click();
      await page.keyboard.press('Shift+Enter');
      const panel = panelOf(page);
      await panel.getByRole('tab', { name: /^Notes/ }).click();
      await panel.getByRole('button', { name: 'Resolve' }).waitFor();
    },
    { leave: escape },
  ),
  sampleScreen(
    'document-details',
    async ({ page }) => {
      await goTo(page, 'Documents');
      await openRecord(page, 'Handover guide of Flight software');
    },
    { leave: escape },
  ),
  sampleScreen(
    'team-history',
    async (running) => {
      await openTeam(running, /^History/);
      await panelOf(running.page).getByRole('time').first().waitFor();
    },
    { leave: escape },
  ),
  sampleScreen(
    'link-details',
    async ({ page }) => {
      await goTo(page, 'Links');
      const grid = page.getByRole('grid', { name: /^Links/ });
      // Until then the list before it is shown.
      await grid.getByRole('gridcell').first().waitFor();
      await grid.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+Enter');
      await panelOf(page).getByRole('tab').first().waitFor();
    },
    { leave: escape },
  ),
  floatingScreen('new-link', newRecord('Links', 'New link')),
  sampleScreen(
    'new-team-refused',
    async (running) => {
      await newRecord('Teams', 'New team')(running);
      const { page } = running;
      await page.getByRole('textbox', { name: 'Name' }).fill('Ground crew');
      await page.getByRole('textbox', { name: 'Size' }).fill('many');
      await page.getByRole('button', { name: 'Create team' }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    },
    {
      // What was typed would be told of on every screen after it.
      async leave(running) {
        const { page } = running;
        await escape(running);
        await newRecord('Teams', 'New team')(running);
        await page.getByRole('button', { name: 'Start over' }).click();
        await escape(running);
      },
    },
  ),
];
