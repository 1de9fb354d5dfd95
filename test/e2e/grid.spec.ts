import type { Locator, Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { clipboardOf } from './lib/hands.ts';
import { cellOf, goTo, noticeOf } from './lib/window.ts';

const grid = (page: Page): Locator => page.getByRole('grid', { name: /^Teams/ });
const headings = async (page: Page): Promise<string[]> =>
  (await page.getByRole('columnheader').allInnerTexts())
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** The cell in a row of the list, counted from 1, under a heading. */
async function cellAt(page: Page, row: number, heading: string): Promise<Locator> {
  const column = (await headings(page)).indexOf(heading);
  return page
    .getByRole('row')
    .nth(row)
    .getByRole('gridcell')
    .nth(column + 1);
}

/** Waits until a cell holds the text. Columns come and go with the room: where it stands is looked up each time. */
async function holds(page: Page, row: number, heading: string, text: string): Promise<void> {
  await expect.poll(async () => (await cellAt(page, row, heading)).innerText()).toBe(text);
}

test('cells, columns and groups are worked on by mouse and keys', async ({ frames }) => {
  const running = await frames.start();
  const { page, app } = running;
  await goTo(page, 'Teams');
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  await test.step('cells go to a spreadsheet and come back, with one undo', async () => {
    await (await cellAt(page, 2, 'Discipline')).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+C');
    expect(await clipboardOf(running)).toBe('software\tincoming\nmechanical\testablished');

    await clipboardOf(running, 'systems\tOutgoing\nlaser\tNot so\n');
    await page.keyboard.press('Control+V');
    await expect(noticeOf(page, 'Pasted into 2 teams')).toBeVisible();
    await holds(page, 2, 'Discipline', 'systems');
    // What no list knows is kept, and flagged also for those who hear it.
    await expect(await cellAt(page, 3, 'Discipline')).toHaveText(/^laser \(.+\)$/);
    await page.keyboard.press('Control+Z');
    await holds(page, 2, 'Discipline', 'software');

    // The context menu pastes as the keys do.
    await clipboardOf(running, '7');
    await (await cellAt(page, 4, 'Size')).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Paste/ }).click();
    await expect(noticeOf(page, 'Pasted into 1 team')).toBeVisible();
    await holds(page, 4, 'Size', '7');
  });

  await test.step('many are edited and deleted as one change', async () => {
    await page.keyboard.press('Control+A');
    await expect(page.getByText('All 64 selected')).toBeVisible();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
    await page.keyboard.press('Escape');

    await (await cellAt(page, 1, 'Name')).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+E');
    const form = page.getByRole('form', { name: 'Edit 2 teams' });
    await form.getByRole('textbox', { name: 'Size' }).fill('9');
    await form.getByRole('button', { name: 'Change 2 teams' }).click();
    await expect(noticeOf(page, 'Changed “Size” of 2 teams')).toBeVisible();
    await holds(page, 2, 'Size', '9');

    await grid(page).focus();
    await page.keyboard.press('Delete');
    await expect(noticeOf(page, /^Deleted 2 teams and \d+ links/)).toBeVisible();
    await expect(cellOf(page, 'Attitude control')).toBeHidden();
    await noticeOf(page, /^Deleted 2 teams/)
      .getByRole('button', { name: 'Undo' })
      .click();
    await expect(cellOf(page, 'Attitude control')).toBeVisible();
  });

  await test.step('columns are moved, sized, pinned, hidden and reset, by mouse and by keys, and stay so', async () => {
    await page.getByRole('columnheader', { name: 'Lifecycle' }).getByRole('button').focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect
      .poll(() => headings(page))
      .toEqual(expect.arrayContaining(['Name', 'University', 'Lifecycle', 'Discipline']));
    expect((await headings(page)).slice(0, 4)).toEqual(['Name', 'University', 'Lifecycle', 'Discipline']);

    await page
      .getByRole('columnheader', { name: 'Size' })
      .dragTo(page.getByRole('columnheader', { name: 'University' }));
    await expect.poll(async () => (await headings(page)).slice(0, 3)).toEqual(['Name', 'Size', 'University']);

    const size = page.getByRole('columnheader', { name: 'Size' });
    const before = (await size.boundingBox())?.width ?? 0;
    await size.getByRole('button').focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(async () => (await size.boundingBox())?.width).toBe(before + 16);

    await size.getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await expect(size).toBeHidden();

    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Description' }).check();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('columnheader', { name: 'Description' })).toBeVisible();
    await goTo(page, 'Students');
    await goTo(page, 'Teams');
    await expect(page.getByRole('columnheader', { name: 'Description' })).toBeVisible();

    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('button', { name: 'Reset columns' }).click();
    await page.keyboard.press('Escape');
    expect((await headings(page)).slice(0, 3)).toEqual(['Name', 'University', 'Discipline']);
  });

  await test.step('a column stays in sight while the others scroll, and columns of numbers are summed up', async () => {
    await ask(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700)),
    );
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    for (const name of ['Students', 'Created'])
      await page.getByRole('checkbox', { name, exact: true }).check();
    await page.keyboard.press('Escape');
    const pinned = page.getByRole('columnheader', { name: 'Lifecycle' });
    await pinned.getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Pin column' }).click();
    // It stands beside the name, from where it does not go.
    await expect.poll(async () => (await headings(page)).slice(0, 2)).toEqual(['Name', 'Lifecycle']);
    const scroll = (left: number): Promise<number> =>
      page.getByRole('grid').evaluate((element, to) => {
        element.scrollTo({ left: to });
        return element.scrollLeft;
      }, left);
    const before = await pinned.boundingBox();
    expect(await scroll(300)).toBeGreaterThan(0);
    expect((await pinned.boundingBox())?.x).toBe(before?.x);
    await scroll(0);

    const sum = page.getByRole('button', { name: /^.*Size: Sum\. Choose a summary$/ });
    const shown = await sum.innerText();
    await sum.click();
    await page.getByRole('menuitemradio', { name: 'Maximum' }).click();
    const most = page.getByRole('button', { name: /Size: Maximum\. Choose a summary$/ });
    await expect(most).toBeVisible();
    expect(await most.innerText()).not.toBe(shown);
    await goTo(page, 'Home');
    await goTo(page, 'Teams');
    await expect(most).toBeVisible();
    await expect.poll(async () => (await headings(page)).slice(0, 2)).toEqual(['Name', 'Lifecycle']);
  });

  await test.step('a list stands in groups, and is as it was left when one comes back', async () => {
    await page.getByRole('button', { name: 'Group', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'Lifecycle' }).click();
    const tree = page.getByRole('treegrid', { name: /^Teams/ });
    const groups = tree.locator('[aria-level="1"]');
    await expect(groups.first()).toContainText('established');
    await tree.focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowLeft');
    await expect(groups.first()).toHaveAttribute('aria-expanded', 'false');
    await goTo(page, 'Home');
    await goTo(page, 'Teams');
    await expect(groups.first()).toHaveAttribute('aria-expanded', 'false');
  });
});
