import { readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleTarget } from '#main/arguments.ts';
import { expect, test } from './harness.ts';
import { answerDialogs, chooseMenu } from './lib/hands.ts';
import { goTo, noticeOf, openRecord, panelOf } from './lib/window.ts';

const content = 'Restart it with the grey switch. '.repeat(40);

/** The stored file with these bytes. */
function storedFile(workspace: string): string {
  const folder = join(workspace, 'documents');
  const path = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .find((candidate) => statSync(candidate).size === content.length);
  if (path === undefined) throw new Error('the file was not stored');
  return path;
}

test('a file is attached and saved; a damaged one is never saved, is named in Health, and is repaired from a backup', async ({
  frames,
}) => {
  const running = await frames.startReady();
  const { page, userData } = running;
  const notes = join(frames.folder, 'Switching notes.txt');
  writeFileSync(notes, content);

  await goTo(page, 'Documents');
  await page.getByRole('button', { name: 'New document' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Switching notes');
  await page.getByRole('button', { name: 'Create document' }).click();
  const panel = await openRecord(page, 'Switching notes');
  await answerDialogs(running, notes);
  await panel.getByRole('button', { name: 'Attach file…' }).click();
  await expect(panel.getByText('Search finds its words.')).toBeVisible();
  const saved = join(frames.folder, 'Saved.txt');
  await answerDialogs(running, saved);
  await panel.getByRole('button', { name: 'Save as…' }).click();
  await expect(noticeOf(page, 'Saved Saved.txt')).toBeVisible();
  expect(readFileSync(saved, 'utf8')).toBe(content);
  await chooseMenu(running, 'data.backup');
  await expect(noticeOf(page, 'Backup made')).toBeVisible({ timeout: 30_000 });

  const path = storedFile(sampleTarget(userData).workspace);
  truncateSync(path, 100);
  const wrong = join(frames.folder, 'Wrong.txt');
  await answerDialogs(running, wrong);
  await panel.getByRole('button', { name: 'Save as…' }).click();
  const refused = noticeOf(page, /^The stored file is not the one that was attached/);
  await expect(refused).toBeVisible();
  expect(() => readFileSync(wrong)).toThrow('ENOENT');

  // The notice belongs to the page.
  await goTo(page, 'Health');
  await expect(refused).toBeHidden();
  const finding = page.getByRole('listitem').filter({ hasText: 'Files of documents' });
  await expect(finding).toContainText('1 file cannot be used: Switching notes.');
  await finding.getByText('Details').click();
  await finding.getByRole('button', { name: 'Switching notes' }).click();
  await expect(panelOf(page).getByText(/^The stored file is not the one that was attached/)).toBeVisible();
  await panelOf(page).getByRole('button', { name: 'Repair file' }).click();
  await expect(noticeOf(page, '1 file repaired')).toBeVisible({ timeout: 30_000 });
  expect(readFileSync(path, 'utf8')).toBe(content);
  await expect(panelOf(page).getByText('Search finds its words.')).toBeVisible();
  await goTo(page, 'Health');
  await expect(finding).not.toContainText('cannot be used');
});
