import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
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
