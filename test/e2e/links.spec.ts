import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '#scripts/electron.ts';
import { isLinuxRoot, root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { answerDialogs, chooseMenu, ready } from './lib/hands.ts';
import { nextDataPid } from './lib/launch.ts';
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
    await expect(noticeOf(page, 'Address of Autonomy copied')).toBeVisible({ timeout: 2000 });
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

test('a link of a view brings its search, filters and order; one at the start opens what it names', async ({
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

test('a link that is none, or leads to what is not here, is told of and does nothing', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Home');
  const heading = page.getByRole('heading', { level: 1 }).first();
  const before = await heading.textContent();
  const refused: [string, string | RegExp][] = [
    ['frames://', 'This address cannot be understood'],
    ['frames://live/../../etc/passwd', 'This address cannot be understood'],
    ['frames://live/nothing?a=%E0%A4%A', 'This address cannot be understood'],
    [`frames://live/teams?q=${'x'.repeat(5000)}`, 'This address is too long'],
    ['frames://sandbox-1/teams', 'This address leads to a copy of the data that is not here'],
    ['frames://live/teams?sel=nobody', /There is no record nobody in this workspace/],
    ['frames://live/teams/nobody', /There is no record nobody in this workspace/],
    ['frames://live/history?open=nothing', /There is no such change/],
    ['frames://live/home?ws=another', 'This address belongs to another workspace'],
  ];
  for (const [link, words] of refused) {
    await test.step(link.slice(0, 60), async () => {
      await ask(() =>
        running.app.evaluate(
          ({ app }, text) =>
            app.emit('second-instance', {}, ['frames', text], '/', { argv: ['frames', text], folder: '/' }),
          link,
        ),
      );
      await expect(noticeOf(page, words)).toBeVisible();
      await expect(heading).toHaveText(before ?? '');
    });
  }
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  await frames.picture(running, 'link-refused');
});

test('a link to a deleted record shows it among the deleted ones', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await openRecord(page, 'Autonomy');
  await chooseMenu(running, 'edit.copyLink');
  await expect.poll(() => clipboard(running)).toContain('frames://live/teams');
  const link = await clipboard(running);
  await page.keyboard.press('Escape');
  await cellOf(page, 'Autonomy').click();
  await page.keyboard.press('Control+Delete');
  await expect(noticeOf(page, /Deleted Autonomy/)).toBeVisible();
  await goTo(page, 'Home');
  expect(await startAgain(running, [link])).toBe(0);
  await expect(panelOf(running).getByRole('heading', { name: 'Autonomy' })).toBeVisible();
});

test('a file that a second start brings is looked at; a missing one is told of', async ({ frames }) => {
  const running = await frames.start({ workspace: join(frames.folder, 'W') });
  const { page } = running;
  await ready(running);
  const data = join(root, 'test', 'fixtures', 'frames_data.json');
  expect(await startAgain(running, ['frames_data.json'], join(root, 'test', 'fixtures'))).toBe(0);
  await expect(page.getByRole('heading', { name: 'Import frames_data.json' })).toBeVisible();

  expect(await startAgain(running, [join(frames.folder, 'gone.json')])).toBe(0);
  await expect(noticeOf(page, '“gone.json” cannot be opened')).toBeVisible();
  await expect(page.locator('body')).not.toContainText(frames.folder);

  // macOS hands a file over by an event of its own, also one dropped on the dock.
  await goTo(page, 'Home');
  await ask(() =>
    running.app.evaluate(({ app }, path) => app.emit('open-file', { preventDefault: () => {} }, path), data),
  );
  await expect(page.getByRole('heading', { name: 'Import frames_data.json' })).toBeVisible();
});

test('what is exported as a .frames file opens in another workspace, and a damaged one is refused', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  const file = join(frames.folder, 'all.frames');
  await answerDialogs(running, file);
  await chooseMenu(running, 'file.exportPackage');
  await expect(noticeOf(page, /Exported \d+ records to all\.frames/)).toBeVisible();
  expect(readFileSync(file).subarray(1, 7).toString()).toBe('FRAMES');
  await frames.quit(running);

  const other = await frames.start({ workspace: join(frames.folder, 'Other'), args: [file] });
  await expect(other.page.getByRole('heading', { name: 'Import all.frames' })).toBeVisible();
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
  await expect(other.page.getByText(/broken\.frames is damaged/)).toBeVisible();
  await frames.picture(other, 'frames-file-damaged');
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

test('recent workspaces by the names they have are a submenu and in the palette; one that is gone is told of and taken off', async ({
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
  const gone = noticeOf(page, 'The workspace “Two” is not where it was');
  await expect(gone).toBeVisible();
  await expect(page.locator('.workspace')).toHaveText('Mission one');
  await gone.getByRole('button', { name: 'Take it off the list' }).click();
  await expect(noticeOf(page, '“Two” is off the list')).toBeVisible();
  await expect.poll(names).toEqual([]);
});

test('a link to another workspace that was open before opens that one and then what it names', async ({
  frames,
}) => {
  const first = await frames.start();
  await ready(first);
  await goTo(first.page, 'Teams');
  await openRecord(first.page, 'Autonomy');
  await chooseMenu(first, 'edit.copyLink');
  await expect.poll(() => clipboard(first)).toContain('frames://live/teams');
  const link = await clipboard(first);
  await frames.quit(first);

  const second = await frames.start({ workspace: join(frames.folder, 'Other') });
  const { page } = second;
  await ready(second);
  expect(await startAgain(second, [link])).toBe(0);
  const told = noticeOf(page, 'This address belongs to another workspace');
  await expect(told).toContainText('“Other” is open. The address leads to “Sample”.');
  await told.getByRole('button', { name: 'Open Sample' }).click();
  await expect(page.locator('.workspace')).toHaveText('Sample');
  await expect(panelOf(second).getByRole('heading', { name: 'Autonomy' })).toBeVisible();
});

test('a file that was chosen is still good after the data process has died', async ({ frames }) => {
  frames.expectTrouble(/data process ended/);
  const running = await frames.start({ workspace: join(frames.folder, 'W') });
  const { page } = running;
  await ready(running);
  await answerDialogs(running, join(root, 'test', 'fixtures', 'frames_data.json'));
  await chooseMenu(running, 'file.import');
  await expect(page.getByRole('heading', { name: 'Import frames_data.json' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Import/ }).last()).toBeEnabled();
  const pid = await nextDataPid(running, null);
  process.kill(pid, 'SIGKILL');
  await nextDataPid(running, pid);
  await page
    .getByRole('button', { name: /^Import/ })
    .last()
    .click();
  await expect(countOf(page, 'Teams')).toHaveText(/8$/);
});
