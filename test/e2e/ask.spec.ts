import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { answerDialogs } from './lib/hands.ts';
import { goTo } from './lib/window.ts';

const own = [
  ['Who tests the radios?', 'SELECT id, name FROM teams ORDER BY name LIMIT 2'],
  ['Which campus has most people?', 'SELECT university_id AS id, count(*) AS n FROM students GROUP BY 1'],
  ['What do we fly?', 'SELECT id, name FROM projects ORDER BY name LIMIT 4'],
] as const;

test('questions are answered with SQL, which leads to records; answers are approved, and conversations kept', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page } = running;
  await goTo(page, 'Ask');
  const question = page.getByRole('textbox', { name: 'Your question' });
  const sql = page.getByRole('textbox', { name: 'SQL' });

  await test.step('a question shows its SQL before it runs, and the answer leads to records', async () => {
    await question.fill('outgoing software teams');
    await question.press('Enter');
    await expect(sql).toHaveValue(/SELECT[^]+FROM teams/i);
    await expect(page.getByRole('table')).toHaveCount(0);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const table = page.getByRole('table');
    await expect(table).toBeVisible();
    await accessible(page, 'an answer');

    await sql.fill('DELETE FROM teams');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText('“DELETE” is not allowed');
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

  await goTo(page, 'Ask');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await test.step('an approved answer is used again, corrected, removed and restored; conversations are found, exported and deleted', async () => {
    const run = page.getByRole('button', { name: 'Run', exact: true });
    const approve = page.getByRole('button', { name: 'Approve answer' });

    for (const [asked, statement] of own) {
      await question.fill(asked);
      await question.press('Enter');
      await expect(page.getByText('Search', { exact: true })).toBeVisible();
      // A question that no rule knows is a search; its answer is written by hand.
      await page.getByRole('button', { name: 'Write SQL' }).click();
      await sql.fill(statement);
      await run.click();
      await expect(page.getByRole('table')).toBeVisible();
      await approve.click();
      await expect(page.getByText('Approved as the answer to this question.')).toBeVisible();
    }

    // The same question in other words of filling is answered as approved.
    await question.fill('who tests radios');
    await question.press('Enter');
    await expect(page.getByText('Approved question', { exact: true })).toBeVisible();
    await expect(sql).toHaveValue(own[0][1]);
    await sql.fill('SELECT id, name FROM teams ORDER BY name LIMIT 3');
    await page.getByRole('button', { name: 'Replace approved answer' }).click();
    await expect(page.getByText('Approved as the answer to this question.')).toBeVisible();
    await question.press('Enter');
    await expect(sql).toHaveValue(/LIMIT 3/);

    const conversation = page.getByRole('region', { name: 'Conversation', exact: true });
    await expect(conversation.getByRole('listitem').first()).toContainText(own[0][0]);
    const file = join(frames.folder, 'conversation.md');
    await answerDialogs(running, file);
    await conversation.getByRole('button', { name: 'Export…' }).click();
    await expect(page.getByText('Saved “conversation.md”')).toBeVisible();
    expect(readFileSync(file, 'utf8')).toContain('## What do we fly?');

    await conversation.getByRole('button', { name: 'New conversation' }).click();
    const list = page.getByRole('region', { name: 'Approved questions' });
    await expect(list.getByRole('listitem')).toHaveCount(3);
    await list.getByRole('button', { name: 'Remove “What do we fly?”' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect(list.getByRole('listitem')).toHaveCount(3);

    const kept = page.getByRole('region', { name: 'Conversations' });
    await kept.getByRole('textbox', { name: 'Find in conversations' }).fill('nobody asked');
    await expect(kept.getByText('No conversation has these words.')).toBeVisible();
    await kept.getByRole('textbox', { name: 'Find in conversations' }).fill('campus');
    await kept.getByRole('listitem').getByRole('button').first().click();
    await conversation.getByRole('button', { name: 'Which campus has most people?' }).click();
    await expect(sql).toHaveValue(own[1][1]);
    await conversation.getByRole('button', { name: 'Delete', exact: true }).click();
    await conversation.getByRole('button', { name: 'Delete for good' }).click();
    await kept.getByRole('textbox', { name: 'Find in conversations' }).fill('');
    await expect(kept.getByRole('listitem')).toHaveCount(1);
  });
});
