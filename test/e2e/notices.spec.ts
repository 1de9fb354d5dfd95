import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { answerDialogs, chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { settled, sizeTo } from './lib/look.ts';
import { cellOf, countOf, goTo, noticeOf, openRecord } from './lib/window.ts';

const clipboard = ({ app }: Running): Promise<string> =>
  ask(() => app.evaluate(({ clipboard: board }) => board.readText()));

const listOf = ({ page }: Running) => page.getByRole('dialog', { name: 'Notifications' });

async function remove({ page }: Running, name: string): Promise<void> {
  await cellOf(page, name).first().click();
  await page.keyboard.press('Control+Delete');
  await expect(noticeOf(page, new RegExp(`Deleted ${name}`))).toBeVisible();
}

test('what was told can be read again, and undone as long as that is possible', async ({ frames }) => {
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
  await expect(list.getByRole('listitem').first()).toContainText('Deleted Documentation');
  // Undo takes one step after the other: only the latest can be undone from here.
  await expect(list.getByRole('button', { name: 'Undo' })).toHaveCount(1);
  await frames.picture(running, 'notices');
  await list.getByRole('button', { name: 'Undo' }).click();
  await expect(cellOf(page, 'Documentation')).toBeVisible();

  await page.keyboard.press('Control+Alt+N');
  await expect(list.getByRole('listitem').first()).toContainText('Undid: Deleted Documentation');
  await expect(list.getByRole('button', { name: 'Redo' })).toHaveCount(1);
  await expect(list.getByRole('button', { name: 'Undo' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
});

test('an error stays until it is dismissed, can be copied with its details, and only the latest change is told beside it', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, app } = running;
  await ready(running);
  await answerDialogs(running, join(frames.folder, 'no', 'such', 'folder', 'out.json'));
  await chooseMenu(running, 'file.export');
  const error = noticeOf(page, 'Exporting to out.json: failed');
  await expect(error).toBeVisible();
  await error.getByRole('button', { name: 'Copy details' }).click();
  await expect(error.getByRole('button', { name: 'Copied' })).toBeVisible();
  const details = await clipboard(running);
  expect(details).toMatch(/^FRAMES: \d+\.\d+\.\d+$/m);
  expect(details).toMatch(/^Time: \d{4}-\d\d-\d\dT/m);
  expect(details).toMatch(/^Error: BAD_FILE$/m);
  expect(details).toMatch(/^Doing: Exporting to out.json: failed$/m);
  expect(details).not.toContain(frames.folder);

  for (const link of ['frames://a', 'frames://live/history?open=x', 'frames://live/teams?sel=x']) {
    await ask(() =>
      app.evaluate(
        ({ app: program }, text) =>
          program.emit('second-instance', {}, [], '/', { argv: ['frames', text], folder: '/' }),
        link,
      ),
    );
  }
  await goTo(page, 'Teams');
  for (const name of ['Autonomy', 'Documentation', 'Magnetometer']) await remove(running, name);
  // Of what one did oneself only the latest is answered: which one its Undo means is plain.
  await expect(page.getByRole('alert').filter({ visible: true })).toHaveCount(2);
  await expect(error).toBeVisible();
  await expect(page.getByRole('button', { name: 'Notifications, 1 new' })).toBeVisible();
  await error.getByRole('button', { name: 'Dismiss' }).click();
  await expect(error).toBeHidden();
  await page.getByRole('button', { name: 'Notifications', exact: true }).click();
  await expect(listOf(running).getByText('Exporting to out.json: failed')).toBeVisible();
  await listOf(running).getByRole('button', { name: 'Clear' }).click();
  await expect(listOf(running)).toContainText('listed here');
});

test('a dialog stands over notices: all of its buttons can be clicked, and what went wrong is read and dismissed beside it', async ({
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
  const error = noticeOf(page, 'Exporting to out.json: failed');
  await expect(error).toBeVisible();
  await chooseMenu(running, 'golden.reset');
  const dialog = page.getByRole('dialog', { name: 'Reset live to golden version 1?' });
  const yes = dialog.getByRole('button', { name: 'Reset', exact: true });
  await expect(dialog.getByText(/nothing to restore/)).toBeVisible();
  await yes.scrollIntoViewIfNeeded();
  await frames.picture(running, 'notice-and-dialog');
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

test('beside the widest dialog too nothing of a notice lies behind it, in a narrow window either', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await chooseMenu(running, 'data.backup');
  await expect(noticeOf(page, 'The backup is made')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Teams');
  await remove(running, 'Autonomy');
  await answerDialogs(running, join(frames.folder, 'no', 'such', 'folder', 'out.json'));
  await chooseMenu(running, 'file.export');
  await goTo(page, 'Versions');
  const menu = page.getByRole('button', { name: /^More for the backup of/ });
  await menu.last().click();
  await page.getByRole('menuitem', { name: 'Restore records…' }).click();
  const dialog = page.getByRole('dialog').filter({ hasText: 'Autonomy' });
  await expect(dialog).toBeVisible({ timeout: 15_000 });
  for (const width of [1280, 1024]) {
    await sizeTo(running, { width, height: 800 });
    const apart = async (): Promise<boolean> => {
      const notice = await noticeOf(page, 'Exporting to out.json: failed').boundingBox();
      const shown = await dialog.boundingBox();
      return notice !== null && shown !== null && notice.x >= shown.x + shown.width;
    };
    await expect.poll(apart, `at ${width}`).toBe(true);
    await frames.picture(running, `notice-and-wide-dialog-${width}`);
  }
});

test('a long notice beside the panel of a record is on the screen whole', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Universities');
  await cellOf(page, 'Bayfront University').click();
  await page.keyboard.press('Control+Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).last().click();
  await expect(noticeOf(page, /^Deleted Bayfront University/)).toBeVisible();
  await page.getByRole('button', { name: 'Show deleted' }).click();
  const panel = await openRecord(page, 'Bayfront University');
  await sizeTo(running, { width: 1024, height: 700 });
  await panel.getByRole('button', { name: 'Restore' }).click();
  const told = noticeOf(page, /^Restored Bayfront University, 2 projects, 8 teams, .* and 5 outcomes/);
  await expect(told).toBeVisible();
  await settled(page);
  const box = await told.boundingBox();
  const beside = await panel.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(beside?.x ?? 0);
});

test('several changes are undone and redone at once from the list of steps', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  for (const name of ['Autonomy', 'Documentation', 'Magnetometer']) await remove(running, name);
  await expect(countOf(page, 'Teams')).toHaveText(/61$/);
  await page.keyboard.press('Control+Alt+Z');
  const steps = page.getByRole('dialog', { name: 'Undo history' });
  await expect(steps.getByRole('listitem').first()).toHaveText(/You are here/);
  await expect(steps.getByRole('listitem').nth(1)).toContainText('Deleted Magnetometer');
  await steps.getByRole('button', { name: /^Undo these 2: Deleted Documentation/ }).click();
  await expect(noticeOf(page, 'Undid 2 changes')).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await expect(steps.getByRole('button', { name: /^Redo these 2: Deleted Magnetometer/ })).toBeVisible();
  await frames.picture(running, 'steps');
  await steps.getByRole('button', { name: /^Redo these 2: Deleted Magnetometer/ }).click();
  await expect(noticeOf(page, 'Redid 2 changes')).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/61$/);
  await noticeOf(page, 'Redid 2 changes').getByRole('button', { name: 'Undo' }).click();
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await page.keyboard.press('Escape');
  await expect(steps).toBeHidden();
  await page.getByRole('button', { name: 'Undo history…' }).click();
  await expect(steps).toBeVisible();
});

test('what was told of one workspace is told in no other that is opened in its place', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await remove(running, 'Autonomy');
  await answerDialogs(running, join(frames.folder, 'no', 'such', 'folder', 'out.json'));
  await chooseMenu(running, 'file.export');
  await expect(noticeOf(page, 'Exporting to out.json: failed')).toBeVisible();
  const fresh = join(frames.folder, 'Fresh');
  mkdirSync(fresh);
  await answerDialogs(running, fresh);
  await chooseMenu(running, 'workspace.new');
  await expect(countOf(page, 'Teams')).toHaveText(/\D0$/);
  await page.getByRole('button', { name: 'Notifications', exact: true }).click();
  await expect(listOf(running)).toContainText('listed here');
  await expect(page.getByText('Exporting to out.json: failed')).toHaveCount(0);
});
