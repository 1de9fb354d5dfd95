import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import { sizeTo } from './lib/look.ts';
import { cellOf, countOf, goTo, noticeOf, rowOf } from './lib/window.ts';

test('however much promoting does, what carries it out stays in sight', async ({ frames }) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await chooseMenu(running, 'play.new');
  const name = page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first();
  await name.fill('Next year');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing here touches live until you promote it.')).toBeVisible();
  await ready(running);
  const [changed, deleted] = ['Autonomy', 'Integration and test'] as const;
  const remove = async (team: string): Promise<void> => {
    await cellOf(page, team).click();
    await chooseMenu(running, 'record.delete');
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  };
  const resize = async (team: string): Promise<void> => {
    await rowOf(page, team).getByRole('gridcell').nth(6).click();
    await page.keyboard.type('41');
    await page.keyboard.press('Enter');
    await expect(rowOf(page, team).getByRole('gridcell', { name: '41', exact: true })).toBeVisible();
  };
  await goTo(page, 'Teams');
  await resize(changed);
  await remove(deleted);
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(page.getByTitle('You are looking at the live records of this workspace.')).toBeVisible();
  await ready(running);
  await goTo(page, 'Teams');
  await resize(deleted);
  await remove(changed);

  await goTo(page, 'Play');
  await page.getByRole('button', { name: 'Compare the sandbox Next year with live' }).click();
  await page.getByRole('button', { name: `Keep that of live: ${deleted}` }).click();
  await page.getByRole('button', { name: `Take that of Play: ${changed}` }).click();
  await page.getByRole('button', { name: /^Promote \d+ records?…$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Promote Next year into live?' });
  await expect(dialog.getByText(/more come along: they had gone in live/)).toBeVisible();
  const content = page.locator('.mantine-Modal-content');
  await sizeTo(running, { width: 1024, height: 600 });
  await expect.poll(() => content.evaluate((one) => one.scrollHeight > one.clientHeight)).toBe(true);
  const buttons = [
    dialog.getByRole('button', { name: 'Cancel' }),
    dialog.getByRole('button', { name: 'Promote' }),
  ];
  const note = dialog.getByText('A backup of live is made first.');
  for (const button of buttons) await expect(button).toBeInViewport({ ratio: 1 });
  await expect(note).not.toBeInViewport({ ratio: 1 });
  await frames.picture(running, 'promote-long');
  await content.evaluate((one) => one.scrollTo(0, one.scrollHeight));
  await expect(note).toBeInViewport({ ratio: 1 });
  for (const button of buttons) await expect(button).toBeInViewport({ ratio: 1 });
  await frames.picture(running, 'promote-long-end');
  await buttons[1]?.click();
  await expect(noticeOf(page, /^Promoted \d+ records from Next year/)).toBeVisible({ timeout: 30_000 });
});
