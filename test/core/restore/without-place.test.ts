import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listBackups } from '#core/versions/list.ts';
import { setBackupsFolder } from '#core/versions/backup-folders.ts';
import { placeFile } from '#core/kernel/backups-folder.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { acceptFile } from '#core/restore/accept.ts';
import { previewSalvage, salvageInPlace } from '#core/salvage/run.ts';
import { systemServices } from '#core/kernel/system.ts';
import { backUp } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { restoreHere } from '#test/support/restore.ts';
import { salvageHere } from '#test/support/salvage.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, openSeeded, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** A closed workspace with a backup of its own, whose backups lie on a drive since that is not connected now. */
async function unplugged() {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  const early = readFileSync(workspace.files.live);
  const { id } = await backUp(workspace);
  const drive = join(testFolder(), 'drive');
  mkdirSync(drive);
  const { folder } = workspace;
  const place = await setBackupsFolder({ workspace: folder, into: drive, log: silentLog });
  await workspace.reopen();
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  renameSync(drive, `${drive}-unplugged`);
  const how = {
    files: workspaceFiles(folder),
    folder,
    ...systemServices(),
    log: silentLog,
    onProgress: () => {},
    signal: new AbortController().signal,
    holder: { kind: 'test' as const, label: 'a test' },
    owner: 'Ada',
  };
  return { workspace, folder, id, early, how, drive, place, readFrom: join(folder, 'backups') };
}

/** What the history says of what was done last. */
async function latest(folder: string) {
  const core = await openSeeded({ folder, seed: 7 });
  try {
    return (await core.client(core.session()).history.list({ limit: 1 })).rows[0];
  } finally {
    await core.close();
  }
}

describe('with the drive of backups not connected', () => {
  test('a backup in the workspace replaces a file damaged in its middle', async () => {
    const { workspace, folder, id, readFrom } = await unplugged();
    spoilTable(workspace.files.live, 'teams');
    const done = await restoreHere(folder, id, { readFrom });
    expect(done).toMatchObject({ id, safety: null });
    expect(done.displaced).toMatch(/^displaced-/);
  });

  test('the readable parts of a file damaged in its middle replace it', async () => {
    const { workspace, id, how } = await unplugged();
    spoilTable(workspace.files.live, 'teams');
    const done = await salvageInPlace({ ...how, recovery: true, actor: null });
    expect(done).toMatchObject({ safety: null, report: { backup: { id } } });
  });

  test('the readable parts are salvaged if no other backups are available', async () => {
    const { workspace, how, readFrom } = await unplugged();
    rmSync(readFrom, { recursive: true });
    spoilTable(workspace.files.live, 'teams');
    expect(await previewSalvage(how)).toMatchObject({ backup: null });
    expect(await salvageInPlace({ ...how, actor: null })).toMatchObject({ report: { backup: null } });
  });

  test('a backup in the workspace replaces an older copy, which is backed up there', async () => {
    const { workspace, folder, id, early, readFrom } = await unplugged();
    writeFileSync(workspace.files.live, early);
    const done = await restoreHere(folder, id, { readFrom });
    expect(done).toMatchObject({ id, safety_usual: true, displaced: null });
    expect((await listBackups(readFrom)).map((one) => one.id)).toEqual([done.safety, id]);
    expect(await latest(folder)).toMatchObject({
      label: 'workspace.restored',
      params: { safety: done.safety, safety_usual: true },
    });
  });

  test('an older copy can be accepted, and is backed up in the workspace first', async () => {
    const { workspace, folder, early, how, readFrom } = await unplugged();
    writeFileSync(workspace.files.live, early);
    const done = await acceptFile({ ...how, recovery: true, actor: null });
    expect(done).toMatchObject({ reason: 'behind', safety_usual: true });
    expect((await listBackups(readFrom))[0]).toMatchObject({ id: done?.safety, reason: 'restore' });
    expect(await latest(folder)).toMatchObject({
      label: 'workspace.accepted',
      params: { safety: done?.safety, safety_usual: true },
    });
  });

  test('a complete file is not replaced: connect the drive, because its contents are backed up there', async () => {
    const { workspace, folder, id, readFrom } = await unplugged();
    const before = readFileSync(workspace.files.live);
    const gone = { code: 'WORKSPACE', data: { reason: 'no_backups_place' } };
    expect(await restoreHere(folder, id, { readFrom }).catch(refusalIn)).toMatchObject(gone);
    expect(await salvageHere(folder).catch(refusalIn)).toMatchObject(gone);
    expect(readFileSync(workspace.files.live).equals(before)).toBe(true);
    expect(await listBackups(readFrom)).toHaveLength(1);
  });

  test('admins can choose another folder for an older copy', async () => {
    const { workspace, folder, early } = await unplugged();
    writeFileSync(workspace.files.live, early);
    const choose = (actor?: string) =>
      setBackupsFolder({ workspace: folder, into: null, actor, log: silentLog });
    expect(await choose('Vic').catch(refusalIn)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await choose()).toMatchObject({ usual: true });
  });

  test('the owner of the backups is found even if the record of their folder is unreadable', async () => {
    const { folder, id } = await unplugged();
    rmSync(join(folder, 'frames.sqlite'));
    writeFileSync(placeFile(folder), 'rubbish');
    const readFrom = join(folder, 'backups');
    expect(await restoreHere(folder, id, { readFrom, recovery: true, actor: null })).toMatchObject({ id });
  });
});
