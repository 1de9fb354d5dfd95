import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { dropFile, ready } from './lib/hands.ts';
import { countOf } from './lib/window.ts';

const table = 'Team name,Discipline,Members\nRadio,Elec Eng,few\nPower,software,99999999\n';

test('corrections of a table come back after a restart, for that table only, until it is imported', async ({
  frames,
}) => {
  const [file, other] = [join(frames.folder, 'teams.csv'), join(frames.folder, 'other.csv')];
  writeFileSync(file, table);
  writeFileSync(other, `${table}Thermal,Elec Eng,few\n`);
  const workspace = join(frames.folder, 'W');
  const back = 'Your corrections of this table are back.';

  const first = await frames.start({ workspace });
  await ready(first);
  await dropFile(first, file);
  await first.page.getByRole('button', { name: '3 things to look at' }).click();
  await first.page.getByRole('button', { name: 'Read it as “electrical”' }).click();
  await expect(first.page.getByRole('heading', { name: '2 things to look at' })).toBeVisible();
  const few = first.page.locator('.mend-card', { hasText: '“few” is no number' });
  await few.getByRole('textbox', { name: 'Read it as' }).fill('3');
  await first.page.keyboard.press('Enter');
  await expect(first.page.getByText(/“99999999” is unusually high for size/)).toBeVisible();
  await expect(first.page.getByRole('heading', { name: '1 thing to look at' })).toBeVisible();
  // What a seat keeps is on the disk a moment later.
  await first.page.waitForTimeout(900);
  await frames.quit(first);

  const { page, ...second } = await frames.start({ workspace });
  const running = { page, ...second };
  await ready(running);
  await dropFile(running, other);
  await expect(page.getByRole('heading', { name: 'Import other.csv' })).toBeVisible();
  await expect(page.getByRole('button', { name: '3 things to look at' })).toBeVisible();
  await expect(page.getByText(back)).toBeHidden();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await dropFile(running, file);
  await expect(page.getByText(back)).toBeVisible();
  await page.getByRole('button', { name: '1 thing to look at' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to look at' })).toBeVisible();
  await page.getByRole('button', { name: 'Import 2 teams' }).click();
  await expect(page.getByRole('heading', { name: 'Imported teams.csv' })).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/2$/);

  await dropFile(running, file);
  await expect(page.getByRole('heading', { name: 'Import teams.csv' })).toBeVisible();
  await expect(page.getByText(back)).toBeHidden();
});
