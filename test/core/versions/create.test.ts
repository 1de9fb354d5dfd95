import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { readHead } from '#core/log/audit/head.ts';
import { listBackups } from '#core/versions/list.ts';
import type { BackupManifest } from '#core/versions/manifest.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { backUp as create, namesIn, takeOut } from '#test/support/backup.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { replayAudit } from '#test/support/replay.ts';
import { readLive } from '#test/support/live.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { TestClock } from '#test/support/seeded.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const crowd = await crowdTemplate();
const clock = (): TestClock => new TestClock(Date.UTC(2026, 2, 4, 5, 6, 7, 8), 0);
const backUp = (workspace: TestWorkspace): Promise<BackupManifest> =>
  create(workspace, { reason: 'import', clock: clock() });

describe('a backup of a workspace', () => {
  test('has a manifest with its content, reason and counts', async () => {
    const workspace = await testWorkspace({ template });
    const made = await backUp(workspace);
    expect(made.id).toBe('20260304T050607008Z');
    expect(namesIn(workspace)).toEqual([made.id]);
    expect(made).toMatchObject({
      kind: 'backup',
      made: '2026-03-04T05:06:07.008Z',
      reason: 'import',
      schema_version: schemaVersion,
      workspace: (await workspace.as().workspace.info({})).id,
      counts: { teams: 2, universities: 2, interfaces: 1 },
      head: readHead(workspace.core.services.read),
    });
    expect(await listBackups(workspace.files.backups)).toMatchObject([
      { id: made.id, reason: 'import', inside: [], problem: null, bytes: made.bytes },
    ]);
  });

  test('contains the complete workspace to the last row, during writes of others', async () => {
    const workspace = await testWorkspace({ template: crowd });
    let [committed, whileCopying] = [0, 0];
    const copied = new AbortController();
    const writing = (async (): Promise<void> => {
      for (; !copied.signal.aborted; committed += 1)
        await workspace.as().entities.create({ type: 'university', data: { name: 'N' } });
    })();
    const onProgress = ({ step, done, total }: Progress): void => {
      if (step === 'copying' && done < (total ?? 0)) whileCopying = committed;
      if (step !== 'copying') copied.abort();
    };
    const { id } = await create(workspace, { onProgress });
    await writing;
    expect(whileCopying).toBeGreaterThan(1);
    const file = takeOut(workspace.files.backups, id);
    const db = new Database(file, { readonly: true });
    expect(replayAudit(db)).toEqual(readLive(db));
    db.close();
    const folder = join(file, '..');
    expect(await verifyClosed({ ...workspaceFiles(folder), head: join(folder, 'none') })).toMatchObject({
      ok: true,
    });
  });

  test('never replaces another, even of the same moment', async () => {
    const workspace = await testWorkspace({ template });
    const ids = [await backUp(workspace), await backUp(workspace), await backUp(workspace)].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(3);
    expect((await listBackups(workspace.files.backups)).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('that cannot be synced to disk leaves nothing behind', async () => {
    const workspace = await testWorkspace({ template });
    const sync = (): Promise<void> => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
    await expect(create(workspace, { sync })).rejects.toMatchObject({ data: { reason: 'unreadable' } });
    expect(namesIn(workspace)).toEqual([]);
  });

  test('of records that contradict the log is refused', async () => {
    const workspace = await testWorkspace({ template });
    workspace.raw((db) => db.exec("UPDATE teams SET payload = json_set(payload, '$.name', 'Other')"));
    await expect(backUp(workspace)).rejects.toMatchObject({ data: { reason: 'damaged' } });
    expect(namesIn(workspace)).toEqual([]);
    const published = workspace.as().golden.publish({}).then(resultOf);
    await expect(published).rejects.toMatchObject({ data: { reason: 'damaged' } });
  });

  test('of a file that is damaged is refused and leaves nothing', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    spoilTable(workspace.files.live, 'students');
    await expect(backUp(workspace)).rejects.toMatchObject({
      code: 'WORKSPACE',
      data: { reason: 'damaged' },
      message: expect.stringMatching(/^The workspace file is corrupt: .*\. Nothing was changed/) as string,
    });
    expect(namesIn(workspace)).toEqual([]);
  });

  test('cancelled at any step leaves nothing behind', async () => {
    const workspace = await testWorkspace({ template });
    await backUp(workspace);
    const kept = namesIn(workspace);
    await workspace.as().entities.create({ type: 'team', data: { name: 'Other' } });
    for (const wanted of [null, 'copying', 'storing', 'rereading']) {
      const stop = new AbortController();
      if (wanted === null) stop.abort();
      const onProgress = ({ step }: { step: string }): void => {
        if (step === wanted) stop.abort();
      };
      const given = create(workspace, { signal: stop.signal, onProgress });
      await expect(given).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(namesIn(workspace)).toEqual(kept);
    }
  });
});
