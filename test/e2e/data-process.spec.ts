import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { ask } from './lib/ask.ts';
import { verifyWorkspace } from './lib/command.ts';
import { nextDataPid, shellLog } from './lib/launch.ts';
import { cellOf, countOf, goTo, openRecord } from './lib/window.ts';

test('the data process dies during calls: input stays, and is saved when it is back', async ({ frames }) => {
  frames.expectTrouble(/data process ended/);
  const workspace = join(frames.folder, 'W');
  const running = await frames.start({ workspace });
  const { page } = running;
  await goTo(page, 'Teams');
  await page.getByRole('button', { name: 'New team' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ground systems');
  await page.getByRole('button', { name: 'Create team' }).click();
  const panel = await openRecord(page, 'Ground systems');

  // Held still, it answers nothing: the edit is under way when it is killed.
  const pid = await nextDataPid(running, null);
  process.kill(pid, 'SIGSTOP');
  const description = panel.getByRole('textbox', { name: 'Description' });
  await description.fill('Antennas and passes');
  await description.blur();
  await expect(page.getByRole('status').filter({ hasText: 'Saving' })).toBeVisible();
  process.kill(pid, 'SIGKILL');

  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await expect(description).toHaveValue('Antennas and passes');
  await nextDataPid(running, pid);
  await goTo(page, 'History');
  await expect(page.getByText('Changed Description of “Ground systems”').first()).toBeVisible();
  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true });

  const second = await frames.start({ workspace });
  await goTo(second.page, 'Teams');
  const again = await openRecord(second.page, 'Ground systems');
  await expect(again.getByRole('textbox', { name: 'Description' })).toHaveValue('Antennas and passes');
});

test('reads and events continue over a new data process', async ({ frames }) => {
  frames.expectTrouble(/data process ended/);
  const running = await frames.start();
  const { page } = running;
  await goTo(page, 'Teams');
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  for (let round = 0; round < 3; round += 1) {
    const pid = await nextDataPid(running, null);
    process.kill(pid, 'SIGSTOP');
    await goTo(page, round % 2 === 0 ? 'Students' : 'Teams');
    process.kill(pid, 'SIGKILL');
    await expect(page.getByRole('row').nth(5)).toBeVisible();
    await nextDataPid(running, pid);
  }
  await goTo(page, 'Teams');
  await cellOf(page, 'Attitude control').first().click();
  await page.keyboard.press('Control+Delete');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
});

test('a data process that keeps ending is given up, and can be retried', async ({ frames }) => {
  frames.expectTrouble(/data process ended/);
  const running = await frames.start();
  const { page } = running;
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  let pid: number | null = null;
  for (let round = 0; round < 6; round += 1) {
    pid = await nextDataPid(running, pid);
    process.kill(pid, 'SIGKILL');
  }
  const notice = page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toBeHidden();
  await goTo(page, 'Teams');
  await expect(page.getByRole('row').nth(5)).toBeVisible();
});

test('corruption found during work leads to recovery at once, and at the next start', async ({ frames }) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const running = await frames.start();
  const { userData } = running;
  await expect(countOf(running.page, 'Teams')).toHaveText(/64$/);
  await frames.quit(running);
  spoilTable(join(userData, 'workspaces', 'Sample', 'frames.sqlite'), 'teams');

  const second = await frames.start({ userData });
  await goTo(second.page, 'Teams');
  await expect(second.page.getByText('The workspace file is corrupt').first()).toBeVisible();
  await expect(second.page.getByText('Read-only: file corrupt')).toBeVisible();
  await second.page.getByRole('button', { name: 'Close and recover…' }).first().click();
  const box = second.page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
  const offer = box.getByRole('region', { name: 'Salvage readable records' });
  await expect(offer.getByText(/^Salvaging recovers .*64 teams/)).toBeVisible({ timeout: 60_000 });
  await frames.quit(second);

  const third = await frames.start({ userData });
  await third.page.getByRole('button', { name: 'Salvage records' }).click({ timeout: 60_000 });
  await expect(countOf(third.page, 'Teams')).toHaveText(/64$/, { timeout: 60_000 });
  await goTo(third.page, 'Teams');
  await expect(third.page.getByRole('row').nth(5)).toBeVisible();
  await expect(third.page.getByText('Saved', { exact: true })).toBeVisible();
});

test('a data process that hears nothing does not keep the program from ending', async ({ frames }) => {
  frames.expectTrouble(/data process ended/);
  const running = await frames.start();
  await expect(countOf(running.page, 'Teams')).toHaveText(/64$/);
  process.kill(await nextDataPid(running, null), 'SIGSTOP');
  await frames.quit(running);
  expect(shellLog(running.userData).at(-1)).toMatchObject({ message: 'data process ended' });
});

test('a window whose process dies comes back with its input', async ({ frames }) => {
  frames.expectTrouble(/window process ended/);
  const { app, page } = await frames.start();
  await goTo(page, 'Teams');
  await page.getByRole('button', { name: 'New team' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Half typed');
  // What is typed is kept a moment later, not with every key.
  await page.waitForTimeout(800);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  // Asked while no page is there, Electron never answers.
  const inPage = (script: string): Promise<unknown> =>
    ask(() =>
      app.evaluate(({ BrowserWindow }, code) => {
        const answer = BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code);
        return Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 500))]);
      }, script),
    );
  await expect.poll(() => inPage('document.querySelector("nav")?.ariaLabel')).toBe('Main');
  const opened = `(() => {
    const input = document.querySelector('form input');
    if (!input) [...document.querySelectorAll('button')].find((one) => one.textContent === 'New team')?.click();
    return input?.value;
  })()`;
  await expect.poll(() => inPage(opened)).toBe('Half typed');
});
