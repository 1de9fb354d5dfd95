import { expect, test } from './harness.ts';
import { runFrames } from './lib/command.ts';
import { connectRepository, planRepair, writeFlightSoftware } from './lib/flight-software.ts';
import { goTo, noticeOf, openRecord } from './lib/window.ts';

test('from code that nobody will know to a merged change, without a server', async ({ frames }) => {
  const running = await frames.startReady();
  const { page } = running;
  const software = await writeFlightSoftware(running);
  const { repository, workspace, stayer } = software;
  const panel = await connectRepository(running, software);
  await expect(panel.getByRole('button', { name: /^src\/adcs.*100/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Show in Insights' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toContainText('100 % of Flight software: src/adcs');

  const repair = await planRepair(running);
  await expect(repair.getByText('100 % when planned · 100 % now · 63.6 % expected')).toBeVisible();
  await repair.getByRole('button', { name: 'Approve' }).click();
  await expect(repair.getByText(/approved by/)).toBeVisible();

  // The commit of the proposed author, on the proposed files.
  const listed = await runFrames(['tasks', 'list', '--workspace', workspace, '--json']);
  const tasks = (JSON.parse(listed) as { rows: { id: string; title: string }[] }).rows;
  const task = tasks.find(({ title }) => title.startsWith('Let '))?.id;
  for (const index of [11, 10, 9, 8]) repository.append(`src/adcs/control${index}.c`, 'x\n');
  repository.commit(stayer, `Learn the controllers\n\nFrames-Task: ${task}`);
  await goTo(page, 'Repositories');
  await openRecord(page, 'Flight software');
  await panel.getByRole('button', { name: 'Scan again' }).click();
  await expect(noticeOf(page, 'Scanned Flight software: 4 commits')).toBeVisible({ timeout: 30_000 });

  await goTo(page, 'Insights');
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await expect(heading).toContainText('64 % of Flight software: src/adcs');
  await page.getByRole('button', { name: 'Planned', exact: true }).click();
  await expect(repair.getByText(/· done/)).toBeVisible();
  await repair.getByRole('button', { name: 'Mark as done' }).click();
  const effect = '100 % before · 63.6 % expected · 63.6 % after: 36.4 points better';
  await expect(repair.getByText(effect)).toBeVisible();
  await repair.getByRole('button', { name: 'Confirm effect' }).click();
  await expect(repair.getByText(/checked by/)).toBeVisible();
});
