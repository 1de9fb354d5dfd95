import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { chooseMenu, dropFile } from './lib/hands.ts';
import { dropAnswers } from './lib/screens/confirm.ts';
import { countOf, goTo, noticeOf } from './lib/window.ts';

test('links are confirmed by sheets and proposed from contacts; both are undone', async ({ frames }) => {
  const running = await frames.startReady();
  const { page } = running;
  await test.step('sheets go out, answers are dropped, previewed and applied, and undone', async () => {
    await chooseMenu(running, 'go.confirm');
    await expect(page.getByText(/^0 of \d+ teams have answered since/)).toBeVisible();
    await dropAnswers(running);
    await page.getByRole('button', { name: 'Read answers…' }).click();
    await page.getByRole('button', { name: 'Apply answers' }).click();
    await expect(page.getByText(/^[1-9]\d* of \d+ teams have answered since/)).toBeVisible();
    await page.getByRole('button', { name: /unconfirmed link/ }).click();
    await expect(page.getByRole('button', { name: /Confirmed on not since/ }).first()).toBeVisible();
    await chooseMenu(running, 'edit.undo');
    await chooseMenu(running, 'go.confirm');
    await expect(page.getByText(/^0 of \d+ teams have answered since/)).toBeVisible();
  });

  await test.step('a dropped table of contacts proposes a link, which is applied and undone', async () => {
    await goTo(page, 'Contacts');
    await page.getByRole('button', { name: 'Propose links' }).click();
    await expect(page.getByText('7 proposals from contacts')).toBeVisible();

    const table = join(frames.folder, 'meetings.csv');
    const days = ['2026-07-01', '2026-08-03', '2026-09-02', '2026-09-16'];
    const rows = days.map((day) => `${day},Payload camera (Summit State),Outreach (Summit State),Meeting`);
    writeFileSync(table, ['Date,Who,With,Type', ...rows].join('\n'));
    await dropFile(running, table);
    await page.getByRole('button', { name: 'Import 4 contacts' }).click();
    await expect(page.getByRole('heading', { name: 'Imported “meetings.csv”' })).toBeVisible();
    await expect(countOf(page, 'Contacts')).toHaveText(/124$/);

    await chooseMenu(running, 'go.evidence');
    await expect(page.getByText('8 proposals from contacts')).toBeVisible();
    await page.getByRole('checkbox', { name: 'Select all proposals' }).uncheck();
    const row = page.getByRole('row').filter({ hasText: 'Payload camera → Outreach' });
    await expect(row).toContainText('Bond: by chance, 60');
    await row.getByRole('checkbox').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Apply 1 proposal' }).click();
    await expect(noticeOf(page, 'Applied 1 proposal from contacts')).toBeVisible();
    await expect(countOf(page, 'Links')).toHaveText(/174$/);
    await expect(page.getByText('7 proposals from contacts')).toBeVisible();
    await chooseMenu(running, 'edit.undo');
    await expect(countOf(page, 'Links')).toHaveText(/173$/);
  });
});
