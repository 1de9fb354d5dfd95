import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { previewSalvage } from '#core/salvage/run.ts';
import { backUp, fileOf } from '#test/support/backup.ts';
import { flipBit } from '#test/support/damage.ts';
import { restoreHere } from '#test/support/restore.ts';
import {
  damagePages,
  page,
  pagesOf,
  pagesOfRecords,
  recordsOf,
  salvageHere,
  salvaging,
} from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const late = { type: 'team' as const, id: 'late', data: { name: 'Late', university_id: 'uni-a' } };

describe('salvaging', () => {
  test('reads changes that are only in the WAL', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.as().entities.create(late);
    const { live } = workspace.files;
    const [bytes, wal] = [readFileSync(live), readFileSync(`${live}-wal`)];
    await workspace.core.close();
    // As a process leaves it that was killed; its last transaction was cut off.
    writeFileSync(live, bytes.fill(0xff, 0, 100));
    writeFileSync(`${live}-wal`, Buffer.concat([wal, wal.subarray(32, 2000)]));
    expect(bytes.includes('"Late"')).toBe(false);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ left: [], whole: true });
    expect(recordsOf(workspace.folder).has('late')).toBe(true);
    expect((await verifyClosed(workspace.files)).ok).toBe(true);
  });

  test('takes rows if the log is gone, leaves out dangling ones, and names them', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    const gone = pagesOfRecords(workspace.folder).get('uni-a') ?? 0;
    const log = [...pagesOf(workspace, 'audit_logs'), ...pagesOf(workspace, 'audit_transactions')];
    damagePages(workspace.folder, [...log, gone], () => 0);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: null, transactions: 0, whole: false });
    const named = report.left.map(({ type, id, why }) => ({ type, id, why }));
    expect(named).toContainEqual({ type: 'project', id: 'project-a', why: 'refers' });
    expect(recordsOf(workspace.folder).has('project-a')).toBe(false);
    expect((await verifyClosed(workspace.files)).ok).toBe(true);
    await workspace.reopen();
    const ada = workspace.as('Ada');
    expect((await ada.workspace.info({})).actor.role).toBe('admin');
    // It is an act: what can be undone is what is done from now on.
    expect((await ada.history.steps({})).undo).toEqual([]);
  });

  test('recomputes hidden and dangling records, whatever the rows say', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.as().entities.remove({ type: 'team', id: 'team-a' });
    await workspace.core.close();
    const db = new Database(workspace.files.live);
    const derived = `SELECT (SELECT hidden FROM interfaces WHERE id = 'link') AS hidden, id, dangling FROM students ORDER BY id`;
    const expected = db.prepare(derived).all();
    expect(expected).toMatchObject([{ hidden: 1, dangling: 1 }, { dangling: 0 }]);
    db.exec('UPDATE interfaces SET hidden = 0; UPDATE students SET dangling = 1 - dangling');
    db.pragma('journal_mode = DELETE');
    db.close();
    const log = [...pagesOf(workspace, 'audit_logs'), ...pagesOf(workspace, 'audit_transactions')];
    damagePages(workspace.folder, log, () => 0);
    expect((await salvageHere(workspace.folder)).report.left).toEqual([]);
    const made = new Database(workspace.files.live, { readonly: true });
    expect(made.prepare(derived).all()).toEqual(expected);
    made.close();
    expect((await verifyClosed(workspace.files)).ok).toBe(true);
  });

  test('leaves out links with a lost end, and clears references to lost records', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    const gone = pagesOfRecords(workspace.folder).get('team-a') ?? 0;
    const log = [...pagesOf(workspace, 'audit_logs'), ...pagesOf(workspace, 'audit_transactions')];
    damagePages(workspace.folder, [...log, gone], () => 0);
    const { report } = await salvageHere(workspace.folder);
    expect(report.left).toMatchObject([{ type: 'interface', id: 'link', why: 'refers' }]);
    await workspace.reopen();
    const student = await workspace.as('Ada').entities.get({ type: 'student', id: 'student-a' });
    expect(student.payload).toMatchObject({ name: 'Alpine student' });
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('creates an admin if none is readable', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.as().entities.create({ type: 'risk-factor', id: 'lone', data: { factor_name: 'L' } });
    await workspace.core.close();
    const log = ['audit_logs', 'audit_transactions', 'profiles'].flatMap((table) =>
      pagesOf(workspace, table),
    );
    damagePages(workspace.folder, log, () => 0);
    await salvageHere(workspace.folder);
    const profiles = [...recordsOf(workspace.folder).values()].filter(({ type }) => type === 'profile');
    expect(profiles.map(({ payload }) => JSON.parse(payload) as unknown)).toEqual([
      { name: 'Owner', role: 'admin', university_id: null },
    ]);
    expect(recordsOf(workspace.folder).has('lone')).toBe(true);
  });

  test('prefers the log if a row was changed without it', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    const db = new Database(workspace.files.live);
    db.prepare("UPDATE teams SET payload = json_set(payload, '$.name', 'Forged') WHERE id = 'team-a'").run();
    db.pragma('journal_mode = DELETE');
    db.close();
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ whole: true, left: [{ id: 'team-a', why: 'contradicted' }] });
    expect(recordsOf(workspace.folder).get('team-a')?.payload).not.toContain('Forged');
  });

  test('does not start with the backup of displaced records', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await backUp(workspace);
    await workspace.as().entities.create({ ...late, id: 'displaced' });
    await workspace.core.close();
    await restoreHere(workspace.folder, id);
    await workspace.reopen();
    await workspace.as().entities.create(late);
    await workspace.core.close();
    damagePages(workspace.folder, [1], () => 0);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: { id }, whole: true });
    const now = recordsOf(workspace.folder);
    expect([now.has('late'), now.has('displaced')]).toEqual([true, false]);
  });

  test('starts with an earlier backup if the newest is damaged, and reports it', async () => {
    const workspace = await testWorkspace({ template });
    const first = await backUp(workspace);
    await workspace.as().entities.create(late);
    const second = await backUp(workspace);
    await workspace.core.close();
    flipBit(fileOf(workspace, second.id), 0.5);
    damagePages(workspace.folder, [1], () => 0);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: { id: first.id }, spoiled: [second.id], whole: true });
    expect(recordsOf(workspace.folder).has('late')).toBe(true);
  });

  test('refuses a newer schema and a missing file, and changes nothing', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    const { live } = workspace.files;
    const db = new Database(live);
    db.pragma('user_version = 999');
    db.close();
    const bytes = readFileSync(live);
    const newer = { code: 'WORKSPACE', data: { reason: 'newer' } };
    await expect(previewSalvage(salvaging(workspace.folder))).rejects.toMatchObject(newer);
    expect(readFileSync(live).equals(bytes)).toBe(true);
    writeFileSync(live, Buffer.alloc(page * 3));
    const refused = { code: 'WORKSPACE', data: { reason: 'damaged' } };
    await expect(salvageHere(workspace.folder)).rejects.toMatchObject(refused);
    expect(readFileSync(live).equals(Buffer.alloc(page * 3))).toBe(true);
    rmSync(live);
    await expect(salvageHere(workspace.folder)).rejects.toMatchObject({
      code: 'WORKSPACE',
      data: { reason: 'lost' },
    });
  });
});
