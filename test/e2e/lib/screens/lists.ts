import { chooseMenu } from '../hands.ts';
import type { Locator, Page } from '@playwright/test';
import type { Running } from '../launch.ts';
import { cellOf, goTo } from '../window.ts';
import { emptyScreen, floatingScreen, sampleScreen } from './screen.ts';
import type { Screen } from './screen.ts';

async function showList(page: Page, place: string): Promise<void> {
  await goTo(page, place);
  await page.getByRole('row').nth(2).waitFor();
}

async function search(page: Page, words: string): Promise<void> {
  await page.getByRole('main').getByRole('searchbox').first().fill(words);
}

const fieldToFilter = (page: Page, field: string): Locator =>
  page.getByRole('dialog').getByRole('button', { name: field, exact: true });

const inTeams = (show: (running: Running) => Promise<unknown>) => async (running: Running) => {
  await showList(running.page, 'Teams');
  await show(running);
};

/** Lists of records, narrowed, picked from and edited. Four stand for all: their cells are of every kind. */
export const listScreens: readonly Screen[] = [
  ...['Teams', 'Students', 'Links', 'Contacts'].map((place): Screen => ({
    name: place.toLowerCase(),
    ground: 'sample',
    compared: place === 'Teams',
    show: ({ page }) => showList(page, place),
  })),
  floatingScreen(
    'teams-filter',
    inTeams(async (running) => {
      await chooseMenu(running, 'list.filter');
      await fieldToFilter(running.page, 'Discipline').waitFor();
    }),
  ),
  floatingScreen(
    'teams-filter-values',
    inTeams(async (running) => {
      await chooseMenu(running, 'list.filter');
      await fieldToFilter(running.page, 'Discipline').click();
      await running.page.locator('.filter-editor').waitFor();
    }),
  ),
  sampleScreen(
    'teams-none-match',
    inTeams(async ({ page }) => {
      await search(page, 'nothing is called so');
      await page.getByRole('button', { name: 'Clear search and filters' }).waitFor();
    }),
    {
      leave: ({ page }) => page.getByRole('button', { name: 'Clear search and filters' }).click(),
    },
  ),
  floatingScreen(
    'teams-selected',
    inTeams(async ({ page }) => {
      await cellOf(page, 'Autonomy').first().click();
      await page.keyboard.press('Control+A');
      await page.getByText('64 selected').first().waitFor();
    }),
  ),
  floatingScreen(
    'teams-editing',
    inTeams(async ({ page }) => {
      await cellOf(page, 'Autonomy').first().click();
      await page.keyboard.press('F2');
      await page.getByRole('grid').getByRole('textbox').waitFor();
    }),
  ),
  sampleScreen(
    'teams-deleted',
    inTeams(async (running) => {
      await chooseMenu(running, 'list.deleted');
      await running.page.getByRole('heading', { name: 'Deleted teams' }).waitFor();
    }),
    {
      leave: (running) => chooseMenu(running, 'list.deleted'),
    },
  ),
  emptyScreen(
    'teams-empty',
    async ({ page }) => {
      await goTo(page, 'Teams');
      await page.getByText('No teams yet.').waitFor();
    },
    { compared: true },
  ),
  emptyScreen('links-empty', async ({ page }) => {
    await goTo(page, 'Links');
    await page.getByText('No links yet.').waitFor();
  }),
];
