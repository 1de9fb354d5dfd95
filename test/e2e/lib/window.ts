import type { Locator, Page } from '@playwright/test';

/** Goes to a place of the rail by its name. */
export async function goTo(page: Page, place: string): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Main' });
  await rail.getByRole('button', { name: new RegExp(`^${place}\\b`) }).click();
}

/** Asks one of the five questions of Insights, which is open. */
export async function ask(page: Page, question: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Question', exact: true })
    .getByRole('button', { name: question })
    .click();
}

/** The count beside a place of the rail. */
export function countOf(page: Page, place: string): Locator {
  const rail = page.getByRole('navigation', { name: 'Main' });
  return rail.getByRole('button', { name: new RegExp(`^${place}\\b`) });
}

/** The row of the grid that has these words in one of its cells. */
export function rowOf(page: Page, text: string): Locator {
  const cell = page.getByRole('gridcell', { name: text, exact: true });
  return page.getByRole('grid').getByRole('row').filter({ has: cell });
}

/** A cell of a row by its words. */
export function cellOf(page: Page, text: string): Locator {
  return page.getByRole('grid').getByRole('gridcell', { name: text, exact: true });
}

/** The panel of the open record. */
export const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Record' });

export const tabsOf = (page: Page): Locator =>
  page.getByRole('tablist', { name: /^Open tabs/ }).getByRole('tab');

/** Opens the only grid row with this name in the panel beside the grid. */
export async function openRecord(page: Page, name: string): Promise<Locator> {
  await cellOf(page, name).click();
  await page.keyboard.press('Shift+Enter');
  const panel = panelOf(page);
  await panel.getByRole('heading', { name }).waitFor();
  return panel;
}

/** The notice that has these words. */
export function noticeOf(page: Page, text: string | RegExp): Locator {
  return page.getByRole('alert').filter({ hasText: text });
}
