import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { answerDialogs, chooseMenu } from './lib/hands.ts';
import { countOf } from './lib/window.ts';

const legacy = join(root, 'test', 'fixtures', 'frames_data.json');

test('pasted cells and a FRAMES file are imported, and exported', async ({ frames }) => {
  const workspace = join(frames.folder, 'W');
  const running = await frames.startReady({ workspace });
  const { page } = running;
  await test.step('cells that are pasted are a table too', async () => {
    await chooseMenu(running, 'go.import');
    await page.getByRole('heading', { name: 'Import a file' }).waitFor();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'Project\tDuration\nOrbiter\t2 years\nLander\t18\n');
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    });
    await expect(page.getByRole('combobox', { name: 'Each row is a' })).toHaveValue('Project');
    await page.getByRole('button', { name: 'Import 2 projects' }).click();
    await expect(countOf(page, 'Projects')).toHaveText(/2$/);
    await chooseMenu(running, 'go.import');
    await expect(page.getByRole('heading', { name: 'Import a file' })).toBeVisible();
  });

  await test.step('a FRAMES file is chosen in the dialog, imported, and exported with its records', async () => {
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
    await expect(page.getByText(/^Exported \d+ records to “out\.json”/)).toBeVisible();
    const [before, after] = [legacy, out].map(
      (file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, { id: string; name?: string }[]>,
    );
    for (const list of ['teams', 'faculty', 'projects', 'interfaces']) {
      const idsOf = (file: typeof before): string[] => file?.[list]?.map(({ id }) => id) ?? [];
      expect(idsOf(after)).toEqual(expect.arrayContaining(idsOf(before)));
    }
  });

  await frames.quit(running);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true });
});
