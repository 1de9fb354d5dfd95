import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu, dropFile, ready } from './lib/hands.ts';
import { countOf, goTo } from './lib/window.ts';

test('a new workspace begins empty, is opened at the next start, and the sample stays', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, userData } = running;
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  await goTo(page, 'Home');

  await ready(running);
  const taken = join(userData, 'taken');
  mkdirSync(taken);
  writeFileSync(join(taken, 'notes.txt'), '');
  await answerDialogs(running, taken);
  await chooseMenu(running, 'workspace.new');
  await expect(page.getByText('The folder “taken” is not empty')).toBeVisible();

  // A file that is looked at among the sample's records comes along to a workspace of one's own.
  const table = join(userData, 'teams.csv');
  writeFileSync(table, 'Team name,Members\nRadio,3\n');
  await dropFile(running, table);
  // Home offers a new workspace, too, and would come without the file.
  await expect(page.getByRole('heading', { name: 'Import “teams.csv”' })).toBeVisible();
  const fresh = join(userData, 'Fresh');
  mkdirSync(fresh);
  await answerDialogs(running, fresh);
  await page.getByRole('button', { name: 'New workspace…' }).click();
  await expect(countOf(page, 'Teams')).toHaveText(/0$/);
  await expect(page.getByRole('heading', { name: 'Import “teams.csv”' })).toBeVisible();
  await expect(page.getByText('1 team will be added.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await goTo(page, 'Home');
  await expect(page.getByRole('heading', { name: 'Add your records' })).toBeVisible();
  await expect(page.getByText('“Fresh” has no records yet')).toBeVisible();

  await frames.quit(running);
  const again = await frames.start({ userData });
  await expect(again.page.getByText('“Fresh” has no records yet')).toBeVisible();
  await ready(again);
  await chooseMenu(again, 'workspace.sample');
  await expect(countOf(again.page, 'Teams')).toHaveText(/64$/);
});

test('a workspace that cannot be opened is in the way of nothing: the sample is one command away', async ({
  frames,
}) => {
  const running = await frames.start();
  const { page, userData } = running;
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  await ready(running);
  const damaged = join(userData, 'Damaged');
  mkdirSync(damaged);
  await answerDialogs(running, damaged);
  await chooseMenu(running, 'workspace.open');
  await expect(page.getByText('There is no workspace in “Damaged”')).toBeVisible();

  writeFileSync(join(damaged, 'frames.sqlite'), 'no database '.repeat(1000));
  await chooseMenu(running, 'workspace.open');
  await expect(page.getByRole('alertdialog', { name: 'Your records cannot be reached' })).toBeVisible();
  await frames.quit(running);
  const again = await frames.start({ userData });
  await expect(countOf(again.page, 'Teams')).toHaveText(/64$/);
  await ready(again);
  await answerDialogs(again, damaged);
  await chooseMenu(again, 'workspace.open');
  await expect(again.page.getByRole('alertdialog', { name: 'Your records cannot be reached' })).toBeVisible();
  await ready(again);
  await chooseMenu(again, 'workspace.sample');
  await expect(countOf(again.page, 'Teams')).toHaveText(/64$/);
});

test('a workspace that was open last is never replaced by the sample without a word', async ({ frames }) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const running = await frames.start();
  const { userData } = running;
  await ready(running);
  const mine = join(userData, 'Mine');
  mkdirSync(mine);
  await answerDialogs(running, mine);
  await chooseMenu(running, 'workspace.new');
  await expect(countOf(running.page, 'Teams')).toHaveText(/0$/);
  await frames.quit(running);
  for (const name of readdirSync(mine)) if (name.startsWith('frames.sqlite')) rmSync(join(mine, name));

  const second = await frames.start({ userData });
  await expect(
    second.page.getByRole('alertdialog', { name: 'Your records cannot be reached' }),
  ).toBeVisible();
  await frames.quit(second);

  rmSync(mine, { recursive: true });
  const third = await frames.start({ userData });
  await expect(countOf(third.page, 'Teams')).toHaveText(/64$/);
  await expect(third.page.getByText('Workspace “Mine” not found')).toBeVisible();
});

test('the last layout stays with its workspace when another is opened at once', async ({ frames }) => {
  const running = await frames.start();
  const { page, userData } = running;
  await ready(running);
  const fresh = join(userData, 'Fresh');
  mkdirSync(fresh);
  await answerDialogs(running, fresh);
  await goTo(page, 'Teams');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Discipline', exact: true }).uncheck();
  await chooseMenu(running, 'workspace.new');
  await expect(countOf(page, 'Teams')).toHaveText(/0$/);
  const kept = (): string[] => {
    const { items } = JSON.parse(readFileSync(join(userData, 'seat.json'), 'utf8')) as { items: object };
    return Object.keys(items).filter((key) => key.startsWith('columns:'));
  };
  await expect.poll(kept).toEqual([expect.stringMatching(/^columns:team@/)]);
  await goTo(page, 'Teams');
  await expect(page.getByRole('heading', { level: 1, name: /teams/i })).toBeVisible();
  await ready(running);
  await chooseMenu(running, 'workspace.sample');
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  await goTo(page, 'Teams');
  await expect(page.getByRole('columnheader', { name: /^Lifecycle/ })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: /^Discipline/ })).toHaveCount(0);
});
