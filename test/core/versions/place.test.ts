import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { setBackupsFolder, placeOfBackups } from '#core/versions/backup-folders.ts';
import { listBackups } from '#core/versions/list.ts';
import { placeFile } from '#core/kernel/backups-folder.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { backUp, verify } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import { bytesIn, restoreHere } from '#test/support/restore.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** A closed workspace, and a drive beside it. */
async function given() {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  const drive = join(testFolder(), 'drive');
  mkdirSync(drive);
  const choose = (into: string | null, actor?: string) =>
    setBackupsFolder({ workspace: workspace.folder, into, actor, log: silentLog });
  return { workspace, drive, choose, now: () => ({ files: workspaceFiles(workspace.folder) }) };
}
const gone = { code: 'WORKSPACE', data: { reason: 'no_backups_place' } };

describe('another place for backups', () => {
  test('takes them all, and gives them back', async () => {
    const { workspace, drive, choose, now } = await given();
    writeFileSync(join(drive, 'holiday.jpg'), 'mine');
    const place = await choose(drive);
    expect(place).toMatchObject({ usual: false, there: true });
    expect(place.folder.startsWith(join(drive, 'frames-backups-'))).toBe(true);
    const { id } = await backUp(now());
    await backUp(now());
    expect(existsSync(join(workspace.folder, 'backups'))).toBe(false);
    expect((await verify(now(), id)).ok).toBe(true);
    await restoreHere(workspace.folder, id);
    expect(await listBackups(place.folder)).toHaveLength(3);
    expect(await verifyClosed(workspace.files)).toMatchObject({ ok: true });
    expect(await choose(null)).toMatchObject({ usual: true, folder: join(workspace.folder, 'backups') });
    expect(await listBackups(now().files.backups)).toEqual([]);
    expect(await choose(drive)).toEqual(place);
    expect(await listBackups(now().files.backups)).toHaveLength(3);
  });

  test('that is missing is reported, also if an empty folder has its path; nothing is created', async () => {
    const { workspace, drive, choose, now } = await given();
    const { folder } = await choose(drive);
    const { id } = await backUp(now());
    renameSync(drive, `${drive}-away`);
    for (const mount of [false, true]) {
      if (mount) mkdirSync(drive);
      const before = bytesIn(workspace.folder);
      for (const work of [
        () => backUp(now()),
        () => verify(now(), id),
        () => listBackups(now().files.backups),
        () => restoreHere(workspace.folder, id),
      ])
        await expect(work()).rejects.toMatchObject(gone);
      await expect(backUp(now())).rejects.toThrow(folder);
      expect(bytesIn(workspace.folder)).toEqual(before);
      expect(existsSync(join(workspace.folder, 'backups'))).toBe(false);
      expect(placeOfBackups(workspace.folder)).toMatchObject({ there: false });
    }
    expect(readdirSync(drive)).toEqual([]);
    await workspace.reopen();
    const { findings } = await resultOf(await workspace.as().care.health({}));
    expect(findings.find(({ id: what }) => what === 'place')).toMatchObject({
      state: 'warn',
      code: 'place.missing',
      params: { folder },
    });
    await workspace.core.close();
    rmSync(drive, { recursive: true });
    renameSync(`${drive}-away`, drive);
    expect(await listBackups(now().files.backups)).toMatchObject([{ id }]);
  });

  test.each([
    ['nonsense', '{'],
    ['another form', '{"format":2,"folder":"/x/frames-backups-w"}'],
    ['a folder of another name', '{"format":1,"folder":"/etc"}'],
    ['a path from nowhere', '{"format":1,"folder":"frames-backups-w"}'],
    ['nothing', ''],
  ])('that a file says with %s is no place: nothing goes to the usual one', async (_, text) => {
    const { workspace, now } = await given();
    writeFileSync(placeFile(workspace.folder), text);
    await expect(backUp(now())).rejects.toMatchObject(gone);
    await expect(backUp(now())).rejects.toThrow('backups.place.json');
    expect(existsSync(join(workspace.folder, 'backups'))).toBe(false);
  });

  test('is refused if invalid: missing, a file, in the workspace, or a link in its place', async () => {
    const { workspace, drive, choose } = await given();
    writeFileSync(join(drive, 'file'), '');
    const before = bytesIn(workspace.folder);
    const bad = { code: 'WORKSPACE', data: { reason: 'bad_backups_place' } };
    for (const into of [join(drive, 'no'), join(drive, 'file'), workspace.folder])
      await expect(choose(into)).rejects.toMatchObject(bad);
    const { folder } = await choose(drive);
    await choose(null);
    rmSync(folder, { recursive: true });
    symlinkSync(workspace.folder, folder);
    await expect(choose(drive)).rejects.toMatchObject(bad);
    expect(bytesIn(workspace.folder)).toEqual(before);
  });

  test('is changed by admins, while the workspace is closed', async () => {
    const { workspace, drive, choose } = await given();
    await expect(choose(drive, 'Eve')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(readdirSync(drive)).toEqual([]);
    await workspace.reopen();
    await expect(choose(drive)).rejects.toMatchObject({ code: 'BUSY' });
    expect(placeOfBackups(workspace.folder).usual).toBe(true);
  });

  test('is found for an unreadable workspace, whose remains are moved aside there', async () => {
    const { workspace, drive, choose, now } = await given();
    await choose(drive);
    const { id } = await backUp(now());
    rmSync(placeFile(workspace.folder));
    writeFileSync(workspace.files.live, 'no database any more');
    await expect(choose(testFolder())).rejects.toMatchObject({ code: 'WORKSPACE' });
    await choose(drive);
    const { displaced } = await restoreHere(workspace.folder, id);
    expect(existsSync(join(workspace.folder, 'backups', displaced ?? '', 'frames.sqlite'))).toBe(true);
    expect(await verifyClosed(workspace.files)).toMatchObject({ ok: true });
  });
});
