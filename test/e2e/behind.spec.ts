import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './harness.ts';
import { accessible } from './lib/axe.ts';
import { runFrames } from './lib/command.ts';
import { countOf } from './lib/window.ts';

test('an older copy of the file leads to recovery, and is opened on request', async ({ frames }) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const running = await frames.start();
  const { userData } = running;
  await expect(countOf(running.page, 'Teams')).toHaveText(/64$/);
  await frames.quit(running);
  const folder = join(userData, 'workspaces', 'Sample');
  const [live, old] = [join(folder, 'frames.sqlite'), join(userData, 'old.sqlite')];
  copyFileSync(live, old);
  await runFrames(['entities', 'create', 'team', '--data', '{"name":"Late"}', '--workspace', folder]);
  copyFileSync(old, live);

  const { page } = await frames.start({ userData });
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

test('a foreign WAL is set aside on request, and the records are there', async ({ frames }) => {
  frames.expectTrouble(/data process (ended|failed)/);
  const running = await frames.start();
  const { userData } = running;
  await expect(countOf(running.page, 'Teams')).toHaveText(/64$/);
  await frames.quit(running);
  const folder = join(userData, 'workspaces', 'Sample');
  const log = join(folder, 'frames.sqlite-wal');
  await runFrames(['seed', '--size', 'small', '--workspace', join(userData, 'other')]);
  const other = new Database(join(userData, 'other', 'frames.sqlite'));
  // As long as somebody reads, what is written stays in the log.
  other.exec('BEGIN');
  other.prepare('SELECT count(*) FROM teams').get();
  const late = ['entities', 'create', 'team', '--data', '{"name":"Late"}'];
  await runFrames([...late, '--workspace', join(userData, 'other')]);
  copyFileSync(join(userData, 'other', 'frames.sqlite-wal'), log);
  other.close();

  const { page } = await frames.start({ userData });
  const box = page.getByRole('alertdialog', { name: 'Your records cannot be reached' });
  await expect(box.getByText(/is a log of another file/)).toBeVisible();
  await expect(page.getByRole('contentinfo', { name: 'Status' }).getByText('Not connected')).toBeAttached();
  await accessible(page, 'the log of another file');
  await box.getByRole('button', { name: 'Open without this log' }).click();
  await expect(countOf(page, 'Teams')).toHaveText(/64$/, { timeout: 60_000 });
  await expect(page.getByText('Foreign log quarantined')).toBeVisible();
  const [aside = ''] = readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('displaced-'));
  expect(readdirSync(join(folder, 'backups', aside))).toContain('frames.sqlite-wal');
});
