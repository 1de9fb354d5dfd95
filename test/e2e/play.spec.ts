import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { runFrames } from './lib/command.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import { nextDataPid } from './lib/launch.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf, openRecord, rowOf } from './lib/window.ts';

const titleOf = ({ app }: Running): Promise<string | undefined> =>
  ask(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()));

const inPlay = ({ page }: Running) => page.getByText('Nothing here touches live until you promote it.');
const atLive = ({ page }: Running) =>
  page.getByTitle('You are looking at the live records of this workspace.');

/** The width of the frame around the whole window, as it is drawn. */
const frameOf = ({ page }: Running): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body, '::after').borderTopWidth);

async function take(running: Running, name: string): Promise<void> {
  const { page } = running;
  await chooseMenu(running, 'play.new');
  await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().fill(name);
  await page.keyboard.press('Enter');
  await expect(inPlay(running)).toBeVisible();
  await ready(running);
}

test('what is done in Play stays there: live is as it was, and Play as it was left', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Teams');
  await expect(cellOf(page, 'Autonomy')).toBeVisible();
  await take(running, 'Spring handover');
  await expect.poll(() => titleOf(running)).toBe('Play: Spring handover – Sample – FRAMES');
  expect(await frameOf(running)).toBe('3px');
  await expect(page.getByText('Play: Spring handover')).toBeVisible();

  await goTo(page, 'Teams');
  await cellOf(page, 'Autonomy').click();
  await chooseMenu(running, 'record.delete');
  await expect(noticeOf(page, 'Deleted Autonomy')).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await expect(page.getByText('Saved in Play')).toBeVisible();
  await frames.picture(running, 'play-changed');

  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(atLive(running)).toBeVisible();
  expect(await frameOf(running)).toBe('0px');
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  // Each has its own tabs: here is what was open in live.
  await expect(cellOf(page, 'Autonomy')).toBeVisible();

  await goTo(page, 'Play');
  await expect(page.getByText('1 change')).toBeVisible();
  await page.getByRole('button', { name: 'Open the sandbox Spring handover' }).click();
  await expect(inPlay(running)).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await ready(running);
  // Keys go on where the page is, and not from its edge.
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('Control+Z');
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
});

test('tabs that a turn opened are there again after the next, and a rename by a command reaches the window', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, userData } = running;
  const sample = join(userData, 'workspaces', 'Sample');
  await ready(running);
  const rename = (from: string, to: string) =>
    runFrames(['sandbox', 'rename', from, to, '--workspace', sample]);
  const compared = (name: string) => page.getByRole('tab', { name: `Compare ${name}` });
  await take(running, 'Spring A');
  await goTo(page, 'Teams');
  await cellOf(page, 'Autonomy').click();
  await chooseMenu(running, 'record.delete');
  await chooseMenu(running, 'play.compare');
  await rename('Spring A', 'Spring B');
  await expect.poll(() => titleOf(running)).toBe('Play: Spring B – Sample – FRAMES');
  await expect(page.locator('.title-bar .pill-play')).toHaveText('Play: Spring B');
  await expect(page.getByRole('heading', { name: 'Spring B compared with live' })).toBeVisible();
  await expect(compared('Spring B')).toBeVisible();

  await page.getByRole('button', { name: 'Promote in live…' }).click();
  await expect(atLive(running)).toBeVisible();
  await ready(running);
  await rename('Spring B', 'Spring C');
  await expect(page.getByRole('heading', { name: 'Spring C compared with live' })).toBeVisible();
  await expect(compared('Spring C')).toBeVisible();
  for (const way of ['Open the sandbox', 'Back to live']) {
    await page.getByRole('button', { name: way }).click();
    await expect(inPlay(running)).toBeVisible({ visible: way === 'Open the sandbox' });
    await ready(running);
    await expect(compared('Spring C')).toBeVisible();
  }
});

test('Play stays Play when the data process ends, and live is what the next start opens', async ({
  frames,
}) => {
  frames.expectTrouble(/data process ended/);
  const running = await frames.start();
  const { page, userData } = running;
  await ready(running);
  await take(running, 'Try');
  const pid = await nextDataPid(running, null);
  process.kill(pid, 'SIGKILL');
  await nextDataPid(running, pid);
  await goTo(page, 'Teams');
  await cellOf(page, 'Autonomy').click();
  await chooseMenu(running, 'record.delete');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await expect(inPlay(running)).toBeVisible();
  await frames.quit(running);
  const again = await frames.start({ userData });
  await expect(atLive(again)).toBeVisible();
  await expect(countOf(again.page, 'Teams')).toHaveText(/64$/);
});

test('a sandbox is discarded from within, and comes back out of the trash', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await take(running, 'Try');
  await goTo(page, 'Play');
  await expect(page.getByText('Open here')).toBeVisible();
  await page.getByRole('button', { name: 'More for Try' }).click();
  await page.getByRole('menuitem', { name: 'Discard' }).click();
  await expect(atLive(running)).toBeVisible();
  const told = noticeOf(page, 'Try was discarded');
  await expect(told).toBeVisible();
  await expect(page.getByText('Trash (1)')).toBeVisible();
  await told.getByRole('button', { name: 'Recover' }).click();
  await expect(page.getByRole('heading', { name: 'Try' })).toBeVisible();
});

test('a link that was copied in Play leads there, and one to live back', async ({ frames }) => {
  const running = await frames.start();
  const { page, app } = running;
  await ready(running);
  const clipboard = (): Promise<string> =>
    ask(() => app.evaluate(({ clipboard: board }) => board.readText()));
  const follow = (link: string) =>
    app.evaluate(({ app: shell }, url) => {
      shell.emit('open-url', { preventDefault: () => {} }, url);
    }, link);
  await goTo(page, 'Teams');
  await openRecord(page, 'Autonomy');
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(clipboard).toMatch(/^frames:\/\/live\/teams/);
  const toLive = await clipboard();
  await take(running, 'Try');
  await goTo(page, 'Teams');
  await openRecord(page, 'Documentation');
  await page.keyboard.press('Control+Shift+C');
  await expect.poll(clipboard).toMatch(/^frames:\/\/sbx_[\w-]+\/teams/);
  const toPlay = await clipboard();

  await follow(toLive);
  await page.getByRole('button', { name: 'Go to live' }).click();
  await expect(atLive(running)).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Record' }).getByRole('heading')).toHaveText(
    /Autonomy/,
  );
  await ready(running);
  await follow(toPlay);
  await page.getByRole('button', { name: 'Open the sandbox' }).click();
  await expect(inPlay(running)).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Record' }).getByRole('heading')).toHaveText(
    /Documentation/,
  );
});

test('what was tried in Play is compared with live, half of it promoted with a conflict decided, and undone as one step', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await take(running, 'Spring handover');
  await goTo(page, 'Teams');
  const sizeOf = async (name: string, size: string): Promise<void> => {
    await rowOf(page, name).getByRole('gridcell').nth(6).click();
    await page.keyboard.type(size);
    await page.keyboard.press('Enter');
    await expect(rowOf(page, name).getByRole('gridcell', { name: size, exact: true })).toBeVisible();
  };
  await sizeOf('Autonomy', '41');
  await sizeOf('Documentation', '42');
  await cellOf(page, 'Integration and test').click();
  await chooseMenu(running, 'record.delete');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(atLive(running)).toBeVisible();
  await ready(running);
  await goTo(page, 'Teams');
  await sizeOf('Autonomy', '37');

  await goTo(page, 'Play');
  await page.getByRole('button', { name: 'Compare the sandbox Spring handover with live' }).click();
  await expect(page.getByRole('heading', { name: 'Spring handover compared with live' })).toBeVisible();
  const conflict = page.getByRole('group', { name: 'Which counts of Autonomy: Size' });
  await expect(conflict).toBeVisible();
  await frames.picture(running, 'compare');
  await page.getByRole('checkbox', { name: 'Carry over Integration and test', exact: true }).uncheck();
  await conflict.getByRole('button', { name: 'Take Play' }).click();
  await page.getByRole('button', { name: /^Promote \d+ records?…$/ }).click();
  const asked = page.getByRole('dialog', { name: 'Promote Spring handover into live?' });
  await expect(asked.getByText('Changes 2 teams')).toBeVisible();
  await frames.picture(running, 'promote');
  await asked.getByRole('button', { name: 'Promote' }).click();
  await expect(noticeOf(page, 'Promoted 2 records from Spring handover')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Teams');
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  await expect(page.getByRole('gridcell', { name: '41', exact: true })).toBeVisible();
  await page.keyboard.press('Control+Z');
  await expect(page.getByRole('gridcell', { name: '37', exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: '42', exact: true })).toHaveCount(0);
});
