import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { answerDialogs, chooseMenu, dropFile } from './lib/hands.ts';
import { cellOf, countOf, goTo } from './lib/window.ts';

const legacy = join(root, 'test', 'fixtures', 'frames_data.json');
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

test('a table is mapped, fixed and imported in one undoable change; a FRAMES file is imported and exported', async ({
  frames,
}) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.startReady({ workspace });
  const { page } = running;
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
    await chooseMenu(running, 'go.import');
    await expect(page.getByRole('heading', { name: 'Import a file' })).toBeVisible();
  });

  await test.step('a CSV table is mapped, two problems are fixed, and it is imported in one undoable change', async () => {
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
  });

  await test.step('a FRAMES file is chosen in the dialog, imported, and exported with its records', async () => {
    await answerDialogs(running, null);
    await chooseMenu(running, 'file.import');
    await expect(page.getByRole('heading', { name: /^Import “frames_data/ })).toBeHidden();

    await answerDialogs(running, legacy);
    await chooseMenu(running, 'file.import');
    await page.getByRole('button', { name: 'Import 25 records' }).click();
    await expect(page.getByRole('heading', { name: 'Imported “frames_data.json”' })).toBeVisible();

    const out = join(frames.folder, 'out.json');
    await answerDialogs(running, out);
    await chooseMenu(running, 'file.export');
    await expect(page.getByText(/^Exported \d+ records to “out\.json”/)).toBeVisible();
    const [before, after] = [legacy, out].map(
      (file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, { id: string; name?: string }[]>,
    );
    for (const list of ['teams', 'faculty', 'projects', 'interfaces']) {
      const idsOf = (file: typeof before): string[] => file?.[list]?.map(({ id }) => id) ?? [];
      expect(idsOf(after)).toEqual(expect.arrayContaining(idsOf(before)));
    }
  });

  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true });
});
