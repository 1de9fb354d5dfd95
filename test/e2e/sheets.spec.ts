import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { answerDialogs, chooseMenu, dropFile, ready } from './lib/hands.ts';
import { cellOf, countOf, goTo } from './lib/window.ts';

const fixture = (name: string): string => join(root, 'test', 'fixtures', name);

/** Mends the two problems that the table of teams has. */
async function mendBoth(page: Page): Promise<void> {
  await page.getByRole('button', { name: '2 issues' }).click();
  await page.getByRole('button', { name: 'Read all 2 as “electrical”' }).click();
  await expect(page.getByRole('heading', { name: '1 issue' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Read as' }).fill('3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'No issues' })).toBeVisible();
}

test('a CSV table is mapped, two problems are fixed, and it is imported in one undoable change', async ({
  frames,
}) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.start({ workspace });
  const { page } = running;
  await ready(running);
  await dropFile(running, fixture('teams.csv'));
  await expect(page.getByRole('heading', { name: 'Import “teams.csv”' })).toBeVisible();
  await expect(
    page.getByText(/12 teams will be added\. Also added, because rows name them: 5 universities/),
  ).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Import “Major” as' })).toHaveValue('Discipline');
  await mendBoth(page);
  await page.getByRole('combobox', { name: 'Import “Room” as' }).click();
  await page.getByRole('option', { name: 'Leave out' }).click();

  await page.getByRole('button', { name: 'Import 12 teams' }).click();
  await expect(page.getByRole('heading', { name: 'Imported “teams.csv”' })).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/12$/);
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(countOf(page, 'Teams')).toHaveText(/0$|Teams$/);
  await page.getByRole('button', { name: 'Redo import' }).click();
  await page.getByRole('button', { name: 'Show 12 teams' }).click();
  await expect(cellOf(page, 'Solar Panels')).toBeVisible();
  await goTo(page, 'History');
  await expect(page.getByText(/Imported 17 records from “teams\.csv”/).first()).toBeVisible();

  // The same table once more: mapped as last time, and its rows are known.
  await answerDialogs(running, fixture('teams.csv'));
  await chooseMenu(running, 'file.import');
  await expect(page.getByText(/as in your last import/)).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Import “Room” as' })).toHaveValue('Leave out');
  await expect(page.getByText('2 corrections')).toBeVisible();
  await expect(page.getByText('12 rows need your decision.')).toBeVisible();
  await page.getByRole('radio', { name: 'Leave these rows out' }).check();
  await expect(page.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await page.getByRole('button', { name: 'Guess again' }).click();
  await expect(page.getByRole('combobox', { name: 'Import “Room” as' })).toHaveValue('Custom field');
  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({
    ok: true,
    counts: { teams: 12, universities: 5 },
  });
});

test('a workbook is read from the sheet with the table, and remaining problems are listed after the import', async ({
  frames,
}) => {
  const running = await frames.start({ workspace: join(frames.folder, 'W') });
  const { page } = running;
  await ready(running);
  await test.step('cells that are pasted are a table too', async () => {
    await chooseMenu(running, 'go.import');
    await page.getByRole('heading', { name: 'Import a file' }).waitFor();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'Project\tDuration\nOrbiter\t2 years\nLander\t18\n');
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    });
    await expect(page.getByRole('combobox', { name: 'Each row is a' })).toHaveValue('Project');
    await page.getByRole('button', { name: 'Import 2 projects' }).click();
    await expect(countOf(page, 'Projects')).toHaveText(/2$/);
  });
  await answerDialogs(running, fixture('teams.xlsx'));
  await chooseMenu(running, 'file.import');
  await expect(page.getByRole('combobox', { name: 'Sheet' })).toHaveValue('Teams');
  await mendBoth(page);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Undo: / })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: '1 issue' })).toBeVisible();
  await page.getByRole('button', { name: 'Import 12 teams' }).click();
  await page.getByRole('button', { name: /^Show: “Elec Eng” as discipline/ }).click();
  await expect(page.getByRole('grid', { name: /2 rows/ })).toBeVisible();
  await expect(cellOf(page, 'Flight Computer')).toBeVisible();

  // A column that was kept as an own field is a column of the list: shown at once, edited, filtered by what is typed.
  await expect(cellOf(page, 'T-2')).toHaveCount(2);
  await cellOf(page, 'T-2').first().dblclick();
  await page.getByRole('grid').getByRole('textbox', { name: 'Room' }).fill('T-9');
  await page.keyboard.press('Enter');
  await expect(cellOf(page, 'T-9')).toBeVisible();
  await page.getByRole('main').getByRole('searchbox').fill('room:t-9 ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: /1 row/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Room contains “t-9”', exact: true })).toBeVisible();
});
