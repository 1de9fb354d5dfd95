import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import papa from 'papaparse';
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { answerDialogs, chooseMenu } from './lib/hands.ts';
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

test('the shown list is exported as CSV, all records as a graph; a failure is told beside dialogs', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page, app } = running;
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
  await done.getByRole('button', { name: 'Dismiss' }).click();

  await test.step('all records are exported as a graph', async () => {
    const gexf = join(frames.folder, 'network.gexf');
    await answerDialogs(running, gexf);
    await chooseMenu(running, 'file.exportAs');
    await page
      .getByRole('dialog', { name: 'Export all records' })
      .getByRole('radio', { name: 'GEXF' })
      .check();
    await page.getByRole('button', { name: 'Choose where…' }).click();
    const done = noticeOf(page, 'Exported 543 records to “network.gexf”');
    await expect(done).toContainText('nodes: 370, edges: 173');
    await expect(done).toContainText(
      'not in this format: 40 outcomes, 4 risk factors, 2 factor models, 120 contacts, 2 repairs, 8 documents and 5 comments',
    );
  });

  await test.step('a dialog is above notices: all its buttons can be clicked, and errors are read and dismissed beside it', async () => {
    await ask(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700)),
    );
    await answerDialogs(running, join(frames.folder, 'no', 'such', 'folder', 'out.json'));
    await chooseMenu(running, 'file.export');
    const error = noticeOf(page, 'Exporting to “out.json”: failed');
    await expect(error).toBeVisible();
    await chooseMenu(running, 'golden.reset');
    const dialog = page.getByRole('dialog', { name: 'Reset live to golden version 1?' });
    const yes = dialog.getByRole('button', { name: 'Reset', exact: true });
    await expect(dialog.getByText(/nothing to restore/i)).toBeVisible();
    await yes.scrollIntoViewIfNeeded();
    for (const button of await dialog.getByRole('button').all()) {
      await button.scrollIntoViewIfNeeded();
      const isOnTop = await button.evaluate((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const points = [0.1, 0.5, 0.9].map((part) =>
          document.elementFromPoint(x + width * part, y + height / 2),
        );
        return points.every((found) => one.contains(found) || found?.contains(one));
      });
      expect(isOnTop, (await button.textContent()) ?? '').toBe(true);
    }
    await error.getByRole('button', { name: 'Dismiss' }).click();
    await expect(error).toBeHidden();
    await expect(dialog).toBeVisible();
  });
});
