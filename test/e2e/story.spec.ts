import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import type { Frames } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { backToLive, chooseMenu, clipboardOf, dropFile, takeSandbox } from './lib/hands.ts';
import type { Running } from './lib/launch.ts';
import { cellOf, countOf, goTo, noticeOf, rowOf } from './lib/window.ts';

const nameOf = (index: number): string => `Team ${String(index + 1).padStart(2, '0')}`;
const many = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join('\n');
const table = `Name,Discipline,Size\n${many(24, (index) => `${nameOf(index)},software,${index + 10}`)}\n`;

/** A cell of a team by the heading of its column. */
async function cellIn(page: Page, team: string, heading: string): Promise<Locator> {
  await expect(page.getByRole('columnheader', { name: heading })).toBeVisible();
  const all = await page.getByRole('columnheader').allInnerTexts();
  const named = all.map((text) => text.trim()).filter((text) => text !== '');
  // Before the first named column stands the box that picks the row.
  return rowOf(page, team)
    .getByRole('gridcell')
    .nth(named.indexOf(heading) + 1);
}

async function sizeIs(page: Page, team: string, size: string): Promise<void> {
  await expect.poll(async () => (await cellIn(page, team, 'Size')).innerText()).toBe(size);
}

async function importTable(running: Running, frames: Frames): Promise<void> {
  const { page } = running;
  const file = join(frames.folder, 'next-year.csv');
  writeFileSync(file, table);
  await dropFile(running, file);
  await page.getByRole('button', { name: 'Import 24 teams' }).click();
  await page.getByRole('button', { name: 'Show 24 teams' }).click();
  await expect(cellOf(page, 'Team 01')).toBeVisible();
}

async function changeTwentyInPlay(running: Running): Promise<void> {
  const { page } = running;
  await takeSandbox(running, 'Next year');
  await goTo(page, 'Teams');
  await (await cellIn(page, 'Team 01', 'Size')).click();
  await clipboardOf(
    running,
    many(20, (i) => `${i + 50}`),
  );
  await page.keyboard.press('Control+V');
  await expect(noticeOf(page, 'Pasted into 20 teams')).toBeVisible();
  await sizeIs(page, 'Team 10', '59');
  await backToLive(running);
}

test('import, try twenty changes in Play, promote half of them, undo it, back up, lose the file, recover it, verify', async ({
  frames,
}) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const workspace = join(frames.folder, 'Our programme');
  const running = await frames.startReady({ workspace });
  const { page, userData } = running;
  await importTable(running, frames);
  await changeTwentyInPlay(running);

  // Meanwhile somebody changes one of the twenty in live.
  await goTo(page, 'Teams');
  await (await cellIn(page, 'Team 01', 'Size')).click();
  await page.keyboard.type('33');
  await page.keyboard.press('Enter');
  await sizeIs(page, 'Team 01', '33');

  await goTo(page, 'Play');
  await page.getByRole('button', { name: 'Compare sandbox “Next year” with live' }).click();
  await expect(page.getByRole('heading', { name: 'Compare “Next year” with live' })).toBeVisible();
  for (let index = 10; index < 20; index++) {
    await page.getByRole('checkbox', { name: `Include “${nameOf(index)}”`, exact: true }).uncheck();
  }
  const conflict = page.getByRole('group', { name: 'Resolve “Team 01: Size”' });
  await conflict.getByRole('button', { name: 'Use sandbox' }).click();
  await page.getByRole('button', { name: 'Promote 10 records…' }).click();
  const asked = page.getByRole('dialog', { name: 'Promote “Next year” to live?' });
  await expect(asked.getByText('Changes 10 teams')).toBeVisible();
  await asked.getByRole('button', { name: 'Promote' }).click();
  await expect(noticeOf(page, '10 records promoted from “Next year”')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Teams');
  await sizeIs(page, 'Team 01', '50');
  await sizeIs(page, 'Team 10', '59');
  await sizeIs(page, 'Team 11', '20');
  await page.keyboard.press('Control+Z');
  await sizeIs(page, 'Team 01', '33');
  await sizeIs(page, 'Team 10', '19');

  await chooseMenu(running, 'data.backup');
  await expect(noticeOf(page, 'Backup made')).toBeVisible({ timeout: 30_000 });
  await frames.quit(running);

  const live = join(workspace, 'frames.sqlite');
  for (const end of ['-wal', '-shm']) rmSync(`${live}${end}`, { force: true });
  const damaged = readFileSync(live).fill(0xff, 0, 64 * 1024);
  writeFileSync(live, damaged);
  const again = await frames.start({ userData, workspace });
  const box = again.page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
  const offer = box.getByRole('region', { name: 'Restore a backup' });
  await expect(offer.getByText(/24 teams/)).toBeVisible();
  await box.getByRole('button', { name: 'Restore backup' }).click();
  await expect(noticeOf(again.page, /^Backup restored: /)).toBeVisible({ timeout: 60_000 });
  await expect(countOf(again.page, 'Teams')).toHaveText(/24$/);
  await goTo(again.page, 'Teams');
  await sizeIs(again.page, 'Team 01', '33');
  // What was damaged is kept, byte for byte, and what was tried is still there.
  const displaced = readdirSync(join(workspace, 'backups')).find((name) => name.startsWith('displaced-'));
  expect(readFileSync(join(workspace, 'backups', displaced ?? '', 'frames.sqlite')).equals(damaged)).toBe(
    true,
  );
  await goTo(again.page, 'Play');
  await expect(again.page.getByRole('heading', { name: 'Next year' })).toBeVisible();
  await frames.quit(again);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true, counts: { teams: 24 } });
});
