import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import { verifyWorkspace } from './lib/command.ts';
import { answerDialogs, chooseMenu } from './lib/hands.ts';
import { cellOf, countOf, goTo, noticeOf } from './lib/window.ts';

const name = 'Adaeze Mikkelsen';

/** Files of the workspace, other than backups and golden versions, that have the name in their bytes. */
const filesWithName = (workspace: string): string[] =>
  readdirSync(workspace, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.frames'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(name));

test('the file is checked and compacted, backups go to another drive, and a person is exported and erased', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page, userData } = running;

  await test.step('the file is checked and compacted, with a backup before it, and the window goes on', async () => {
    await goTo(page, 'Health');
    await expect(page.getByText('The file is intact.')).toBeVisible();
    await page.getByRole('button', { name: 'Verify workspace' }).click();
    await expect(page.getByText(/^Last full check/)).toBeVisible({ timeout: 30_000 });
    await chooseMenu(running, 'care.pack');
    const asked = page.getByRole('dialog', { name: 'Compact the file?' });
    await expect(asked.getByText(/^The file takes/)).toBeVisible();
    await asked.getByRole('button', { name: 'Compact', exact: true }).click();
    await expect(noticeOf(page, 'File compacted')).toBeVisible({ timeout: 60_000 });
    await expect(countOf(page, 'Teams')).toHaveText(/64$/);
    await goTo(page, 'Versions');
    await expect(page.getByText('Before compacting')).toBeVisible();
  });

  await test.step('backups go to another drive; where that is missing it is said, and another place can be chosen', async () => {
    const drive = join(userData, 'drive');
    mkdirSync(drive);
    await goTo(page, 'Health');
    const place = page.getByRole('region', { name: 'Backup folder' });
    await expect(place.getByText(/^In the workspace folder/)).toBeVisible();
    await answerDialogs(running, drive);
    await place.getByRole('button', { name: 'Choose another folder…' }).click();
    await expect(noticeOf(page, 'Backup folder changed')).toBeVisible({ timeout: 30_000 });
    await chooseMenu(running, 'data.backup');
    await expect(noticeOf(page, 'Backup made')).toBeVisible({ timeout: 30_000 });
    const [own = ''] = readdirSync(drive);
    expect(own).toMatch(/^frames-backups-/);
    expect(readdirSync(join(drive, own)).length).toBeGreaterThan(0);

    renameSync(drive, `${drive}-away`);
    await goTo(page, 'Versions');
    await expect(page.getByRole('heading', { name: 'Versions', level: 1 })).toBeVisible();
    await goTo(page, 'Health');
    await expect(place.getByRole('alert')).toContainText('Connect its drive, or choose another folder.');
    await place.getByRole('button', { name: 'Use default folder' }).click();
    await expect(noticeOf(page, 'Default backup folder in use')).toBeVisible({
      timeout: 30_000,
    });
    await expect(place.getByText(/^In the workspace folder/)).toBeVisible();
  });

  const workspace = join(userData, 'workspaces', 'Sample');
  await goTo(page, 'Students');
  await cellOf(page, name).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Personal data…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Personal data' });

  await test.step('the dialog names the places, and the backup with the day on which it is removed', async () => {
    await expect(dialog.getByText(/^Record · \d+ history entr/)).toBeVisible({ timeout: 30_000 });
    await expect(dialog.getByText(/^Removed by retention about/)).toBeVisible();
  });

  await test.step('everything held is exported to one file', async () => {
    const file = join(userData, 'person.json');
    await answerDialogs(running, file);
    await dialog.getByRole('button', { name: 'Export…' }).click();
    const asked = page.getByRole('dialog', { name: 'Export personal data' });
    await asked.getByRole('button', { name: 'Choose where…' }).click();
    await expect(noticeOf(page, 'Exported person.json')).toBeVisible({ timeout: 30_000 });
    const exported = JSON.parse(readFileSync(file, 'utf8')) as { places: { record: { name: string } }[] };
    expect(exported.places[0]?.record.name).toBe(name);
  });

  await test.step('erasing asks for the name, and leaves it in no file but the listed backup', async () => {
    expect(filesWithName(workspace)).not.toEqual([]);
    await dialog.getByRole('button', { name: 'Erase…' }).click();
    const asked = page.getByRole('dialog', { name: `Erase “${name}”` });
    const erase = asked.getByRole('button', { name: 'Erase permanently' });
    await expect(erase).toBeDisabled();
    await asked.getByRole('textbox').fill(name);
    await erase.click();
    await expect(noticeOf(page, /^Erased/)).toBeVisible({ timeout: 30_000 });
    await expect(countOf(page, 'Students')).toHaveText(/247$/);
    await expect(cellOf(page, name)).toHaveCount(0);
    expect(filesWithName(workspace)).toEqual([]);
  });

  await test.step('retention is set, and stays', async () => {
    await goTo(page, 'Health');
    const retention = page.getByRole('region', { name: 'Retention' });
    const archive = retention.getByRole('combobox', { name: 'Archive students who left after' });
    await expect(archive).toHaveValue('Never');
    await archive.click();
    await page.getByRole('option', { name: '2 years' }).click();
    await expect(noticeOf(page, 'Retention changed')).toBeVisible();
    await goTo(page, 'Students');
    await goTo(page, 'Health');
    await expect(archive).toHaveValue('2 years');
  });

  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true });
});
