import type { Locator, Page } from '@playwright/test';
import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { escape, floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

async function showHistory({ page }: Running): Promise<void> {
  await goTo(page, 'History');
  await page.getByText('Created this workspace').first().waitFor();
}

/** A filter of the history, opened by its name. */
const filter = (
  name: string,
  role: 'button' | 'combobox',
  label: string,
  opened: (page: Page) => Locator,
): Screen =>
  floatingScreen(name, async (running) => {
    await showHistory(running);
    await running.page.getByRole(role, { name: label }).click();
    await opened(running.page).waitFor();
  });

/** What was done, by whom, and how each record was before. */
export const historyScreens: readonly Screen[] = [
  sampleScreen('history', showHistory),
  filter('history-filter', 'combobox', 'Action', (page) =>
    page.getByRole('option', { name: 'created', exact: true }),
  ),
  filter('history-when', 'button', 'When', (page) => page.getByText('Last 7 days')),
  sampleScreen(
    'history-open',
    async (running) => {
      await showHistory(running);
      await running.page.getByRole('option').first().click();
      await running.page.getByRole('button', { name: 'Close (Esc)' }).waitFor();
    },
    { compared: true, leave: escape },
  ),
];
