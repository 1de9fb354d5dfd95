import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { keptTabs } from './lib/launch.ts';
import type { Running } from './lib/launch.ts';
import { goTo, openRecord, tabsOf, panelOf } from './lib/window.ts';

/** Ends the program as a power cut would. */
async function kill({ app }: Running): Promise<void> {
  const child = app.process();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

test('tabs, panes, filters, scroll, input and sizes survive a killed program', async ({ frames }) => {
  const running = await frames.startReady();
  const { page, userData } = running;
  await goTo(page, 'Students');
  await page.getByRole('searchbox').fill('a');
  // A list that is narrowed begins at its top.
  await expect(page.getByText(/^\d+ of 248$/)).toBeVisible();
  await expect(page.getByRole('grid')).not.toHaveAttribute('aria-busy', 'true');
  await page.getByRole('button', { name: 'New student' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Never made');
  await page.keyboard.press('Escape');
  await page.getByRole('grid').evaluate((grid) => grid.scrollTo({ top: 900 }));
  await page.keyboard.press('Control+T');
  await goTo(page, 'Teams');
  const panel = await openRecord(page, 'Autonomy');
  // What cannot be saved waits as a draft.
  await panel.getByRole('textbox', { name: 'Size' }).fill('0');
  await panel.getByRole('tab', { name: /Links/ }).click();
  await panel.getByRole('button', { name: 'Add link' }).click();
  await panel.getByLabel('With', { exact: true }).pressSequentially('Attitude');
  await page
    .getByRole('option', { name: /Attitude control/ })
    .first()
    .click();
  await panel.locator('summary').click();
  await panel.getByRole('textbox', { name: 'Knowledge lost' }).fill('22');
  await page.keyboard.press('Control+\\');
  await goTo(page, 'History');
  await expect(page.getByRole('tabpanel', { name: 'History' })).toBeVisible();
  const divider = page.getByRole('separator', { name: 'Width of the panes' });
  await divider.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(divider).toHaveAttribute('aria-valuenow', '54');
  await expect
    .poll(() => keptTabs(userData))
    .toMatch(/"share":0\.54.*"scroll":900|"scroll":900.*"share":0\.54/);
  const seat = (): string => readFileSync(join(userData, 'seat.json'), 'utf8');
  await expect
    .poll(() => ['"draft:team_', 'Never made', '22'].every((part) => seat().includes(part)))
    .toBe(true);
  await kill(running);

  const again = await frames.start({ userData });
  await expect(tabsOf(again.page)).toHaveText(['Students · “a”', 'Teams', 'History']);
  await expect(again.page.getByRole('tablist')).toHaveCount(3);
  await expect(again.page.getByRole('tabpanel', { name: 'History' })).toBeVisible();
  await expect(again.page.getByRole('separator', { name: 'Width of the panes' })).toHaveAttribute(
    'aria-valuenow',
    '54',
  );
  const back = panelOf(again.page);
  await expect(back.getByRole('heading', { name: 'Autonomy' })).toBeVisible();
  await expect(back.getByText('This link is not saved yet.')).toBeVisible();
  await expect(back.getByLabel('With', { exact: true })).toHaveValue(/Attitude control/);
  await expect(back.getByRole('textbox', { name: 'Knowledge lost' })).toHaveValue('22');
  await back.getByRole('tab', { name: /Details/ }).click();
  await expect(back.getByRole('textbox', { name: 'Size' })).toHaveValue('0');
  await tabsOf(again.page).filter({ hasText: 'Students' }).click();
  await expect(again.page.getByRole('searchbox')).toHaveValue('a');
  await expect
    .poll(() => again.page.getByRole('grid').evaluate((grid) => grid.scrollTop))
    .toBeGreaterThan(800);
  await again.page.getByRole('button', { name: 'New student' }).first().click();
  await expect(again.page.getByRole('textbox', { name: 'Name' })).toHaveValue('Never made');
});
