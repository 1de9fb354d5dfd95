import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { verifyWorkspace } from './lib/command.ts';
import { nextDataPid, shellLog } from './lib/launch.ts';
import { cellOf, countOf, goTo, openRecord } from './lib/window.ts';

test('processes that end lose no input and are started again', async ({ frames }) => {
  frames.expectTrouble(/(data|window) process ended/);
  const workspace = frames.prepareSample();
  const running = await frames.start();
  const { page, app } = running;
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);

  await test.step('a data process that keeps ending is given up, and can be retried', async () => {
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

  await test.step('a write under way is saved by the next data process', async () => {
    await goTo(page, 'Teams');
    const panel = await openRecord(page, 'Autonomy');
    // A stopped process answers nothing: the edit is under way when it is killed.
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
    await cellOf(page, 'Attitude control').first().click();
    await page.keyboard.press('Control+Delete');
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);
    await goTo(page, 'History');
    await expect(page.getByText('Changed “Description” of “Autonomy”').first()).toBeVisible();
  });

  await test.step('a window whose process ends comes back with its input', async () => {
    await goTo(page, 'Teams');
    await page.getByRole('button', { name: 'New team' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Half typed');
    // Input is stored a moment later, not with every key.
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

  await test.step('a stopped data process does not keep the program from ending', async () => {
    process.kill(await nextDataPid(running, null), 'SIGSTOP');
    await frames.quit(running);
    expect(shellLog(running.userData).at(-1)).toMatchObject({ message: 'data process ended' });
  });
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true });
});
