import { existsSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VacuumOptions } from '#core/care/vacuum.ts';
import { listBackups } from '#core/versions/list.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { migrateWorkspace } from '#core/workspace/migrate.ts';
import { testFolder } from '#test/support/folder.ts';
import { bytesIn, lastRow, tablesOf } from '#test/support/restore.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { vacuum } from '#test/support/vacuum.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** A closed workspace. */
async function given(): Promise<TestWorkspace> {
  const workspace = await testWorkspace({ template });
  await workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
  await workspace.core.close();
  return workspace;
}

/** It is refused or broken off, and every file is as it was. */
async function leavesAll(workspace: TestWorkspace, more: Partial<VacuumOptions> = {}): Promise<unknown> {
  const before = bytesIn(workspace.folder);
  const error: unknown = await vacuum(workspace.folder, more).then(
    () => 'packed',
    (reason: unknown) => reason,
  );
  expect(error).not.toBe('packed');
  expect(bytesIn(workspace.folder)).toEqual(before);
  return error;
}

describe('packing the live file', () => {
  test('shrinks the file and changes nothing else; it is audited, and undo skips it', async () => {
    const workspace = await testWorkspace({ template });
    workspace.raw((db) => {
      db.exec('CREATE TABLE room (x BLOB); INSERT INTO room VALUES (zeroblob(3000000)); DROP TABLE room');
    });
    const { replica } = await workspace.as().workspace.info({});
    await workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
    await workspace.core.close();
    const [before, upTo] = [tablesOf(workspace.files), lastRow(workspace.files)];
    const done = await vacuum(workspace.folder);
    expect(done.before - done.after).toBeGreaterThan(2_500_000);
    expect(tablesOf(workspace.files, upTo)).toEqual(before);
    expect(await verifyClosed(workspace.files)).toMatchObject({ ok: true });
    await workspace.reopen();
    const ada = workspace.as();
    const [last] = (await ada.history.list({ limit: 1 })).rows;
    const { op_id, ...params } = done;
    expect(last).toMatchObject({ op_id, label: 'workspace.vacuumed', params, actor: { name: 'Ada' } });
    expect((await ada.workspace.info({})).replica).toBe(replica);
    expect(await listBackups(workspace.files.backups)).toMatchObject([{ id: done.safety, reason: 'vacuum' }]);
    await ada.history.undo({});
    const { rows } = await ada.entities.list({ type: 'team' });
    expect(rows.map(({ title }) => title)).not.toContain('Late');
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('changes nothing of whatever was done before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: fc.string({ minLength: 1 }), gone: fc.boolean() }), { maxLength: 12 }),
        (teams) =>
          withWorkspace(template, async (workspace) => {
            for (const { name, gone } of teams) {
              const data = { name: `T ${name}` };
              const { record } = await workspace.as().entities.create({ type: 'team', data });
              if (gone) await workspace.as().entities.remove({ type: 'team', id: record.id });
            }
            await workspace.core.close();
            const [before, upTo] = [tablesOf(workspace.files), lastRow(workspace.files)];
            await vacuum(workspace.folder);
            expect(tablesOf(workspace.files, upTo)).toEqual(before);
            expect(await verifyClosed(workspace.files)).toMatchObject({ ok: true });
          }),
      ),
      { numRuns: 4 },
    );
  });

  test('leaves everything unchanged if cancelled before SQLite begins', async () => {
    const workspace = await given();
    const already = new AbortController();
    already.abort();
    expect(await leavesAll(workspace, { signal: already.signal })).toMatchObject({ code: 'CANCELLED' });
    for (const step of ['copying', 'storing', 'rereading']) {
      const stop = new AbortController();
      const onProgress: VacuumOptions['onProgress'] = (told) => void (told.step === step && stop.abort());
      const error = await leavesAll(workspace, { onProgress, signal: stop.signal });
      expect(error).toMatchObject({ code: 'CANCELLED' });
    }
  });
});

describe('packing is refused', () => {
  test('while anybody has the workspace open', async () => {
    const workspace = await testWorkspace({ template });
    const error: unknown = await vacuum(workspace.folder).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'BUSY' });
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('to non-admins', async () => {
    const workspace = await given();
    expect(await leavesAll(workspace, { actor: 'Eve' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(existsSync(workspace.files.backups)).toBe(false);
  });

  test('without space on the disk', async () => {
    const workspace = await given();
    const error = await leavesAll(workspace, { freeBytesOf: () => Promise.resolve(1000) });
    expect(error).toMatchObject({ code: 'WORKSPACE', data: { reason: 'full' } });
  });

  test('for a damaged file, an older schema, and a missing file', async () => {
    const workspace = await given();
    truncateSync(workspace.files.live, 60_000);
    expect(await leavesAll(workspace)).toMatchObject({ code: 'WORKSPACE', data: { reason: 'damaged' } });
    rmSync(workspace.files.live);
    expect(await leavesAll(workspace)).toMatchObject({ code: 'WORKSPACE', data: { reason: 'missing' } });
    const nowhere = join(testFolder(), 'nowhere');
    await expect(vacuum(nowhere)).rejects.toMatchObject({ code: 'WORKSPACE' });
    expect(existsSync(nowhere)).toBe(false);
    const older = await given();
    await migrateWorkspace({
      workspace: older.folder,
      target: 1,
      ...systemServices(),
      log: silentLog,
      holder: { kind: 'test', label: 'a test' },
    });
    expect(await leavesAll(older)).toMatchObject({ data: { reason: 'older' } });
  });
});
