import { expect, test } from './harness.ts';
import { runFrames, verifyWorkspace } from './lib/command.ts';
import { cellOf, countOf, goTo, noticeOf, openRecord, rowOf } from './lib/window.ts';

test('create, edit, delete and undo survive a restart and are in the history', async ({ frames }) => {
  const workspace = `${frames.folder}/Northern missions`;
  const first = await frames.start({ workspace });
  const { page } = first;

  await goTo(page, 'Teams');
  await page.getByRole('button', { name: 'New team' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Flight dynamics');
  await page.getByRole('button', { name: 'Create team' }).click();
  await expect(cellOf(page, 'Flight dynamics')).toBeVisible();
  await expect(noticeOf(page, 'Created “Flight dynamics”')).toBeVisible();

  await page.getByRole('button', { name: 'New team' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Old radio');
  await page.getByRole('button', { name: 'Create team' }).click();
  await expect(countOf(page, 'Teams')).toHaveText(/2$/);

  // Edit in the grid: the cell, then in the panel beside it.
  await cellOf(page, 'Flight dynamics').click();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Flight software');
  await page.keyboard.press('Enter');
  await expect(cellOf(page, 'Flight software')).toBeVisible();
  const panel = await openRecord(page, 'Flight software');
  await panel.getByRole('textbox', { name: 'Description' }).fill('Attitude and orbit control');
  await panel.getByRole('textbox', { name: 'Description' }).blur();

  // Delete, see it gone, and take that back.
  await cellOf(page, 'Old radio').click();
  await page.keyboard.press('Control+Delete');
  await expect(noticeOf(page, 'Deleted “Old radio”')).toBeVisible();
  await expect(cellOf(page, 'Old radio')).toBeHidden();
  await page.keyboard.press('Control+Z');
  await expect(cellOf(page, 'Old radio')).toBeVisible();
  await cellOf(page, 'Old radio').click();
  await page.keyboard.press('Control+Delete');
  await expect(cellOf(page, 'Old radio')).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await frames.quit(first);

  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { teams: 1 } });

  const second = await frames.start({ workspace });
  await goTo(second.page, 'Teams');
  await expect(rowOf(second.page, 'Flight software')).toBeVisible();
  await expect(cellOf(second.page, 'Old radio')).toBeHidden();
  const again = await openRecord(second.page, 'Flight software');
  await expect(again.getByRole('textbox', { name: 'Description' })).toHaveValue('Attitude and orbit control');

  await goTo(second.page, 'History');
  const history = second.page.getByRole('main');
  for (const words of ['Created “Flight dynamics”', 'Deleted “Old radio”', 'Undid: Deleted “Old radio”']) {
    await expect(history.getByText(words).first()).toBeVisible();
  }

  // What was done before the restart can still be undone after it.
  await second.page.getByRole('button', { name: /^Undo: Deleted “Old radio”/ }).click();
  await goTo(second.page, 'Teams');
  await expect(cellOf(second.page, 'Old radio')).toBeVisible();
});

test('in a text field Ctrl+Z belongs to the field, elsewhere to the application', async ({ frames }) => {
  const { page } = await frames.start();
  await goTo(page, 'Teams');
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  const search = page.getByRole('searchbox');
  await search.click();
  await page.keyboard.type('orbit');
  await page.keyboard.press('Control+Z');
  await expect(search).not.toHaveValue('orbit');
  // The sample is still there: nothing of the workspace was undone, not even with the field's own history used up.
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('Control+Z');
  await expect(countOf(page, 'Universities')).toHaveText(/8$/);
});

test('a change by another process appears in the window', async ({ frames }) => {
  const workspace = `${frames.folder}/W`;
  const { page } = await frames.start({ workspace });
  await goTo(page, 'Universities');
  await expect(page.getByText('No universities yet.')).toBeVisible();
  const data = JSON.stringify({ name: 'Summit State' });
  await runFrames(['entities', 'create', 'university', '--data', data, '--workspace', workspace, '--json']);
  await expect(cellOf(page, 'Summit State')).toBeVisible();
});
