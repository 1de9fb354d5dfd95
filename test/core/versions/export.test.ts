import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBackup } from '#core/versions/list.ts';
import { useCheapKeys } from '#test/support/cheap-keys.ts';
import { backUp, bytesOut, fileOf, namesIn, restore, verify } from '#test/support/backup.ts';
import { exportTo, stateOf, addFrom } from '#test/support/backup-file.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { flipBit } from '#test/support/damage.ts';
import { testFolder } from '#test/support/folder.ts';
import { noon, season } from '#test/support/prune.ts';
import { refusalIn, refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

useCheapKeys();
const template = await makeTemplate(preparePeople);
const crowd = await crowdTemplate();

async function made() {
  const workspace = await testWorkspace({ template });
  const [backup] = await season(workspace, [1]);
  const file = join(testFolder(), 'one.frames');
  return { workspace, id: backup?.id ?? '', file };
}

describe('a backup as one file', () => {
  test('is taken back by another workspace to the last byte', async () => {
    const from = await testWorkspace({ template: crowd });
    const backup = await backUp(from, { reason: 'import', clock: noon(3) });
    const file = join(testFolder(), 'one.frames');
    expect(await exportTo(from, backup.id, file)).toEqual({
      id: backup.id,
      file: 'one.frames',
      bytes: readFileSync(file).length,
    });
    const to = await testWorkspace({ seed: 5 });
    const own = await backUp(to);
    const taken = await addFrom(to, file);
    expect(taken).toMatchObject({
      id: backup.id,
      made: backup.made,
      reason: 'import',
      counts: backup.counts,
      workspace: backup.workspace,
    });
    expect(namesIn(to)).toEqual([taken.id, own.id].toSorted());
    expect(bytesOut(to.files.backups, taken.id).equals(bytesOut(from.files.backups, backup.id))).toBe(true);
    expect(readFileSync(file).equals(readFileSync(fileOf(from, backup.id)))).toBe(true);
    expect(await readBackup(to.files.backups, taken.id)).toMatchObject({
      head: backup.head,
      app: backup.app,
      schema_version: backup.schema_version,
    });
    expect(await verify(to, taken.id)).toMatchObject({ ok: true });
    const into = join(testFolder(), 'again');
    expect(await restore(to, taken.id, into)).toMatchObject({ counts: backup.counts });
  });

  test('that exists already is recognised, however often, and not added again', async () => {
    const { workspace, id, file } = await made();
    await exportTo(workspace, id, file);
    const before = stateOf(workspace);
    for (let times = 0; times < 3; times += 1)
      expect(await addFrom(workspace, file)).toMatchObject({ id, already: true });
    expect(stateOf(workspace)).toEqual(before);
    const elsewhere = await testWorkspace({ seed: 5 });
    expect(await addFrom(elsewhere, file)).toMatchObject({ id, already: false });
    const secret = join(testFolder(), 'secret.frames');
    await exportTo(workspace, id, secret, { passphrase: 'a long passphrase' });
    const again = await addFrom(elsewhere, secret, { passphrase: 'a long passphrase' });
    expect(again).toMatchObject({ id, already: true });
    expect(namesIn(elsewhere)).toEqual([id]);
  });

  test('takes the place of one that is damaged', async () => {
    const { workspace, id, file } = await made();
    await exportTo(workspace, id, file);
    flipBit(fileOf(workspace, id), 0.3);
    expect(await verify(workspace, id)).toMatchObject({ ok: false });
    const taken = await addFrom(workspace, file);
    expect(await verify(workspace, taken.id)).toMatchObject({ ok: true });
  });

  test('works through the contract, by tickets', async () => {
    const { workspace, id, file } = await made();
    const { grants } = workspace.core.services;
    const ada = workspace.as();
    const written = await resultOf(await ada.backups.exportFile({ id, grant: grants.issue(file, 'write') }));
    expect(written).toMatchObject({ id, file: 'one.frames' });
    const taken = await resultOf(await ada.backups.importFile({ grant: grants.issue(file, 'read') }));
    expect(taken).toMatchObject({ id, already: true });
    const vic = workspace.as('Vic').backups.importFile({ grant: grants.issue(file, 'read') });
    await refused('FORBIDDEN', vic.then(resultOf));
    const own = workspace.as().backups.importFile({ grant: grants.issue(workspace.files.live, 'read') });
    expect(await refused('BAD_FILE', own.then(resultOf))).toMatchObject({ data: { reason: 'own_file' } });
  });
});

describe('writing it', () => {
  test('cancelled leaves nothing behind, and keeps existing files', async () => {
    const { workspace, id, file } = await made();
    for (const there of [false, true]) {
      if (there) writeFileSync(file, 'mine');
      const stop = new AbortController();
      const onProgress = (): void => stop.abort();
      const call = exportTo(workspace, id, file, {
        replace: true,
        signal: stop.signal,
        onProgress,
      });
      await refused('CANCELLED', call);
      expect(readdirSync(join(file, '..'))).toEqual(there ? ['one.frames'] : []);
    }
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('removes remains of a killed one, and nothing that is still written', async () => {
    const { workspace, id, file } = await made();
    const gone = 2 ** 22 + 1;
    const minutes = {
      [`old-${process.pid}`]: 70,
      [`own-${process.pid}`]: 50,
      [`a-${gone}`]: 2,
      [`b-${gone}`]: 0,
    };
    for (const [name, age] of Object.entries(minutes)) {
      const part = join(file, '..', `.frames-${name}.part`);
      const written = Date.now() / 1000 - age * 60;
      writeFileSync(part, 'half');
      utimesSync(part, written, written);
    }
    await exportTo(workspace, id, file);
    expect(readdirSync(join(file, '..')).toSorted()).toEqual([
      `.frames-b-${gone}.part`,
      `.frames-own-${process.pid}.part`,
      'one.frames',
    ]);
  });

  test('of a damaged backup leaves nothing', async () => {
    const { workspace, id, file } = await made();
    flipBit(fileOf(workspace, id), 0.3);
    expect(await refused('BACKUP', exportTo(workspace, id, file))).toMatchObject({
      data: { reason: 'damaged' },
    });
    renameSync(fileOf(workspace, id), `${file}.away`);
    expect(await refused('BACKUP', exportTo(workspace, id, file))).toMatchObject({
      data: { reason: 'missing' },
    });
    expect(await refused('BACKUP', exportTo(workspace, '../x', file))).toMatchObject({
      data: { reason: 'missing' },
    });
    expect(readdirSync(join(file, '..'))).toEqual(['one.frames.away']);
  });

  test('over the workspace or among its backups is refused', async () => {
    const { workspace, id } = await made();
    const { live, head, backups } = workspace.files;
    mkdirSync(join(backups, 'mine'));
    const before = stateOf(workspace);
    const own = fileOf(workspace, id);
    for (const path of [live, head, own, join(backups, 'x.frames'), join(backups, 'mine', 'x.frames')]) {
      const refusal = await exportTo(workspace, id, path).catch(refusalIn);
      expect(refusal).toMatchObject({ code: 'BAD_FILE', data: { reason: 'own_file' } });
    }
    const nowhere = exportTo(workspace, id, join(testFolder(), 'no', 'x.frames'));
    expect(await refused('BAD_FILE', nowhere)).toMatchObject({ data: { reason: 'no_folder' } });
    expect(stateOf(workspace)).toEqual(before);
  });
});
