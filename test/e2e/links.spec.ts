import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '#scripts/electron.ts';
import { isLinuxRoot, root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { answerDialogs, chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf, openRecord } from './lib/window.ts';

/** Starts the program once more in the same user folder, as the system does for a link or a file; it hands over and ends. */
async function startAgain({ userData }: Running, args: string[], cwd = root): Promise<number | null> {
  const electron = await findElectron({ say: () => {} });
  const all = [...(isLinuxRoot() ? ['--no-sandbox'] : []), root, `--user-data-dir=${userData}`, ...args];
  return spawnSync(electron.binary, all, { timeout: 30_000, stdio: 'ignore', cwd }).status;
}

const clipboard = ({ app }: Running): Promise<string> =>
  ask(() => app.evaluate(({ clipboard: board }) => board.readText()));

const panelOf = ({ page }: Running) => page.getByRole('complementary', { name: 'Record' });

test('a link to a record is copied, and a second start with it opens that record in the running window', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, app } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await openRecord(page, 'Autonomy');
  // Until the record itself was read, as the panel shows what the list knows of it, the notice goes without its name.
  await expect(async () => {
    await page.keyboard.press('Control+Shift+C');
    await expect(noticeOf(page, 'Address of “Autonomy” copied')).toBeVisible({ timeout: 2000 });
  }).toPass();
  const link = await clipboard(running);
  expect(link).toMatch(/^frames:\/\/live\/teams\?sel=[^&]+&ws=[\w-]+$/);

  await goTo(page, 'Home');
  await ask(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize()));
  expect(await startAgain(running, [link])).toBe(0);
  await expect(panelOf(running).getByRole('heading', { name: 'Autonomy' })).toBeVisible();
  expect(running.app.windows()).toHaveLength(1);
  const minimized = await ask(() =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()),
  );
  expect(minimized).toBe(false);
  // In a tab of its own: what was open is still there.
  await expect(page.getByRole('tab', { name: /^Home/ })).toBeVisible();
});

test('a link of a view has its search, filters and sort; one at the start opens its record', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await page.getByRole('searchbox', { name: 'Search teams' }).fill('ground');
  await expect(cellOf(page, 'Autonomy')).toHaveCount(0);
  await chooseMenu(running, 'edit.copyLink');
  await expect.poll(() => clipboard(running)).toContain('q=ground');
  const link = await clipboard(running);
  await frames.quit(running);

  const again = await frames.start({ args: [link] });
  await expect(again.page.getByRole('searchbox', { name: 'Search teams' })).toHaveValue('ground');
  await expect(again.page.getByRole('gridcell', { name: /ground/i }).first()).toBeVisible();
});

test('a file from a second start is previewed; a missing one is reported', async ({ frames }) => {
  const running = await frames.start({ workspace: join(frames.folder, 'W') });
  const { page } = running;
  await ready(running);
  const data = join(root, 'test', 'fixtures', 'frames_data.json');
  expect(await startAgain(running, ['frames_data.json'], join(root, 'test', 'fixtures'))).toBe(0);
  await expect(page.getByRole('heading', { name: 'Import “frames_data.json”' })).toBeVisible();

  expect(await startAgain(running, [join(frames.folder, 'gone.json')])).toBe(0);
  await expect(noticeOf(page, '“gone.json” cannot be opened')).toBeVisible();
  await expect(page.locator('body')).not.toContainText(frames.folder);

  // macOS hands a file over by an event of its own, also one dropped on the dock.
  await goTo(page, 'Home');
  await ask(() =>
    running.app.evaluate(({ app }, path) => app.emit('open-file', { preventDefault: () => {} }, path), data),
  );
  await expect(page.getByRole('heading', { name: 'Import “frames_data.json”' })).toBeVisible();
});

test('an exported .frames file opens in another workspace, and a damaged one is refused', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  const file = join(frames.folder, 'all.frames');
  await answerDialogs(running, file);
  await chooseMenu(running, 'file.exportPackage');
  await expect(noticeOf(page, /Exported \d+ records to “all\.frames”/)).toBeVisible();
  expect(readFileSync(file).subarray(1, 7).toString()).toBe('FRAMES');
  await frames.quit(running);

  const other = await frames.start({ workspace: join(frames.folder, 'Other'), args: [file] });
  await expect(other.page.getByRole('heading', { name: 'Import “all.frames”' })).toBeVisible();
  await other.page
    .getByRole('button', { name: /^Import/ })
    .last()
    .click();
  await expect(countOf(other.page, 'Teams')).toHaveText(/64$/);

  const bytes = readFileSync(file);
  bytes.fill(7, bytes.length - 900, bytes.length - 600);
  const broken = join(frames.folder, 'broken.frames');
  writeFileSync(broken, bytes);
  expect(await startAgain(other, [broken])).toBe(0);
  await expect(other.page.getByText(/broken\.frames is corrupt/)).toBeVisible();
});

/** Calls the workspace otherwise, as the menu of its name offers it. */
async function rename(running: Running, name: string): Promise<void> {
  const { page } = running;
  await page.locator('.workspace-button').click();
  await page.getByRole('menuitem', { name: 'Rename workspace…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.locator('.workspace')).toHaveText(name);
  // The title of the window says it too.
  await expect.poll(() => page.title()).toBe(`${name} – FRAMES`);
}

test('recent workspaces are a submenu and in the palette by name; a missing one is reported and removed', async ({
  frames,
}) => {
  const [one, two] = [join(frames.folder, 'One'), join(frames.folder, 'Two')];
  for (const workspace of [one, two]) {
    const made = await frames.start({ workspace });
    await expect(countOf(made.page, 'Teams')).toHaveText(/0$/);
    if (workspace === one) await rename(made, 'Mission one');
    await frames.quit(made);
  }
  const running = await frames.start();
  const { page, app } = running;
  await ready(running);
  const names = (): Promise<string[]> =>
    ask(() =>
      app.evaluate(({ Menu }) => {
        const file = Menu.getApplicationMenu()?.items.find(({ id }) => id === 'file');
        const recent = file?.submenu?.items.find(({ label }) => label === 'Open recent');
        return recent?.submenu?.items.map(({ label }) => label) ?? [];
      }),
    );
  await expect.poll(names).toEqual(['Two', 'Mission one']);

  await page.keyboard.press('Control+K');
  await page.keyboard.type('open recent mission');
  await expect(page.locator('[data-selected]')).toHaveText(/Open recent: Mission one/);
  await page.keyboard.press('Enter');
  await expect(page.locator('.workspace')).toHaveText('Mission one');
  await ready(running);
  await expect.poll(names).toEqual(['Two']);

  mkdirSync(join(frames.folder, 'aside'));
  renameSync(two, join(frames.folder, 'aside', 'Two'));
  await page.keyboard.press('Control+K');
  await page.keyboard.type('open recent two');
  await expect(page.locator('[data-selected]')).toHaveText(/Open recent: Two/);
  await page.keyboard.press('Enter');
  const gone = noticeOf(page, 'Workspace “Two” not found');
  await expect(gone).toBeVisible();
  await expect(page.locator('.workspace')).toHaveText('Mission one');
  await gone.getByRole('button', { name: 'Remove from list' }).click();
  await expect(noticeOf(page, '“Two” removed from the list')).toBeVisible();
  await expect.poll(names).toEqual([]);
});
