import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { answerDialogs, ready } from './lib/hands.ts';
import { expectVisibleFocus, fromPalette, press, tabTo } from './lib/keys.ts';
import { cellOf, countOf, noticeOf } from './lib/window.ts';

const legacy = join(root, 'test', 'fixtures', 'frames_data.json');

test('the main job is done with the keyboard alone, and the focus can be seen on every step', async ({
  frames,
}) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.start({ workspace });
  const { page } = running;
  await ready(running);
  await answerDialogs(running, legacy);

  await test.step('import a file from the first screen', async () => {
    await tabTo(page, page.getByRole('main').getByRole('button', { name: /^From a FRAMES file/ }));
    await page.keyboard.press('Enter');
    const begin = page.getByRole('button', { name: 'Import 25 records' });
    await tabTo(page, begin);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Imported frames_data.json' })).toBeVisible();
  });

  const panel = page.getByRole('complementary', { name: 'Record' });
  const grid = page.getByRole('grid', { name: /^Teams/ });
  await test.step('find a record, and edit it', async () => {
    await fromPalette(page, 'onboard soft', /Onboard Software/);
    await expect(grid).toBeFocused();
    await expectVisibleFocus(page);
    await press(page, 'F2', 'Control+A');
    await page.keyboard.type('Flight software');
    await press(page, 'Enter');
    await expect(cellOf(page, 'Flight software')).toBeVisible();
  });

  await test.step('link it with another team', async () => {
    await fromPalette(page, 'flight software', /Flight software/);
    await expect(grid).toBeFocused();
    if (!(await panel.isVisible())) await page.keyboard.press('Enter');
    await tabTo(page, panel.getByRole('tab', { selected: true }));
    while (!(await panel.getByRole('tab', { name: /^Links/, selected: true }).isVisible())) {
      await press(page, 'ArrowRight');
    }
    await tabTo(page, panel.getByRole('button', { name: 'Add link' }));
    await page.keyboard.press('Enter');
    await expect(
      panel.getByRole('combobox', { name: 'With' }).or(panel.getByRole('textbox', { name: 'With' })),
    ).toBeFocused();
    await expectVisibleFocus(page);
    await page.keyboard.type('Ground');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, panel.getByRole('button', { name: 'Add link', exact: true }));
    await page.keyboard.press('Enter');
    await expect(countOf(page, 'Links')).toHaveText(/12$/);
  });

  await test.step('undo that', async () => {
    await page.keyboard.press('Control+Z');
    await expect(countOf(page, 'Links')).toHaveText(/11$/);
  });

  await test.step('see who changed the record', async () => {
    await tabTo(page, panel.getByRole('tab', { selected: true }));
    while (!(await panel.getByRole('tab', { name: /^History/, selected: true }).isVisible())) {
      await press(page, 'ArrowRight');
    }
    await expect(panel.getByText(/^Changed/).first()).toBeVisible();
    await expect(panel.getByText(/by you/).first()).toBeVisible();
    await expect(panel.getByText('Onboard Software').first()).toBeVisible();
  });

  await test.step('save a view', async () => {
    await fromPalette(page, 'save view', /Save view/);
    const dialog = page.getByRole('dialog', { name: 'Save view' });
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await expectVisibleFocus(page);
    await page.keyboard.type('Our teams');
    await page.keyboard.press('Enter');
    await expect(noticeOf(page, 'Saved view “Our teams”')).toBeVisible();
  });

  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { interfaces: 11 } });
});

test('every part of the window is reached with Tab, and the way leads round', async ({ frames }) => {
  const { page } = await frames.start();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  for (const part of [
    page.getByRole('navigation', { name: 'Main' }).getByRole('button').first(),
    page.getByRole('navigation', { name: 'Main' }).getByRole('button').last(),
    page.getByRole('button', { name: /^You act as/ }),
    page.getByRole('main').getByRole('button').first(),
  ]) {
    await tabTo(page, part);
  }
});
