import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { answerDialogs, chooseMenu } from './lib/hands.ts';
import { expectVisibleFocus, fromPalette, press, tabTo } from './lib/keys.ts';
import { cellOf, countOf, goTo, noticeOf, openRecord, panelOf } from './lib/window.ts';

const legacy = join(root, 'test', 'fixtures', 'frames_data.json');

test('the main job is done with the keyboard alone, and the focus can be seen on every step', async ({
  frames,
}) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.startReady({ workspace });
  const { page } = running;
  await answerDialogs(running, legacy);

  await test.step('import a file from the first screen', async () => {
    await tabTo(page, page.getByRole('main').getByRole('button', { name: /^From a FRAMES file/ }));
    await page.keyboard.press('Enter');
    const begin = page.getByRole('button', { name: 'Import 25 records' });
    await tabTo(page, begin);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Imported “frames_data.json”' })).toBeVisible();
  });

  const panel = panelOf(page);
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
    await page.keyboard.type('Mission');
    await page
      .getByRole('option', { name: /Mission Control/ })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[role="option"][data-combobox-selected]:visible')).toHaveText(
      /Mission Control/,
    );
    await page.keyboard.press('Enter');
    await tabTo(page, panel.getByRole('button', { name: 'Add link', exact: true }));
    await page.keyboard.press('Enter');
    await expect(countOf(page, 'Links')).toHaveText(/12$/);
  });

  await test.step('undo that', async () => {
    await page.keyboard.press('Control+Z');
    await expect(countOf(page, 'Links')).toHaveText(/11$/);
  });

  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { interfaces: 11 } });
});

test('the tour and terms are used by keyboard, and every part of the window is reached with Tab', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page } = running;
  await test.step('every part of the window is reached with Tab', async () => {
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

  await test.step('the tour goes through the window by keyboard alone, and can be left at any time', async () => {
    await page.getByRole('button', { name: /^Take the tour/ }).click();
    const card = page.getByRole('dialog');
    const titles = [
      'All your records',
      'A list works like a sheet',
      'One record in detail',
      'The whole network',
      'Nothing is lost',
      'Search everything',
    ];
    for (const [index, title] of titles.entries()) {
      await expect(card.getByRole('heading', { name: title })).toBeVisible();
      if (index < titles.length - 1) await page.keyboard.press(index % 2 === 0 ? 'Enter' : 'ArrowRight');
    }
    await card.getByRole('button', { name: 'Done' }).click();
    await expect(card).toBeHidden();
    await expect(noticeOf(page, 'Tour finished')).toBeVisible();

    await chooseMenu(running, 'help.tour');
    await expect(card.getByRole('heading', { name: titles[0] ?? '' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(card.getByRole('heading', { name: titles[1] ?? '' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(card).toBeHidden();
  });

  await test.step('words are explained where they stand and in the help, which leads to what it speaks of', async () => {
    await goTo(page, 'Teams');
    const panel = await openRecord(page, 'Autonomy');
    await panel.getByRole('button', { name: 'What is “Lifecycle”?' }).click();
    const said = page.getByRole('dialog', { name: 'Lifecycle' });
    await expect(said).toContainText('outgoing');
    await page.keyboard.press('Escape');
    await expect(said).toBeHidden();
    await page.keyboard.press('Control+K');
    await page.keyboard.type('words and tasks');
    await page.keyboard.press('Enter');
    // In the sample nothing that the help offers is out of reach.
    await expect(page.locator('.help-tasks button')).not.toHaveCount(0);
    await expect(page.locator('.help-tasks button:disabled')).toHaveCount(0);
    await page.getByRole('searchbox', { name: 'Search terms and tasks' }).fill('energy loss');
    await expect(page.getByText('Of the knowledge that passes over a link')).toBeVisible();
    await expect(page.getByText('An institution that takes part')).toBeHidden();
    await page.getByRole('searchbox', { name: 'Search terms and tasks' }).fill('who changed');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'See who changed a record' })
      .getByRole('button')
      .click();
    await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  });
});

test('a new record from Home is typed into its form, never into the list below', async ({ frames }) => {
  const running = await frames.startReady();
  const { page } = running;
  // The first time loads the form; later it is there before the list.
  for (let time = 0; time < 3; time++) {
    await page.getByRole('button', { name: 'New link' }).last().click();
    await expect(page.getByRole('grid', { name: /^Links/ })).toBeVisible();
    await expect(
      page
        .getByRole('combobox', { name: 'From' })
        .or(page.getByLabel('From', { exact: true }))
        .first(),
    ).toBeFocused();
    await chooseMenu(running, 'go.home');
    await expect(page.getByRole('grid', { name: /^Links/ })).toBeHidden();
  }
});
