import { expect, test } from './harness.ts';
import { atLive, backToLive, chooseMenu, frameOf, inPlay, ready, takeSandbox, titleOf } from './lib/hands.ts';
import { nextDataPid } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf } from './lib/window.ts';

test('changes in Play stay there: live is unchanged, and Play is kept until discarded', async ({
  frames,
}) => {
  frames.expectTrouble(/data process ended/);
  const running = await frames.startReady();
  const { page } = running;
  await goTo(page, 'Teams');
  await expect(cellOf(page, 'Autonomy')).toBeVisible();
  await takeSandbox(running, 'Spring handover');
  await expect.poll(() => titleOf(running)).toBe('Play: Spring handover – Sample – FRAMES');
  expect(await frameOf(running)).toBe('3px');
  await expect(page.getByText('Play: Spring handover')).toBeVisible();

  await goTo(page, 'Teams');
  await cellOf(page, 'Autonomy').click();
  await chooseMenu(running, 'record.delete');
  await expect(noticeOf(page, 'Deleted “Autonomy”')).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await expect(page.getByText('Saved in sandbox')).toBeVisible();

  await backToLive(running);
  expect(await frameOf(running)).toBe('0px');
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  // Each has its own tabs: here is what was open in live.
  await expect(cellOf(page, 'Autonomy')).toBeVisible();

  await goTo(page, 'Play');
  await expect(page.getByText('1 change')).toBeVisible();
  await page.getByRole('button', { name: 'Open sandbox “Spring handover”' }).click();
  await expect(inPlay(running)).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await ready(running);
  // Keys go on where the page is, and not from its edge.
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('Control+Z');
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);

  await test.step('it stays open when the data process ends', async () => {
    const pid = await nextDataPid(running, null);
    process.kill(pid, 'SIGKILL');
    await nextDataPid(running, pid);
    await goTo(page, 'Students');
    await expect(page.getByRole('row').nth(5)).toBeVisible();
    await expect(inPlay(running)).toBeVisible();
  });

  await test.step('it is discarded from within, and comes back out of the trash', async () => {
    await goTo(page, 'Play');
    await expect(page.getByText('Open here')).toBeVisible();
    await page.getByRole('button', { name: 'More for “Spring handover”' }).click();
    await page.getByRole('menuitem', { name: 'Discard' }).click();
    await expect(atLive(running)).toBeVisible();
    const told = noticeOf(page, '“Spring handover” moved to trash');
    await expect(page.getByText('Trash (1)')).toBeVisible();
    await told.getByRole('button', { name: 'Restore' }).click();
    await expect(page.getByRole('heading', { name: 'Spring handover' })).toBeVisible();
  });
});
