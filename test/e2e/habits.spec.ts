import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { accessible } from './lib/axe.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, goTo, noticeOf, openRecord } from './lib/window.ts';

interface Item {
  id: string;
  label: string;
  accelerator: string;
}

/** What the native menu offers now, those of submenus too. */
function offered({ app }: Running): Promise<Item[]> {
  return ask(() =>
    app.evaluate(({ Menu }) => {
      const all = (menu: Electron.Menu | null | undefined): Electron.MenuItem[] =>
        (menu?.items ?? []).flatMap((item) => (item.submenu ? all(item.submenu) : [item]));
      return all(Menu.getApplicationMenu())
        .filter(({ id, enabled, role }) => typeof id === 'string' && enabled && !role)
        .map(({ id, label, accelerator }) => ({ id, label, accelerator: accelerator ?? '' }));
    }),
  );
}

test('back and forward go through places with what was narrowed and open in them', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  const heading = page.getByRole('main').getByRole('heading', { level: 1 });
  await goTo(page, 'Teams');
  await page.getByRole('searchbox', { name: 'Search teams' }).fill('ground');
  await expect(cellOf(page, 'Autonomy')).toHaveCount(0);
  await goTo(page, 'History');
  await expect(heading).toHaveText('History');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.getByRole('searchbox', { name: 'Search teams' })).toHaveValue('ground');
  await expect(cellOf(page, 'Autonomy')).toHaveCount(0);
  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  await expect(heading).toHaveText('History');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('searchbox', { name: 'Search teams' })).toHaveValue('ground');
  await chooseMenu(running, 'go.forward');
  await expect(heading).toHaveText('History');
});

test('whatever the native menu offers is in the palette, with the same key', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await openRecord(page, 'Autonomy');
  // The menu follows a moment after what is shown.
  await expect.poll(async () => (await offered(running)).map(({ id }) => id)).toContain('record.copyId');
  const items = await offered(running);
  expect(items.length).toBeGreaterThan(60);
  await page.keyboard.press('Control+K');
  const box = page.getByRole('combobox', { name: 'Search everything' });
  const missing: string[] = [];
  for (const { id, label, accelerator } of items) {
    await box.fill(`>${label.replace(/…$/, '')}`);
    const option = page.getByRole('option').filter({ hasText: label });
    const there = await option
      .first()
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => false,
      );
    if (!there) missing.push(`${id}: ${label}`);
    else if (accelerator !== '' && (await option.filter({ has: page.locator('kbd') }).count()) === 0)
      missing.push(`${id}: ${label} without its key ${accelerator}`);
  }
  // The palette does not offer to open itself.
  expect(missing).toEqual([expect.stringMatching(/^view\.palette: /)]);
});

test('an error that nobody foresaw is told with a trace id, which the log explains', async ({ frames }) => {
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

test('one change is undone by itself, unless later ones are in the way, which are named', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await cellOf(page, 'Documentation').first().click();
  await page.keyboard.press('Control+Delete');
  await expect(noticeOf(page, /Deleted Documentation/)).toBeVisible();
  for (const [name, next] of [
    ['Autonomy', 'Autonomy one'],
    ['Autonomy one', 'Autonomy two'],
  ] as const) {
    await cellOf(page, name).click();
    await page.keyboard.press('F2');
    await page.getByRole('grid').getByRole('textbox').fill(next);
    await page.keyboard.press('Enter');
    await expect(cellOf(page, next)).toBeVisible();
  }

  await goTo(page, 'History');
  const undo = page.getByRole('button', { name: 'Undo this change' });
  await page.getByRole('option').nth(1).click();
  await undo.click();
  const dialog = page.getByRole('dialog', { name: 'This change cannot be undone by itself' });
  await expect(dialog).toContainText('Autonomy two');
  await accessible(page, 'what is in the way of an undo');
  await frames.picture(running, 'undo-in-the-way');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByRole('option').nth(2).click();
  await undo.click();
  await expect(noticeOf(page, /^Undid/)).toBeVisible();
  await goTo(page, 'Teams');
  await expect(cellOf(page, 'Documentation').first()).toBeVisible();
  await expect(cellOf(page, 'Autonomy two')).toBeVisible();
});
