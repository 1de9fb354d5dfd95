import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import { goTo } from './lib/window.ts';

test('an unforeseen error has a trace id, which the log explains', async ({ frames }) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.start({ workspace });
  const { page, app } = running;
  await ready(running);
  await goTo(page, 'Universities');
  await page.getByRole('button', { name: 'New university' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).first().fill('Redwood Coast');
  // Somebody took the file apart behind the program's back.
  const database = new Database(join(workspace, 'frames.sqlite'));
  database.exec('ALTER TABLE universities RENAME TO elsewhere');
  database.close();
  await page.getByRole('button', { name: 'Create university' }).click();
  await page.getByRole('button', { name: 'Copy details' }).first().click();
  const details = await ask(() => app.evaluate(({ clipboard }) => clipboard.readText()));
  const trace = /^Trace id: (\S+)$/m.exec(details)?.[1] ?? 'none';
  expect(details).toMatch(/^Error: INTERNAL$/m);
  expect(details).not.toContain('elsewhere');
  const folder = join(workspace, 'logs');
  const log = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  await expect
    .poll(() =>
      log()
        .join('\n')
        .split('\n')
        .find((line) => line.includes(trace)),
    )
    .toMatch(/no such table/);
  // What was typed is still there.
  await expect(page.getByRole('textbox', { name: 'Name' }).first()).toHaveValue('Redwood Coast');
});

test('the folder of the workspace is shown, the theme follows the system, and motion is reduced when that is chosen', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, app, userData } = running;
  await ready(running);
  await ask(() =>
    app.evaluate(({ shell }) => {
      shell.openPath = (path) => {
        (globalThis as { shown?: string }).shown = path;
        return Promise.resolve('');
      };
    }),
  );
  await chooseMenu(running, 'workspace.reveal');
  await expect
    .poll(() => ask(() => app.evaluate(() => (globalThis as { shown?: string }).shown ?? '')))
    .toBe(join(userData, 'workspaces', 'Sample'));

  const root = page.locator('html');
  await chooseMenu(running, 'view.dark');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await chooseMenu(running, 'view.auto');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'light');
  expect(await ask(() => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource))).toBe('system');

  const fast = (): Promise<string> =>
    root.evaluate((html) => getComputedStyle(html).getPropertyValue('--fast').trim());
  expect(await fast()).toMatch(/^(140ms|0?\.14s)/);
  await chooseMenu(running, 'file.preferences');
  await page.getByText('Reduced', { exact: true }).click();
  await expect(root).toHaveAttribute('data-motion', 'reduced');
  await expect.poll(fast).toMatch(/^0m?s$/);
  await frames.quit(running);
  const again = await frames.start({ userData });
  await expect(again.page.locator('html')).toHaveAttribute('data-motion', 'reduced');
});
