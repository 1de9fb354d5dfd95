import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { ready } from './lib/hands.ts';
import { goTo } from './lib/window.ts';

test('a question in words shows its SQL before it runs, and the answer leads to records', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page } = running;
  await ready(running);
  await goTo(page, 'Ask');
  const question = page.getByRole('textbox', { name: 'Your question' });
  await question.fill('outgoing software teams');
  await question.press('Enter');
  const sql = page.getByRole('textbox', { name: 'SQL' });
  await expect(sql).toHaveValue(/SELECT[^]+FROM teams/i);
  await expect(page.getByRole('table')).toHaveCount(0);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  await accessible(page, 'an answer');

  await sql.fill('DELETE FROM teams');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert').first()).toContainText('"DELETE" is not allowed');
  await expect(table).toHaveCount(0);

  await sql.fill('SELECT id, name FROM teams ORDER BY name LIMIT 3');
  await sql.press('Control+Enter');
  await expect(table.getByRole('row')).toHaveCount(4);
  await table
    .getByRole('button', { name: /^Open record: Attitude control/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Attitude control' })).toBeVisible();

  await goTo(page, 'Ask');
  await question.fill('Who leaving would hurt us most?');
  await question.press('Enter');
  await page.getByRole('button', { name: 'Open in Insights' }).click();
  await expect(page.getByText('Whose departure would hurt most?').first()).toBeVisible();

  await goTo(page, 'Ask');
  await question.fill('dry cabinet shelf');
  await question.press('Enter');
  await expect(page.getByRole('main').getByRole('button', { name: /Flight spares/ })).toBeVisible();
});
