import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { answerDialogs, chooseMenu, dropFile, readMenu, ready } from './lib/hands.ts';
import { countOf, goTo, noticeOf } from './lib/window.ts';

test('a first start opens the ready sample workspace, in one window with a native menu', async ({
  frames,
}) => {
  const running = await frames.startFirst();
  const { page } = running;
  await test.step('a first start opens the ready sample workspace', async () => {
    await expect(countOf(page, 'Universities')).toHaveText(/8$/);
    await goTo(page, 'Teams');
    await expect(page.getByRole('grid', { name: 'Teams, 64 rows' })).toBeVisible();
    await expect(page.getByRole('row').nth(10)).toBeVisible();
    expect(await page.title()).toContain('FRAMES');
    expect(existsSync(join(running.userData, 'workspaces', 'Sample', 'frames.sqlite'))).toBe(true);
  });

  await test.step('the window shows its shape before the application is there, and says when the rows are', async () => {
    await goTo(page, 'Teams');
    await expect(page.getByRole('row').nth(5)).toBeVisible();
    const mark = (name: string): Promise<number> =>
      page.evaluate((wanted) => performance.getEntriesByName(wanted, 'mark')[0]?.startTime ?? 0, name);
    // Marks are set after the frame that they tell of, which may be later than what stands in the page.
    for (const name of ['frames:first-paint-shell', 'frames:first-rows'])
      await expect.poll(() => mark(name)).toBeGreaterThan(0);
    expect(await mark('frames:first-rows')).toBeGreaterThan(await mark('frames:first-paint-shell'));
  });

  await test.step('the native menu holds the window’s own commands, and choosing one does it', async () => {
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await expect.poll(async () => (await readMenu(running)).flatMap(({ ids }) => ids)).toContain('edit.undo');
    const menus = await readMenu(running);
    expect(menus.map(({ label }) => label)).toEqual(expect.arrayContaining(['File', 'Edit', 'View']));
    // Undo and redo are ours, so that a text field keeps its own.
    expect(menus.flatMap(({ roles }) => roles)).not.toEqual(expect.arrayContaining(['undo']));
    await chooseMenu(running, 'go.history');
    await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  });
});

test('a new workspace begins empty and is opened at the next start; a missing or corrupt one is reported, and the sample stays', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page } = running;
  const { userData } = running;
  await goTo(page, 'Teams');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Discipline', exact: true }).uncheck();
  await goTo(page, 'Home');
  const taken = join(userData, 'taken');
  mkdirSync(taken);
  writeFileSync(join(taken, 'notes.txt'), '');
  await answerDialogs(running, taken);
  await chooseMenu(running, 'workspace.new');
  await expect(page.getByText('The folder “taken” is not empty')).toBeVisible();

  // A file that is looked at among the sample's records comes along to a workspace of one's own.
  const table = join(userData, 'teams.csv');
  writeFileSync(table, 'Team name,Members\nRadio,3\n');
  await dropFile(running, table);
  // Home offers a new workspace, too, and would come without the file.
  await expect(page.getByRole('heading', { name: 'Import “teams.csv”' })).toBeVisible();
  const fresh = join(userData, 'Fresh');
  mkdirSync(fresh);
  await answerDialogs(running, fresh);
  await page.getByRole('button', { name: 'New workspace…' }).click();
  await expect(countOf(page, 'Teams')).toHaveText(/0$/);
  await expect(page.getByRole('heading', { name: 'Import “teams.csv”' })).toBeVisible();
  await expect(page.getByText('1 team will be added.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await goTo(page, 'Home');
  await expect(page.getByRole('heading', { name: 'Add your records' })).toBeVisible();
  await expect(page.getByText('“Fresh” has no records yet')).toBeVisible();

  await frames.quit(running);
  const again = await frames.start({ userData });
  const { page: window, app } = again;
  await expect(window.getByText('“Fresh” has no records yet')).toBeVisible();
  await ready(again);

  await test.step('a workspace that cannot be opened is in the way of nothing', async () => {
    const corrupt = join(userData, 'Corrupt');
    mkdirSync(corrupt);
    await answerDialogs(again, corrupt);
    await chooseMenu(again, 'workspace.open');
    await expect(window.getByText('There is no workspace in “Corrupt”')).toBeVisible();
    writeFileSync(join(corrupt, 'frames.sqlite'), 'no database '.repeat(1000));
    await chooseMenu(again, 'workspace.open');
    await expect(window.getByRole('alertdialog', { name: 'Your records cannot be reached' })).toBeVisible();
    await ready(again);
    await chooseMenu(again, 'workspace.sample');
    await expect(countOf(window, 'Teams')).toHaveText(/64$/);
  });

  await test.step('the layout of the sample is as it was left', async () => {
    await goTo(window, 'Teams');
    await expect(window.getByRole('columnheader', { name: /^Lifecycle/ })).toBeVisible();
    await expect(window.getByRole('columnheader', { name: /^Discipline/ })).toHaveCount(0);
  });

  await test.step('recent workspaces are a submenu and in the palette; a missing one is reported and removed', async () => {
    await ready(again);
    const recent = (): Promise<string[]> =>
      ask(() =>
        app.evaluate(({ Menu }) => {
          const file = Menu.getApplicationMenu()?.items.find(({ id }) => id === 'file');
          const shown = file?.submenu?.items.find(({ label }) => label === 'Open recent');
          return shown?.submenu?.items.map(({ label }) => label) ?? [];
        }),
      );
    await expect.poll(recent).toContain('Fresh');
    renameSync(fresh, join(userData, 'Moved'));
    await window.keyboard.press('Control+K');
    await window.keyboard.type('open recent fresh');
    await expect(window.locator('[data-selected]')).toHaveText(/Open recent: Fresh/);
    await window.keyboard.press('Enter');
    const gone = noticeOf(window, 'Workspace “Fresh” not found');
    await gone.getByRole('button', { name: 'Remove from list' }).click();
    await expect(noticeOf(window, '“Fresh” removed from the list')).toBeVisible();
    await expect.poll(recent).not.toContain('Fresh');
  });
});
