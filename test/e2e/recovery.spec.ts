import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spoilTable } from '#test/support/spoil.ts';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { runFrames } from './lib/command.ts';
import { answerDialogs } from './lib/hands.ts';
import { countOf, goTo, noticeOf } from './lib/window.ts';

test('corruption found during work leads to recovery, which salvages the readable records', async ({
  frames,
}) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const workspace = frames.prepareSample();
  const live = join(workspace, 'frames.sqlite');
  spoilTable(live, 'teams');
  const running = await frames.start();
  const { page, userData } = running;
  await goTo(page, 'Teams');
  await expect(page.getByText('The workspace file is corrupt').first()).toBeVisible();
  await expect(page.getByText('Read-only: file corrupt')).toBeVisible();
  const corrupt = readFileSync(live);
  await page.getByRole('button', { name: 'Close and recover…' }).first().click();
  const box = page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
  const offer = box.getByRole('region', { name: 'Salvage readable records' });
  await expect(offer.getByText(/^Salvaging recovers .*64 teams/)).toBeVisible({ timeout: 60_000 });

  const copy = join(userData, 'support.tgz');
  await answerDialogs(running, copy);
  const help = box.getByRole('region', { name: 'Get help' });
  await help.getByRole('button', { name: 'Save support file…' }).press('Enter');
  await expect(help.getByRole('status')).toHaveText(`Saved “${copy}”`, { timeout: 30_000 });
  expect(existsSync(copy)).toBe(true);

  await offer.getByRole('button', { name: 'Salvage records' }).press('Enter');
  await expect(noticeOf(page, /^Salvaged: /)).toBeVisible({ timeout: 60_000 });
  await expect(countOf(page, 'Teams')).toHaveText(/64$/);
  const displaced = readdirSync(join(workspace, 'backups')).find((name) => name.startsWith('displaced-'));
  const kept = readFileSync(join(workspace, 'backups', displaced ?? '', 'frames.sqlite'));
  expect(kept.equals(corrupt)).toBe(true);
  await goTo(page, 'Teams');
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('an older copy of the file leads to recovery, and is opened on request', async ({ frames }) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const workspace = frames.prepareSample();
  const [live, old] = [join(workspace, 'frames.sqlite'), join(frames.folder, 'old.sqlite')];
  copyFileSync(live, old);
  await runFrames(['entities', 'create', 'team', '--data', '{"name":"Late"}', '--workspace', workspace]);
  copyFileSync(old, live);

  const { page } = await frames.start();
  const box = page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
  await expect(box.getByText(/changes until .* are missing/)).toBeVisible();
  await expect(box.getByText(/^Changes from .* to .* are lost\.$/)).toBeVisible({ timeout: 60_000 });
  const take = box.getByRole('region', { name: 'Open with this file' });
  const open = take.getByRole('button', { name: 'Open with this file' });
  await expect(open).toBeDisabled();
  await accessible(page, 'a file in which changes are missing');
  await take.getByRole('checkbox').check();
  await open.click();
  await expect(countOf(page, 'Teams')).toHaveText(/64$/, { timeout: 60_000 });
  await expect(page.getByText('File accepted as it is')).toBeVisible();
});
