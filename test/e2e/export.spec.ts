import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu, ready } from './lib/hands.ts';
import { goTo, noticeOf } from './lib/window.ts';

/** The texts of the grid's first column, from the top. */
async function namesShown(page: Page, count: number): Promise<string[]> {
  const cells = page.getByRole('grid').getByRole('row').locator('[role="gridcell"]:nth-child(2)');
  const texts = await cells.allTextContents();
  return texts.slice(0, count).map((text) => text.trim());
}

const labels = (page: Page): Promise<string[]> =>
  page
    .getByRole('grid')
    .getByRole('columnheader')
    .allTextContents()
    .then((texts) => texts.map((text) => text.trim()).filter((text) => text !== ''));

test('what is shown is exported as CSV and as a spreadsheet, and both say what the list says', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await page.getByRole('main').getByRole('searchbox').fill('lifecycle:incoming');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Lifecycle: incoming', exact: true })).toBeVisible();
  await expect(page.getByText(/^\d+ of 64$/)).toBeVisible();
  const shown = Number(/^\d+/.exec((await page.getByText(/^\d+ of 64$/).textContent()) ?? '')?.[0]);
  const heads = await labels(page);

  const csv = join(frames.folder, 'teams.csv');
  await answerDialogs(running, csv);
  await chooseMenu(running, 'list.export');
  await expect(page.getByRole('dialog', { name: 'Export Teams' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Add ids' }).uncheck();
  await page.getByRole('button', { name: 'Choose where…' }).click();
  const done = noticeOf(page, `Exported to teams.csv: rows ${shown}, columns ${heads.length}`);
  await expect(done).toBeVisible();
  await expect(done.getByRole('button', { name: 'Show in folder' })).toBeVisible();
  const { data } = papa.parse<string[]>(readFileSync(csv, 'utf8').slice(1), { skipEmptyLines: true });
  expect(data[0]).toEqual(heads);
  expect(data).toHaveLength(shown + 1);
  const names = await namesShown(page, 5);
  expect(data.slice(1, 6).map(([name]) => name)).toEqual(names);

  const xlsx = join(frames.folder, 'teams.xlsx');
  await answerDialogs(running, xlsx);
  await chooseMenu(running, 'list.export');
  await page.getByRole('radio', { name: /Excel/ }).check();
  await page.getByRole('radio', { name: /^All \(\d+/ }).check();
  await expect(page.getByRole('checkbox', { name: 'Add ids' })).toBeChecked();
  await page.getByRole('button', { name: 'Choose where…' }).click();
  await expect(noticeOf(page, /Exported to teams\.xlsx/)).toBeVisible();
  const rows = await readSheet(xlsx);
  expect(rows).toHaveLength(shown + 1);
  expect(rows[0]?.slice(0, 2)).toEqual(['Id', 'Name']);
  expect(rows.slice(1, 6).map((row) => row[1])).toEqual(names);
});
