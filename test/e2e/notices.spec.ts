import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { answerDialogs, chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, goTo, noticeOf } from './lib/window.ts';

const listOf = ({ page }: Running) => page.getByRole('dialog', { name: 'Notifications' });

async function remove({ page }: Running, name: string): Promise<void> {
  await cellOf(page, name).first().click();
  await page.keyboard.press('Control+Delete');
  await expect(noticeOf(page, new RegExp(`Deleted “${name}”`))).toBeVisible();
}

test('notices can be read again, and undone while possible', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await remove(running, 'Autonomy');
  await remove(running, 'Documentation');
  // Nothing waits: the person has done it, and been told.
  await page.getByRole('button', { name: 'Notifications', exact: true }).click();

  const list = listOf(running);
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list.getByRole('listitem').first()).toContainText('Deleted “Documentation”');
  // Undo takes one step after the other: only the latest can be undone from here.
  await expect(list.getByRole('button', { name: 'Undo' })).toHaveCount(1);
  await list.getByRole('button', { name: 'Undo' }).click();
  await expect(cellOf(page, 'Documentation')).toBeVisible();

  await page.keyboard.press('Control+Alt+N');
  await expect(list.getByRole('listitem').first()).toContainText('Undid: Deleted “Documentation”');
  await expect(list.getByRole('button', { name: 'Redo' })).toHaveCount(1);
  await expect(list.getByRole('button', { name: 'Undo' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
});

test('a dialog is above notices: all its buttons can be clicked, and errors are read and dismissed beside it', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, app } = running;
  await ready(running);
  await ask(() =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700)),
  );
  await answerDialogs(running, join(frames.folder, 'no', 'such', 'folder', 'out.json'));
  await chooseMenu(running, 'file.export');
  const error = noticeOf(page, 'Exporting to “out.json”: failed');
  await expect(error).toBeVisible();
  await chooseMenu(running, 'golden.reset');
  const dialog = page.getByRole('dialog', { name: 'Reset live to golden version 1?' });
  const yes = dialog.getByRole('button', { name: 'Reset', exact: true });
  await expect(dialog.getByText(/nothing to restore/i)).toBeVisible();
  await yes.scrollIntoViewIfNeeded();
  for (const button of await dialog.getByRole('button').all()) {
    await button.scrollIntoViewIfNeeded();
    const isOnTop = await button.evaluate((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      const points = [0.1, 0.5, 0.9].map((part) =>
        document.elementFromPoint(x + width * part, y + height / 2),
      );
      return points.every((found) => one.contains(found) || found?.contains(one));
    });
    expect(isOnTop, (await button.textContent()) ?? '').toBe(true);
  }
  await error.getByRole('button', { name: 'Dismiss' }).click();
  await expect(error).toBeHidden();
  await expect(dialog).toBeVisible();
});
