import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { chooseMenu, dropFile, offered, ready } from './lib/hands.ts';
import { cellOf, countOf, goTo } from './lib/window.ts';

test('the columns that an imported table brought are there in Play, where they are edited, and in the past', async ({
  frames,
}) => {
  const running = await frames.start({ workspace: join(frames.folder, 'W') });
  const { page } = running;
  const column = (name: string) => page.getByRole('grid').getByRole('columnheader', { name });
  await ready(running);
  await dropFile(running, join(root, 'test', 'fixtures', 'teams.csv'));
  await page.getByRole('button', { name: 'Import 12 teams' }).click();
  await expect(countOf(page, 'Teams')).toHaveText(/12$/);
  await goTo(page, 'Teams');
  await expect(column('Room')).toBeVisible();

  await chooseMenu(running, 'play.new');
  await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().fill('Try');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing here touches live until you promote it.')).toBeVisible();
  await ready(running);
  await goTo(page, 'Teams');
  await expect(column('Room')).toBeVisible();
  await cellOf(page, 'T-2').first().dblclick();
  await page.getByRole('grid').getByRole('textbox', { name: 'Room' }).fill('T-9');
  await page.keyboard.press('Enter');
  await expect(cellOf(page, 'T-9')).toBeVisible();

  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(column('Room')).toBeVisible();
  await expect(cellOf(page, 'T-9')).toHaveCount(0);
  await ready(running);

  await chooseMenu(running, 'past.enter');
  await expect.poll(() => offered(running, 'past.back')).toBe(true);
  await goTo(page, 'Teams');
  await expect(column('Room')).toBeVisible();
  // Before the table was imported there is no such field, and afterwards there is again.
  await page.getByRole('slider', { name: 'Moment' }).focus();
  await page.keyboard.press('Home');
  await expect(countOf(page, 'Teams')).toHaveText(/0$|Teams$/);
  await expect(column('Room')).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(column('Room')).toBeVisible();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(column('Room')).toBeVisible();
});
