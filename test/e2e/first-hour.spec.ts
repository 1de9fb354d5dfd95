import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import { cellOf, countOf, goTo, noticeOf, openRecord } from './lib/window.ts';

test('from scratch: a university with its teams, people and links, as one step that is undone as one', async ({
  frames,
}) => {
  const workspace = `${frames.folder}/Own`;
  const running = await frames.start({ workspace });
  const { page } = running;
  await ready(running);
  await page.getByRole('button', { name: /^From scratch/ }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Redwood Coast');
  await page.getByRole('button', { name: 'Next: Teams' }).click();
  await page.getByRole('textbox', { name: 'Team 1: Name' }).fill('Avionics');
  // A column out of a spreadsheet fills several lines.
  await page.getByRole('textbox', { name: 'Team 2: Name' }).focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'Ground\r\nPayload\r\n');
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(paste);
  });
  await expect(page.getByRole('textbox', { name: 'Team 3: Name' })).toHaveValue('Payload');
  await page.getByRole('button', { name: 'Next: People' }).click();
  await page.getByRole('textbox', { name: 'Person 1: Name' }).fill('Sam Ochoa');
  await page.getByRole('combobox', { name: 'Person 1: Team' }).selectOption('Avionics');
  await page.getByRole('textbox', { name: 'Person 1: Terms left' }).fill('many');
  await page.getByRole('button', { name: 'Next: Links' }).click();
  await page.getByRole('combobox', { name: 'Link 1: From' }).selectOption('Avionics');
  await page.getByRole('combobox', { name: 'Link 1: To' }).selectOption('Ground');
  await page.getByRole('button', { name: 'Next: Review' }).click();

  // What is in the way is named, and leads to where it is.
  await expect(page.getByRole('button', { name: 'Create records' })).toBeDisabled();
  const problem = page.getByRole('listitem').filter({ hasText: 'terms left in line 1' });
  await problem.getByRole('button', { name: 'Fix' }).click();
  await page.getByRole('textbox', { name: 'Person 1: Terms left' }).fill('3');

  // What was entered survives a restart.
  await frames.quit(running);
  const again = await frames.start({ workspace });
  await ready(again);
  const window = again.page;
  await expect(window.getByRole('textbox', { name: 'Person 1: Terms left' })).toHaveValue('3');
  await window.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(window.getByText('1 university, 3 teams, 1 student and 1 link')).toBeVisible();
  await window.getByRole('button', { name: 'Create records' }).click();
  await expect(noticeOf(window, 'Created 1 university, 3 teams, 1 student and 1 link')).toBeVisible();
  await expect(cellOf(window, 'Avionics')).toBeVisible();
  await expect(countOf(window, 'Teams')).toHaveText(/3$/);
  await window.keyboard.press('Control+Z');
  await expect(countOf(window, 'Teams')).toHaveText(/^Teams0?$/);
  await expect(countOf(window, 'Universities')).toHaveText(/^Universities0?$/);
  await frames.quit(again);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { teams: 0 } });
});

test('the tour works by keyboard alone, and terms are explained in place and in the help', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
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
    await page.getByRole('searchbox', { name: 'Search terms and tasks' }).fill('energy lost');
    await expect(page.getByText('The percentage of knowledge lost')).toBeVisible();
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
