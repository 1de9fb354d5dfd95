import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { previewSalvage, salvageInto } from '#core/salvage/run.ts';
import { backUp } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import {
  damagePages,
  pagesOf,
  pagesOfRecords,
  recordsOf,
  salvageHere,
  salvaging,
} from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const iso = /^\d{4}-\d\d-\d\dT/;
const log = ['audit_logs', 'audit_transactions'];
const pagesOfAll = (workspace: TestWorkspace, tables: readonly string[]): number[] =>
  tables.flatMap((table) => pagesOf(workspace, table));

/** Teams of which a backup knows later changes than the older copy, which is put back; `late` was changed after the backup. */
async function olderCopy({ last = true } = {}): Promise<TestWorkspace> {
  const workspace = await testWorkspace({ template });
  const { files, clock } = workspace;
  const edit = async (id: string, size: number): Promise<void> => {
    clock.time += 1000;
    await workspace.as().entities.update({ type: 'team', id, data: { size } });
  };
  for (const id of ['grown', 'gone', 'same'])
    await workspace
      .as()
      .entities.create({ type: 'team', id, data: { name: id, university_id: 'uni-a', size: 5 } });
  await edit('grown', 6);
  await workspace.core.close();
  const older = readFileSync(files.live);
  await workspace.reopen();
  await edit('grown', 50);
  await workspace.as().entities.remove({ type: 'team', id: 'gone' });
  await workspace.as().entities.create({ type: 'team', id: 'new', data: { name: 'new' } });
  await backUp(workspace);
  if (last) await edit('grown', 51);
  await workspace.core.close();
  writeFileSync(files.live, older);
  for (const end of ['-wal', '-shm']) rmSync(`${files.live}${end}`, { force: true });
  return workspace;
}

const size = (folder: string, id: string): unknown =>
  (JSON.parse(recordsOf(folder).get(id)?.payload ?? '{}') as { size?: unknown }).size;

function expectBackup(folder: string, { grown = 50 } = {}): void {
  const now = recordsOf(folder);
  expect({ grown: size(folder, 'grown'), gone: now.get('gone')?.deleted, new: now.has('new') }).toEqual({
    grown,
    gone: true,
    new: true,
  });
}

const takenOf = ({ tables }: { tables: Record<string, { taken: number }> }): number =>
  Object.values(tables).reduce((sum, { taken }) => sum + taken, 0);

describe('an older copy of the file, with a newer backup', () => {
  test('overrides nothing of the backup, as reported', async () => {
    const { folder, files } = await olderCopy();
    const { report } = await salvageHere(folder);
    expectBackup(folder);
    expect(report).toMatchObject({ whole: false, unread: 0, left: [] });
    expect(report.older?.until).toMatch(iso);
    expect(report.missing).not.toHaveProperty('maybe');
    expect(takenOf(report)).toBe(0);
    expect((await verifyClosed(files)).ok).toBe(true);
  });

  test('and so in a workspace created elsewhere', async () => {
    const { folder } = await olderCopy();
    const into = `${testFolder()}/elsewhere`;
    const report = await salvageInto({ ...salvaging(folder), into });
    expectBackup(into);
    expect(takenOf(report)).toBe(0);
  });

  test('is complete if the backup has the last change, and none of it counts as left out', async () => {
    const { folder } = await olderCopy({ last: false });
    const report = await previewSalvage(salvaging(folder));
    expect(report).toMatchObject({ whole: true, missing: null, unread: 0, left: [] });
    expect(report.older?.until).toMatch(iso);
  });

  test.for([
    ['its log cannot be read', log],
    ['a part of its log cannot be read', ['audit_transactions']],
    ['another part of its log cannot be read', ['audit_logs']],
    ['nothing of its schema can be read', null],
  ] as const)('overrides nothing though %s', async ([, tables]) => {
    const workspace = await olderCopy();
    damagePages(workspace.folder, tables ? pagesOfAll(workspace, tables) : [1], () => 0);
    const { report } = await salvageHere(workspace.folder);
    expectBackup(workspace.folder);
    expect(takenOf(report)).toBe(0);
    expect(report.left).toEqual([]);
    expect((await verifyClosed(workspace.files)).ok).toBe(true);
  });

  test('overrides nothing although some of its unneeded rows are unreadable', async () => {
    const workspace = await olderCopy();
    damagePages(workspace.folder, [pagesOfRecords(workspace.folder).get('uni-a') ?? 0], () => 0);
    const { report } = await salvageHere(workspace.folder);
    expectBackup(workspace.folder);
    expect(takenOf(report)).toBe(0);
    expect(report.unread).toBe(0);
    expect(report.older?.until).toMatch(iso);
  });

  test('is not used for a row that rotted in it', async () => {
    const workspace = await olderCopy();
    const db = new Database(workspace.files.live);
    db.prepare("UPDATE teams SET payload = json_set(payload, '$.name', 'Forged') WHERE id = 'grown'").run();
    db.pragma('journal_mode = DELETE');
    db.close();
    await salvageHere(workspace.folder);
    expectBackup(workspace.folder);
    expect(recordsOf(workspace.folder).get('grown')?.payload).not.toContain('Forged');
  });
});

describe('rows without history, if the log of the file is unreadable', () => {
  /** Writes a row as it is, with a time of its own: what a change leaves whose history is lost. */
  function leave({ files }: TestWorkspace, id: string, at: string): void {
    const db = new Database(files.live);
    db.prepare(
      "UPDATE teams SET payload = json_set(payload, '$.size', 99), updated_at = ?, deleted_at = NULL WHERE id = ?",
    ).run(at, id);
    db.pragma('journal_mode = DELETE');
    db.close();
  }
  const time = ({ files }: TestWorkspace, id: string): number => {
    const db = new Database(files.live, { readonly: true });
    const { updated_at } = db.prepare('SELECT updated_at FROM teams WHERE id = ?').get(id) as {
      updated_at: string;
    };
    db.close();
    return Date.parse(updated_at);
  };

  test('are taken if the backup did not change the record since', async () => {
    const workspace = await olderCopy();
    leave(workspace, 'same', new Date(time(workspace, 'same') + 1).toISOString());
    damagePages(workspace.folder, pagesOfAll(workspace, log), () => 0);
    const { report } = await salvageHere(workspace.folder);
    expectBackup(workspace.folder);
    expect(size(workspace.folder, 'same')).toBe(99);
    expect(takenOf(report)).toBe(1);
  });

  test('are taken if a clock was set back after a change that the file has', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.as().entities.create({ type: 'team', id: 'back', data: { name: 'back', size: 1 } });
    await workspace.as().entities.create({ type: 'team', id: 'seen', data: { name: 'seen' } });
    await backUp(workspace);
    workspace.clock.time -= 86_400_000;
    await workspace.as().entities.update({ type: 'team', id: 'back', data: { size: 99 } });
    await workspace.core.close();
    damagePages(workspace.folder, pagesOfAll(workspace, log), () => 0);
    await salvageHere(workspace.folder);
    expect(size(workspace.folder, 'back')).toBe(99);
  });

  test.for(['grown', 'gone'])('override nothing that the backup did later: %s', async (id) => {
    const workspace = await olderCopy();
    leave(workspace, id, new Date(time(workspace, id) + 1).toISOString());
    damagePages(workspace.folder, pagesOfAll(workspace, log), () => 0);
    const { report } = await salvageHere(workspace.folder);
    expectBackup(workspace.folder);
    expect(takenOf(report)).toBe(0);
    expect(report.left).toMatchObject([{ id, why: 'contradicted' }]);
  });
});
