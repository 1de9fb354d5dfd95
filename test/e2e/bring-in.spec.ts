import { expect, test } from './harness.ts';
import { chooseMenu, ready } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf, rowOf } from './lib/window.ts';

/** Writes another size into the row of a team. */
async function sizeOf({ page }: Running, name: string, size: string): Promise<void> {
  await expect(page.getByRole('columnheader', { name: 'Size' })).toBeVisible();
  await rowOf(page, name).getByRole('gridcell').nth(6).click();
  await page.keyboard.type(size);
  await page.keyboard.press('Enter');
  await expect(rowOf(page, name).getByRole('gridcell', { name: size, exact: true })).toBeVisible();
}

test('conflicts are decided in the sandbox, by mouse and by keys, and stay so when what live changed is brought in', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  const inPlay = page.getByText('Sandbox – live data is unchanged until you promote');
  await ready(running);
  await chooseMenu(running, 'play.new');
  await page.getByRole('dialog', { name: 'New sandbox' }).getByRole('textbox').first().fill('Spring');
  await page.keyboard.press('Enter');
  await expect(inPlay).toBeVisible();
  await ready(running);
  await goTo(page, 'Teams');
  await sizeOf(running, 'Autonomy', '41');
  await cellOf(page, 'Integration and test').click();
  await chooseMenu(running, 'record.delete');
  await expect(countOf(page, 'Teams')).toHaveText(/63$/);
  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(inPlay).toBeHidden();
  await ready(running);
  await goTo(page, 'Teams');
  await sizeOf(running, 'Autonomy', '37');
  await sizeOf(running, 'Integration and test', '38');
  await goTo(page, 'Play');
  await page.getByRole('button', { name: 'Open sandbox “Spring”' }).click();
  await expect(inPlay).toBeVisible();
  await ready(running);

  await page.keyboard.press('Control+K');
  await page.keyboard.type('compare');
  await page.getByRole('option', { name: /^Compare sandbox with live/ }).click();
  await expect(page.getByRole('heading', { name: 'Compare “Spring” with live' })).toBeVisible();
  const size = page.getByRole('group', { name: 'Resolve “Autonomy: Size”' });
  await size.getByRole('button', { name: 'Use sandbox' }).click();
  const whole = page.getByRole('group', {
    name: 'Resolve “Integration and test (Northgate Institute of Technology)”',
  });
  const theirs = whole.getByRole('button', { name: 'Use live record' });
  // Conflicts that are of a whole record stand first: the name and the two buttons before the one that was clicked.
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(theirs).toBeFocused();
  await page.keyboard.press('Space');
  await expect(theirs).toHaveAttribute('aria-pressed', 'true');

  // What is decided here is decided in live too, and in the sandbox again after that.
  await page.getByRole('button', { name: 'Promote in live…' }).click();
  await expect(inPlay).toBeHidden();
  await expect(size.locator('[aria-pressed="true"]')).toHaveCount(1);
  await expect(whole.locator('[aria-pressed="true"]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await expect(inPlay).toBeVisible();
  await expect(theirs).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('tab', { name: 'Compare “Spring”' })).toHaveCount(1);

  // Beside the picture the same is decided.
  await page.locator('.compare-narrow label', { hasText: 'Network' }).click();
  await page.getByRole('button', { name: /^Conflict: Autonomy/ }).click();
  const card = page.getByRole('article', { name: 'Differences of “Autonomy”' });
  await expect(card.getByRole('button', { name: 'Use sandbox' })).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('button', { name: 'Refresh from live…' }).click();
  const asked = page.getByRole('dialog', { name: 'Refresh “Spring” from live?' });
  await expect(asked.getByText('Restores 1 team')).toBeVisible();
  await expect(asked.getByRole('radio')).toHaveCount(0);
  await asked.getByRole('button', { name: 'Refresh' }).press('Enter');
  await expect(noticeOf(page, /^\d+ records? refreshed from live/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: /^Changed in sandbox: Autonomy/ })).toBeVisible();
  await goTo(page, 'Teams');
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  await expect(rowOf(page, 'Autonomy').getByRole('gridcell', { name: '41', exact: true })).toBeVisible();
  const back = rowOf(page, 'Integration and test');
  await expect(back.getByRole('gridcell', { name: '38', exact: true })).toBeVisible();
});
