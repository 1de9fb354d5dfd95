import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { root } from '#scripts/lib/paths.ts';
import { answerDialogs, chooseMenu, dropFile, ready } from './lib/hands.ts';
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

test('the shown list is exported as CSV and as a spreadsheet with equal contents', async ({ frames }) => {
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
  await expect(page.getByRole('dialog', { name: 'Export “Teams”' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Add ids' }).uncheck();
  await page.getByRole('button', { name: 'Choose where…' }).click();
  const done = noticeOf(page, `Exported to “teams.csv” (rows: ${shown}, columns: ${heads.length})`);
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
  await expect(noticeOf(page, /Exported to “teams\.xlsx”/)).toBeVisible();
  const rows = await readSheet(xlsx);
  expect(rows).toHaveLength(shown + 1);
  expect(rows[0]?.slice(0, 2)).toEqual(['Id', 'Name']);
  expect(rows.slice(1, 6).map((row) => row[1])).toEqual(names);
});

test('all records are exported as a graph, which another workspace imports', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  const gexf = join(frames.folder, 'network.gexf');
  await answerDialogs(running, gexf);
  await chooseMenu(running, 'file.exportAs');
  await page.getByRole('dialog', { name: 'Export all records' }).getByRole('radio', { name: 'GEXF' }).check();
  await page.getByRole('button', { name: 'Choose where…' }).click();
  const done = noticeOf(page, 'Exported 543 records to “network.gexf”');
  await expect(done).toContainText('nodes: 370, edges: 173');
  await expect(done).toContainText(
    'not in this format: 40 outcomes, 4 risk factors, 2 factor models, 120 contacts, 2 repairs, 8 documents and 5 comments',
  );

  const other = await frames.start({ workspace: join(frames.folder, 'W') });
  await ready(other);
  await dropFile(other, gexf);
  await expect(other.page.getByText(/Graph \(nodes: 370, edges: 173\)\./)).toBeVisible();
  await other.page.getByRole('button', { name: 'Import 543 records' }).click();
  await expect(other.page.getByRole('heading', { name: 'Imported “network.gexf”' })).toBeVisible();

  const foreign = join(root, 'test/core/transfer/graph/fixtures/networkx.graphml');
  await dropFile(other, foreign);
  const { page: window } = other;
  await window.getByRole('combobox', { name: 'Import nodes without a type as' }).click();
  await window.getByRole('option', { name: 'Faculty' }).click();
  await window.getByRole('combobox', { name: 'Import “weight” as' }).click();
  await window.getByRole('option', { name: 'Energy lost' }).click();
  await expect(window.getByText(/3 faculty members and 2 links will be added/)).toBeVisible();
  await expect(window.getByRole('radio', { name: 'fractions' })).toBeChecked();
});
