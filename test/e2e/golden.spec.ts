import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf } from './lib/window.ts';

async function removeTeam(running: Running, name: string): Promise<void> {
  await goTo(running.page, 'Teams');
  await cellOf(running.page, name).click();
  await chooseMenu(running, 'record.delete');
  await expect(noticeOf(running.page, `Deleted “${name}”`)).toBeVisible();
}

test('live is published as a golden version, compared with it, and reset to it after a backup, which is undone', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Versions');
  await expect(page.getByRole('heading', { name: 'Golden version 1' })).toBeVisible();
  await chooseMenu(running, 'golden.publish');
  const asked = page.getByRole('dialog', { name: 'Publish live as a golden version?' });
  await asked.getByRole('textbox').fill('As agreed in May');
  await page.keyboard.press('Enter');
  await expect(noticeOf(page, 'Golden version 2 published')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('As agreed in May', { exact: true })).toBeVisible();
  await expect(page.getByText('Live matches golden version 2.')).toBeVisible();

  await removeTeam(running, 'Autonomy');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await chooseMenu(running, 'golden.compare');
  const list = page.getByRole('region', { name: 'Differences' });
  await expect(list.getByRole('rowheader', { name: /^Deleted: Autonomy Team/ })).toBeVisible();

  await chooseMenu(running, 'golden.reset');
  const reset = page.getByRole('dialog', { name: 'Reset live to golden version 2?' });
  await expect(reset.getByText('Restores 1 team')).toBeVisible();
  const yes = reset.getByRole('button', { name: 'Reset', exact: true });
  await expect(yes).toBeDisabled();
  await reset.getByRole('textbox').fill('Sample');
  await yes.click();
  await expect(noticeOf(page, 'Live reset to golden version 2')).toBeVisible({ timeout: 60_000 });
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  await goTo(page, 'Versions');
  await expect(page.getByText('The records in live match golden version 2.')).toBeVisible();
  await goTo(page, 'Versions');
  await expect(page.getByText('Before a reset')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
});
