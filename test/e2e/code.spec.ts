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
  await page.screenshot({ path: '/tmp/shots/code-1.png' });
  await panel.getByRole('button', { name: 'Confirm all 2' }).click();
  await expect(panel.getByText('2 known authors')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^src\/adcs: 11 files, 100/ })).toBeVisible();
  await page.screenshot({ path: '/tmp/shots/code-2.png' });
  await panel.getByRole('button', { name: 'Show in Insights' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Flight software: src/adcs');
  await page.screenshot({ path: '/tmp/shots/code-3.png' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: '/tmp/shots/code-4.png' });
});
