import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findElectron } from '#scripts/electron.ts';
import { isLinuxRoot, root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { chooseMenu, clipboardOf } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { openingOf } from './lib/screens/opening.ts';
import { goTo, noticeOf, openRecord, panelOf } from './lib/window.ts';

/** Starts the program once more in the same user folder, as the system does for a link or a file; it hands over and ends. */
async function startAgain({ userData }: Running, args: string[]): Promise<number | null> {
  const electron = await findElectron({ say: () => {} });
  const all = [...(isLinuxRoot() ? ['--no-sandbox'] : []), root, `--user-data-dir=${userData}`, ...args];
  return spawnSync(electron.binary, all, { timeout: 30_000, stdio: 'ignore' }).status;
}

test('addresses and files from another start open in the running window, and at the start', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page, app } = running;
  await test.step('a second start with the address of a record opens it', async () => {
    await goTo(page, 'Teams');
    await openRecord(page, 'Autonomy');
    // Until the record itself was read, as the panel shows what the list knows of it, the notice goes without its name.
    await expect(async () => {
      await page.keyboard.press('Control+Shift+C');
      await expect(noticeOf(page, 'Address of “Autonomy” copied')).toBeVisible({ timeout: 2000 });
    }).toPass();
    const link = await clipboardOf(running);
    expect(link).toMatch(/^frames:\/\/live\/teams\?sel=[^&]+&ws=[\w-]+$/);

    await goTo(page, 'Home');
    await ask(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize()));
    expect(await startAgain(running, [link])).toBe(0);
    await expect(panelOf(running.page).getByRole('heading', { name: 'Autonomy' })).toBeVisible();
    expect(running.app.windows()).toHaveLength(1);
    const minimized = await ask(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()),
    );
    expect(minimized).toBe(false);
    // In a tab of its own: what was open is still there.
    await expect(page.getByRole('tab', { name: /^Home/ })).toBeVisible();
  });

  await test.step('a file is previewed, a missing one reported', async () => {
    const data = join(root, 'test', 'fixtures', 'frames_data.json');
    await openingOf(running, join(frames.folder, 'gone.json'));
    await expect(noticeOf(page, '“gone.json” cannot be opened')).toBeVisible();
    await expect(page.locator('body')).not.toContainText(frames.folder);

    // macOS hands a file over by an event of its own, also one dropped on the dock.
    await goTo(page, 'Home');
    await ask(() =>
      running.app.evaluate(
        ({ app }, path) => app.emit('open-file', { preventDefault: () => {} }, path),
        data,
      ),
    );
    await expect(page.getByRole('heading', { name: 'Import “frames_data.json”' })).toBeVisible();
  });

  await test.step('the address of a view has its search; given at the start, it opens', async () => {
    await goTo(page, 'Universities');
    await page.getByRole('searchbox', { name: 'Search universities' }).fill('summit');
    await expect(page.getByRole('gridcell', { name: /bayfront/i })).toHaveCount(0);
    await chooseMenu(running, 'edit.copyLink');
    await expect.poll(() => clipboardOf(running)).toContain('q=summit');
    const link = await clipboardOf(running);
    await frames.quit(running);

    const again = await frames.start({ args: [link] });
    await expect(again.page.getByRole('searchbox', { name: 'Search universities' })).toHaveValue('summit');
    await expect(again.page.getByRole('gridcell', { name: /summit/i }).first()).toBeVisible();
  });
});
