import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { ask } from './lib/ask.ts';
import { verifyWorkspace } from './lib/command.ts';
import { answerDialogs, chooseMenu, dropFile, ready } from './lib/hands.ts';
import { cellOf, countOf, goTo, noticeOf } from './lib/window.ts';

const legacy = join(root, 'test', 'fixtures', 'frames_data.json');

test('a dropped file is previewed, imported in one change, undone and redone', async ({ frames }) => {
  const workspace = join(frames.folder, 'Imported');
  const first = await frames.start({ workspace });
  const { page } = first;
  await ready(first);
  await dropFile(first, legacy);
  await expect(page.getByRole('heading', { name: 'Import “frames_data.json”' })).toBeVisible();
  await expect(
    page.getByText(/3 projects, 8 teams, 3 faculty members and 11 links will be added/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Import 25 records' }).click();
  await expect(page.getByRole('heading', { name: 'Imported “frames_data.json”' })).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/8$/);

  // The folder of backups is shown by the system, once there is one.
  rmSync(join(workspace, 'backups'), { recursive: true, force: true });
  await chooseMenu(first, 'workspace.backups');
  await expect(noticeOf(page, 'This workspace has no backups yet')).toBeVisible();
  mkdirSync(join(workspace, 'backups'));
  const shown = (): Promise<string[]> =>
    ask(() => first.app.evaluate(() => (globalThis as { shown?: string[] }).shown ?? []));
  await ask(() =>
    first.app.evaluate(({ shell }) => {
      shell.openPath = (path) => {
        Object.assign(globalThis, { shown: [path] });
        return Promise.resolve('');
      };
    }),
  );
  await chooseMenu(first, 'workspace.backups');
  await expect.poll(shown).toEqual([join(workspace, 'backups')]);

  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByRole('heading', { name: /undone$/ })).toBeVisible();
  await expect(countOf(page, 'Teams')).toHaveText(/0$|Teams$/);
  await page.getByRole('button', { name: 'Redo import' }).click();
  await expect(countOf(page, 'Teams')).toHaveText(/8$/);
  await page.getByRole('button', { name: 'Show 8 teams' }).click();
  await expect(cellOf(page, 'Onboard Software')).toBeVisible();
  await frames.quit(first);

  expect(await verifyWorkspace(workspace)).toMatchObject({
    ok: true,
    counts: { teams: 8, faculty: 3, projects: 3, interfaces: 11 },
  });
  const second = await frames.start({ workspace });
  await goTo(second.page, 'Links');
  await expect(second.page.getByRole('grid', { name: 'Links, 11 rows' })).toBeVisible();
  await goTo(second.page, 'History');
  await expect(second.page.getByText(/Imported .*frames_data\.json/).first()).toBeVisible();
});

test('a file is chosen in the dialog, imported, and exported to an equal file', async ({ frames }) => {
  const running = await frames.start({ workspace: join(frames.folder, 'W') });
  const { page } = running;
  await ready(running);
  await answerDialogs(running, null);
  await chooseMenu(running, 'file.import');
  await expect(page.getByRole('heading', { name: /^Import “frames_data/ })).toBeHidden();

  await answerDialogs(running, legacy);
  await chooseMenu(running, 'file.import');
  await page.getByRole('button', { name: 'Import 25 records' }).click();
  await expect(page.getByRole('heading', { name: 'Imported “frames_data.json”' })).toBeVisible();

  const out = join(frames.folder, 'out.json');
  await answerDialogs(running, out);
  await chooseMenu(running, 'file.export');
  await expect(page.getByText('Exported 25 records to “out.json”')).toBeVisible();
  const [before, after] = [legacy, out].map(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, { id: string; name?: string }[]>,
  );
  for (const list of ['teams', 'faculty', 'projects', 'interfaces']) {
    const idsOf = (file: typeof before): Set<string> => new Set(file?.[list]?.map(({ id }) => id));
    expect(idsOf(after)).toEqual(idsOf(before));
  }
});
