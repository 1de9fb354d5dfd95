import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { cellOf, countOf, noticeOf } from './lib/window.ts';

test('from scratch: a university with its teams, people and links, as one step that is undone as one', async ({
  frames,
}) => {
  const workspace = `${frames.folder}/Own`;
  const running = await frames.startReady({ workspace });
  const { page } = running;
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

  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText('1 university, 3 teams, 1 student and 1 link')).toBeVisible();
  await page.getByRole('button', { name: 'Create records' }).click();
  await expect(noticeOf(page, 'Created 1 university, 3 teams, 1 student and 1 link')).toBeVisible();
  await expect(cellOf(page, 'Avionics')).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/3$/);
  await page.keyboard.press('Control+Z');
  await expect(countOf(page, 'Teams')).toHaveText(/^Teams0?$/);
  await expect(countOf(page, 'Universities')).toHaveText(/^Universities0?$/);
  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { teams: 0 } });
});
