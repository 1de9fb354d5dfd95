import { join } from 'node:path';
import { sampleTarget } from '#main/arguments.ts';
import { TestRepository } from '#test/core/code-maps/fixture.ts';
import { expect, test } from './harness.ts';
import { runFrames } from './lib/command.ts';
import { answerDialogs } from './lib/hands.ts';
import { goTo, noticeOf, openRecord } from './lib/window.ts';

interface Student {
  id: string;
  title: string;
  payload: { terms_remaining?: number };
}

const authorOf = ({ title }: Student) => ({
  name: title,
  email: `${title.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@uni.example`,
});

test('a repository is read, its authors are confirmed, and code that nobody will know is planned for', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page, userData } = running;
  const { workspace } = sampleTarget(userData);
  const listed = await runFrames([
    'entities',
    'list',
    'student',
    '--workspace',
    workspace,
    '--json',
    '--limit',
    '500',
  ]);
  const students = (JSON.parse(listed) as { rows: Student[] }).rows;
  const withTerms = (terms: (count: number) => boolean): Student => {
    const found = students.find(({ payload }) => terms(payload.terms_remaining ?? 3));
    if (!found) throw new Error('The sample lacks such a student.');
    return found;
  };
  const [leaver, stayer] = [withTerms((terms) => terms <= 1), withTerms((terms) => terms >= 5)];
  const repository = new TestRepository(join(frames.folder, 'flight-software'));
  for (let index = 1; index <= 11; index += 1)
    repository.write(`src/adcs/control${index}.c`, '#include "../comms/radio1.h"\n'.repeat(index));
  repository.commit(authorOf(leaver), 'ADCS');
  for (let index = 1; index <= 8; index += 1)
    repository.write(`src/comms/radio${index}.h`, 'x\n'.repeat(index));
  repository.commit(authorOf(stayer), 'Comms');
  for (let index = 1; index <= 5; index += 1) repository.write(`ground/pass${index}.py`, 'import os\n');
  repository.commit({ name: 'lab', email: 'lab@pc.example' }, 'Ground');

  await goTo(page, 'Repositories');
  await page.getByRole('button', { name: 'New repository' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Flight software');
  await page.getByRole('button', { name: 'Create repository' }).click();
  const panel = await openRecord(page, 'Flight software');
  await panel.getByRole('tab', { name: 'Code' }).click();
  await answerDialogs(running, repository.folder);
  await panel.getByRole('button', { name: 'Choose folder…' }).click();
  await expect(noticeOf(page, 'Scanned Flight software: 3 commits')).toBeVisible({ timeout: 30_000 });
  await panel.getByRole('button', { name: 'Confirm all 2' }).click();
  await expect(panel.getByText('2 known authors')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^src\/adcs: 11 files, 100/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Show in Insights' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Flight software: src/adcs');
  // Plan the repair with its tasks, approve it, and merge a commit that names a task.
  await page.getByRole('button', { name: /^Plan repair/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(noticeOf(page, 'Planned 3 tasks')).toBeVisible();
  await page.getByRole('button', { name: 'Planned', exact: true }).click();
  const repair = page.getByRole('complementary', { name: 'Record' });
  await expect(repair.getByText('100 % when planned · 100 % now · 63.6 % expected')).toBeVisible();
  await repair.getByRole('button', { name: 'Approve' }).click();
  await expect(repair.getByText(/approved by/)).toBeVisible();
  await repair.getByRole('list', { name: 'Tasks' }).getByRole('button', { name: /^Let / }).click();
  const task = page.getByRole('complementary', { name: 'Record' });
  await expect(task.getByRole('heading', { level: 2 })).toContainText('Let ');
  const tasks = await runFrames(['tasks', 'list', '--workspace', workspace, '--json']);
  const id = (JSON.parse(tasks) as { rows: { id: string; title: string }[] }).rows.find(({ title }) =>
    title.startsWith('Let '),
  )?.id;
  for (const index of [11, 10, 9, 8]) repository.append(`src/adcs/control${index}.c`, 'x\n');
  repository.commit(authorOf(stayer), `Learn the controllers\n\nFrames-Task: ${id}`);
  await goTo(page, 'Repositories');
  await openRecord(page, 'Flight software');
  await panel.getByRole('button', { name: 'Scan again' }).click();
  await expect(noticeOf(page, 'Scanned Flight software: 4 commits')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Insights');
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('64 % of Flight software: src/adcs');
  await page.getByRole('button', { name: 'Planned', exact: true }).click();
  await repair.getByRole('button', { name: 'Mark as done' }).click();
  await expect(
    repair.getByText('100 % before · 63.6 % expected · 63.6 % after: 36.4 points better'),
  ).toBeVisible();
  await repair.getByRole('button', { name: 'Confirm effect' }).click();
  await expect(repair.getByText(/checked by/)).toBeVisible();
});
