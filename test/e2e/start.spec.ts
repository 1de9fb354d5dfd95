import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '#scripts/electron.ts';
import { isLinuxRoot, root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { chooseMenu, readMenu } from './lib/hands.ts';
import { shellLog } from './lib/launch.ts';
import { countOf, goTo } from './lib/window.ts';

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

  await test.step('a second start with the same user folder hands over to the first', async () => {
    await running.page.getByRole('navigation', { name: 'Main' }).waitFor();
    const electron = await findElectron({ say: () => {} });
    const args = [...(isLinuxRoot() ? ['--no-sandbox'] : []), root, `--user-data-dir=${running.userData}`];
    const second = spawnSync(electron.binary, args, { timeout: 30_000, stdio: 'ignore' });
    expect(second.status).toBe(0);
    expect(running.app.windows()).toHaveLength(1);
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

test('the window opens at its last address, in the chosen theme from the first frame', async ({ frames }) => {
  const place = { x: 60, y: 40, width: 1300, height: 760 };
  const first = await frames.start();
  await ask(() =>
    first.app.evaluate(({ BrowserWindow }, box) => BrowserWindow.getAllWindows()[0]?.setBounds(box), place),
  );
  await expect.poll(() => first.page.evaluate(() => innerWidth)).toBe(place.width);
  await first.page.getByRole('button', { name: 'Dark theme' }).click();
  await expect(first.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await frames.quit(first);

  const { page, app } = await frames.start();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  const [box, background] = await ask(() =>
    app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return [window?.getBounds(), window?.getBackgroundColor()] as const;
    }),
  );
  expect(background?.toLowerCase()).toBe('#15171c');
  expect(box).toMatchObject({ width: place.width, height: place.height });
});

test('quitting closes the workspace and leaves no half-written file behind', async ({ frames }) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.start({ workspace });
  await expect(countOf(running.page, 'Teams')).toHaveText(/0$/);
  await frames.quit(running);
  expect(shellLog(running.userData).at(-1)).toMatchObject({ message: 'data process ended', code: 0 });
  expect(readdirSync(workspace).filter((name) => /-wal$|-shm$|-journal$/.test(name))).toEqual([]);
  expect(readdirSync(join(workspace, 'holders'))).toEqual([]);
});
