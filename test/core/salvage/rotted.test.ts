import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { recordsOf, salvageHere } from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { Pages } from '#core/salvage/pages.ts';
import { readWal } from '#core/salvage/wal.ts';

const template = await makeTemplate(preparePeople);
const day = 86_400_000;

/** Changes a row behind the log, as a disk does. */
function rot({ files }: TestWorkspace, set: string): void {
  const db = new Database(files.live);
  db.prepare(`UPDATE teams SET ${set} WHERE id = 'team-a'`).run();
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** A team written while the clock was ahead by a day, and one after it was set right. */
async function clockSetBack(): Promise<TestWorkspace> {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  workspace.clock.time += day;
  await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 7 } });
  workspace.clock.time -= day;
  return workspace;
}

const forged = `payload = json_set(payload, '$.name', 'Forged')`;
const refused = { whole: true, left: [{ id: 'team-a', why: 'contradicted' }] };

describe('a rotted row with an intact log', () => {
  test('is not taken though the clock was set back', async () => {
    const workspace = await clockSetBack();
    await workspace.as().entities.update({ type: 'team', id: 'team-b', data: { size: 7 } });
    await workspace.core.close();
    rot(workspace, forged);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject(refused);
    expect(recordsOf(workspace.folder).get('team-a')?.payload).not.toContain('Forged');
  });

  test('is not taken though the damage hit its time too', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    rot(workspace, `${forged}, updated_at = '9' || substr(updated_at, 2)`);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject(refused);
    expect(recordsOf(workspace.folder).get('team-a')?.payload).not.toContain('Forged');
  });

  test('is not taken if the head lags and the clock was set back', async () => {
    const workspace = await clockSetBack();
    const { head } = workspace.files;
    const before = readFileSync(head);
    await workspace.as().entities.update({ type: 'team', id: 'team-b', data: { size: 7 } });
    await workspace.core.close();
    writeFileSync(head, before);
    rot(workspace, forged);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject(refused);
    expect(recordsOf(workspace.folder).get('team-a')?.payload).not.toContain('Forged');
  });
});

/** Files whose beginning the system refuses with EIO, as a disk does with bad sectors: there is one on Linux. */
const refusing = ['/proc/self/mem'].filter((file) => existsSync(file));

test.each(refusing)('a beginning that the disk does not give out is a page less: %s', (file) => {
  const pages = new Pages(file);
  expect({ bytes: pages.pageBytes, first: pages.page(1) }).toEqual({ bytes: 4096, first: null });
  pages.close();
  expect(readWal(file)).toBeNull();
});

test('without a file there are no pages and no log', () => {
  const pages = new Pages('/nowhere/frames.sqlite');
  expect([pages.pageCount, pages.page(1), readWal('/nowhere/frames.sqlite-wal')]).toEqual([0, null, null]);
  pages.close();
});
