import { expect, test } from './harness.ts';
import { atLive, chooseMenu, frameOf, titleOf } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf, openRecord } from './lib/window.ts';

const bar = ({ page }: Running) => page.getByRole('region', { name: 'Point in time' });
const slider = ({ page }: Running) => page.getByRole('slider', { name: 'Point in time' });

/** Turns the window to the past, at the newest change. */
async function enter(running: Running): Promise<void> {
  await chooseMenu(running, 'past.enter');
  await expect(slider(running)).toBeFocused();
}

async function remove(running: Running, name: string): Promise<void> {
  await cellOf(running.page, name).click();
  await chooseMenu(running, 'record.delete');
  await expect(noticeOf(running.page, `Deleted “${name}”`)).toBeVisible();
}

test('the window goes to points in time, from where everything is restored', async ({ frames }) => {
  const running = await frames.startReady();
  const { page } = running;
  await test.step('the slider shows every list and the open record at a point in time, read-only', async () => {
    await goTo(page, 'Teams');
    await remove(running, 'Autonomy');
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);
    const tabs = await page.getByRole('tab').count();
    await enter(running);
    expect(await frameOf(running)).toBe('3px');
    await expect.poll(() => titleOf(running)).toMatch(/^As of .*, \d?\d:\d\d.* – Sample – FRAMES$/);
    await expect(bar(running)).toContainText('Deleted “Autonomy”');
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);

    await page.keyboard.press('ArrowLeft');
    await expect(countOf(page, 'Teams')).toHaveText(/64$/);
    await expect(cellOf(page, 'Autonomy')).toBeVisible();
    await openRecord(page, 'Autonomy');
    await expect(page.getByText('Read-only').first()).toBeVisible();
    await cellOf(page, 'Attitude control').click();
    await page.keyboard.press('Delete');
    await expect(page.getByText('A point in time is read-only.').first()).toBeVisible();
    await expect(countOf(page, 'Teams')).toHaveText(/64$/);

    await slider(running).focus();
    await page.keyboard.press('Home');
    await expect(countOf(page, 'Teams')).toHaveText(/(^|\D)0$/);
    await page.keyboard.press('End');
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await expect(atLive(running)).toBeVisible();
    expect(await frameOf(running)).toBe('0px');
    await expect(page.getByRole('tab')).toHaveCount(tabs);
  });

  await test.step('everything is restored to a checkpoint once the name of the workspace is typed', async () => {
    await chooseMenu(running, 'past.name');
    await page.getByRole('dialog', { name: 'Add checkpoint' }).getByRole('textbox').fill('Before the cut');
    await page.keyboard.press('Enter');
    await expect(noticeOf(page, 'Checkpoint “Before the cut” added')).toBeVisible();
    await goTo(page, 'Teams');
    await remove(running, 'Documentation');
    await enter(running);
    await bar(running)
      .getByRole('button', { name: /^Checkpoint “Before the cut”/ })
      .click();
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);
    await bar(running).getByRole('button', { name: 'Compare with now' }).click();
    await expect(page.getByRole('rowheader', { name: /^Deleted: Documentation Team · / })).toBeVisible();
    await bar(running).getByRole('button', { name: 'Restore everything…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Restore everything to / });
    await expect(dialog.getByRole('button', { name: 'Restore' })).toBeDisabled();
    await dialog.getByRole('textbox').fill('Sample');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await expect(atLive(running)).toBeVisible();
    await expect(noticeOf(page, 'A backup was made first.')).toBeVisible();
    await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  });
});
