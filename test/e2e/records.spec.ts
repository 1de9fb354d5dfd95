import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './harness.ts';
import { runFrames, verifyWorkspace } from './lib/command.ts';
import { clipboardOf } from './lib/hands.ts';
import { shellLog } from './lib/launch.ts';
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

  await test.step('in a text field Ctrl+Z belongs to the field', async () => {
    const search = page.getByRole('searchbox');
    await search.click();
    await page.keyboard.type('orbit');
    await page.keyboard.press('Control+Z');
    await expect(search).not.toHaveValue('orbit');
    // No change of a record was undone, not even with the field's own history used up.
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('Control+Z');
    await search.fill('');
    await expect(cellOf(page, 'Old radio')).toBeHidden();
    await expect(countOf(page, 'Teams')).toHaveText(/1$/);
  });

  await frames.quit(first);
  expect(shellLog(first.userData).at(-1)).toMatchObject({ message: 'data process ended', code: 0 });
  expect(readdirSync(workspace).filter((name) => /-wal$|-shm$|-journal$/.test(name))).toEqual([]);
  expect(readdirSync(join(workspace, 'holders'))).toEqual([]);

  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { teams: 1 } });

  const second = await frames.start({ workspace });
  await goTo(second.page, 'Teams');
  await expect(rowOf(second.page, 'Flight software')).toBeVisible();
  await expect(cellOf(second.page, 'Old radio')).toBeHidden();
  const again = await openRecord(second.page, 'Flight software');
  await expect(again.getByRole('textbox', { name: 'Description' })).toHaveValue('Attitude and orbit control');

  await goTo(second.page, 'History');
  const history = second.page.getByRole('main');
  for (const words of ['Created “Flight dynamics”', 'Deleted “Old radio”', 'Undone: Deleted “Old radio”']) {
    await expect(history.getByText(words).first()).toBeVisible();
  }

  // What was done before the restart can still be undone after it.
  await second.page.getByRole('button', { name: /^Undo: Deleted “Old radio”/ }).click();
  await goTo(second.page, 'Teams');
  await expect(cellOf(second.page, 'Old radio')).toBeVisible();

  await test.step('a change by another process appears', async () => {
    const { page: window } = second;
    await goTo(window, 'Universities');
    await expect(window.getByText('No universities yet.')).toBeVisible();
    const data = JSON.stringify({ name: 'Summit State' });
    await runFrames(['entities', 'create', 'university', '--data', data, '--workspace', workspace]);
    await expect(cellOf(window, 'Summit State')).toBeVisible();
  });

  await test.step('an unforeseen error has a trace id, which the log explains', async () => {
    const { page: window } = second;
    await goTo(window, 'Universities');
    await window.getByRole('button', { name: 'New university' }).first().click();
    await window.getByRole('textbox', { name: 'Name' }).first().fill('Redwood Coast');
    const database = new Database(join(workspace, 'frames.sqlite'));
    database.exec('ALTER TABLE universities RENAME TO elsewhere');
    database.close();
    await window.getByRole('button', { name: 'Create university' }).click();
    await window.getByRole('button', { name: 'Copy details' }).first().click();
    const details = await clipboardOf(second);
    const trace = /^Trace id: (\S+)$/m.exec(details)?.[1] ?? 'none';
    expect(details).toMatch(/^Error: INTERNAL$/m);
    expect(details).not.toContain('elsewhere');
    const logs = join(workspace, 'logs');
    const explained = () =>
      readdirSync(logs)
        .flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'))
        .find((line) => line.includes(trace));
    await expect.poll(explained).toMatch(/no such table/);
    await expect(window.getByRole('textbox', { name: 'Name' }).first()).toHaveValue('Redwood Coast');
  });
});
