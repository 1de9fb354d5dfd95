import { chooseMenu } from '../hands.ts';
import type { Page } from '@playwright/test';
import type { Running } from '../launch.ts';
import { goTo } from '../window.ts';
import { floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

const box = (page: Page) => page.getByRole('main').getByRole('searchbox').first();

const inTeams = (show: (running: Running) => Promise<unknown>) => async (running: Running) => {
  await goTo(running.page, 'Teams');
  await running.page.getByRole('row').nth(2).waitFor();
  await show(running);
};

/** Types as a person does, key by key: suggestions follow the caret. */
async function type(page: Page, text: string): Promise<void> {
  await box(page).click();
  await page.keyboard.type(text);
}

/** One Esc closes what is suggested, the next empties the box. */
async function empty({ page }: Running): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

async function clear(running: Running): Promise<void> {
  await running.page.keyboard.press('Escape');
  await chooseMenu(running, 'list.clear');
}

/** Filters that are typed, and a list on its way into a file. */
export const narrowingScreens: readonly Screen[] = [
  sampleScreen(
    'teams-typed-values',
    inTeams(async ({ page }) => {
      await type(page, 'discipline:');
      await page.getByRole('option', { name: /software/ }).waitFor();
    }),
    { leave: empty },
  ),
  sampleScreen(
    'teams-typed-problem',
    inTeams(async ({ page }) => {
      await type(page, 'size>=many ');
      await page.getByText(/Size needs a number/).waitFor();
    }),
    { leave: empty },
  ),
  sampleScreen(
    'teams-typed-chips',
    inTeams(async ({ page }) => {
      await box(page).fill('size:2..6 lifecycle:incoming,established -discipline:other has:project');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Size 2 to 6', exact: true }).click();
      await page.getByRole('textbox', { name: 'From' }).waitFor();
    }),
    { leave: clear },
  ),
  floatingScreen(
    'export-list',
    inTeams(async (running) => {
      await chooseMenu(running, 'list.export');
      await running.page.getByRole('button', { name: 'Choose where…' }).waitFor();
    }),
  ),
];
