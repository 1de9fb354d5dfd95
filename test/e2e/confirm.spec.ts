import { expect, test } from './harness.ts';
import { chooseMenu, dropFile, ready } from './lib/hands.ts';
import { handOutAndAnswer } from './lib/screens/confirm.ts';

test('sheets go out, answers are dropped, previewed and applied, and undo takes them back', async ({
  frames,
}) => {
  const running = await frames.start();
  await ready(running);
  const { page } = running;
  await chooseMenu(running, 'go.confirm');
  await expect(page.getByText(/^0 of \d+ teams have answered since/)).toBeVisible();
  await dropFile(running, await handOutAndAnswer(running));
  await page.getByRole('button', { name: 'Read answers…' }).click();
  await page.getByRole('button', { name: 'Apply answers' }).click();
  await expect(page.getByText(/^[1-9]\d* of \d+ teams have answered since/)).toBeVisible();
  await page.getByRole('button', { name: /unconfirmed link/ }).click();
  await expect(page.getByRole('button', { name: /Confirmed on not since/ }).first()).toBeVisible();
  await chooseMenu(running, 'edit.undo');
  await chooseMenu(running, 'go.confirm');
  await expect(page.getByText(/^0 of \d+ teams have answered since/)).toBeVisible();
});
