import { startModelServer } from '#test/support/model-server.ts';
import type { ModelServer } from '#test/support/model-server.ts';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { addModel, removeModel } from './lib/models.ts';
import { goTo } from './lib/window.ts';

const wrong = 'Which crew has most people?';
/** Questions that no rule knows, and the statements of the model; the second is wrong at first. */
const answers: Readonly<Record<string, string>> = {
  'Which crews could replace each other?':
    'SELECT discipline, count(*) AS crews FROM teams GROUP BY discipline',
  [wrong]: 'SELECT id, name, colour FROM teams',
};
const repaired = 'SELECT id, name, size FROM teams ORDER BY size DESC LIMIT 1';
const corrected = 'SELECT id, name, size FROM teams ORDER BY size DESC, name LIMIT 3';

let server: ModelServer;

test.beforeEach(async () => {
  server = await startModelServer(({ messages }) => {
    const sql = messages.length > 2 ? repaired : answers[messages[1]?.content ?? ''];
    return `\`\`\`sql\n${sql}\n\`\`\`\nAs it was asked.`;
  });
});

test.afterEach(() => server.close());

test('a model is added, gets two questions with exactly the shown bytes, corrects one, and is removed', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page } = running;
  await addModel(running, server.url, 'schema');
  const section = page.getByRole('region', { name: 'Language models' });
  await section.getByRole('button', { name: 'Test: Scripted' }).click();
  await expect(page.getByText(/“Scripted” answered in/)).toBeVisible();
  server.requests.length = 0;
  await goTo(page, 'Ask');
  const question = page.getByRole('textbox', { name: 'Your question' });
  const sql = page.getByRole('textbox', { name: 'SQL' });
  const bytes = page.getByLabel('What would be sent');
  const send = page.getByRole('button', { name: 'Send to Scripted' });
  const run = page.getByRole('button', { name: 'Run', exact: true });
  const bodies = (): string[] => server.requests.map(({ body }) => body.toString('utf8'));
  const shown: string[] = [];

  /** Sends what is shown, after noting it. */
  const sendShown = async (): Promise<void> => {
    await expect(send).toBeEnabled();
    expect(bodies()).toEqual(shown);
    shown.push((await bytes.textContent()) ?? '');
    await send.click();
    await expect(run).toBeEnabled();
    expect(bodies()).toEqual(shown);
  };

  for (const [asked, statement] of Object.entries(answers)) {
    await question.fill(asked);
    await question.press('Enter');
    await sendShown();
    await expect(sql).toHaveValue(statement);
    await run.click();
    if (asked !== wrong) await expect(page.getByRole('table')).toBeVisible();
  }

  // The second statement names a column that is not there.
  await expect(page.getByRole('main').getByRole('alert').first()).toContainText('colour');
  await page.getByRole('button', { name: 'Ask Scripted to correct it' }).click();
  await expect(page.getByText('It also holds the failed SQL and SQLite’s message.')).toBeVisible();
  await accessible(page, 'a request to correct a statement');
  await sendShown();
  await expect(sql).toHaveValue(repaired);
  await run.click();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(2);

  await sql.fill(corrected);
  await page.getByRole('button', { name: 'Approve answer' }).click();
  await expect(page.getByText('Approved as the answer to this question.')).toBeVisible();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await question.fill('which crew has the most people');
  await question.press('Enter');
  await expect(sql).toHaveValue(corrected);
  await run.click();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(4);
  expect(bodies()).toEqual(shown);
  await removeModel(running);
});
