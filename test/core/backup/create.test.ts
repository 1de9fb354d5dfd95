import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { readHead } from '#core/log/audit/head.ts';
import { listBackups } from '#core/backup/list.ts';
import type { BackupManifest } from '#core/backup/manifest.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { backUp as create, bytesOut, namesIn, packFile, takeOut, verify } from '#test/support/backup.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { flipBit } from '#test/support/damage.ts';
import { replayAudit } from '#test/support/replay.ts';
import { readLive } from '#test/support/live.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { TestClock } from '#test/support/seeded.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const crowd = await crowdTemplate();
const clock = (): TestClock => new TestClock(Date.UTC(2026, 2, 4, 5, 6, 7, 8), 0);
const backUp = (workspace: TestWorkspace, along?: string): Promise<BackupManifest> =>
  create(workspace, { reason: 'import', clock: clock(), along });

describe('a backup of a workspace', () => {
  test('has a manifest that says what it is, why it was made, and what is in it', async () => {
    const workspace = await testWorkspace({ template });
    const made = await backUp(workspace);
    expect(made.id).toBe('20260304T050607008Z');
    expect(readdirSync(join(workspace.files.backups, made.id))).toEqual(['manifest.json']);
    expect(made).toMatchObject({
      format: 2,
      made: '2026-03-04T05:06:07.008Z',
      reason: 'import',
      schema_version: schemaVersion,
      workspace: (await workspace.as().workspace.info({})).id,
      counts: { teams: 2, universities: 2, interfaces: 1 },
      head: readHead(workspace.core.services.read),
    });
    expect(made.contents.map(({ name }) => name)).toEqual(['live']);
    expect(made.packs).toHaveLength(1);
    expect(await listBackups(workspace.files.backups)).toMatchObject([
      { id: made.id, reason: 'import', contents: ['live'], problem: null, added: made.packs[0]?.bytes },
    ]);
  });

  test('holds a whole workspace, the same to the last row, while others go on writing', async () => {
    const workspace = await testWorkspace({ template: crowd });
    let [committed, whileCopying] = [0, 0];
    const copied = new AbortController();
    const writing = (async (): Promise<void> => {
      for (; !copied.signal.aborted; committed += 1)
        await workspace.as().entities.create({ type: 'university', data: { name: 'N' } });
    })();
    const tell = ({ step, done, total }: Progress): void => {
      if (step === 'copying' && done < (total ?? 0)) whileCopying = committed;
      if (step !== 'copying') copied.abort();
    };
    const { id } = await create(workspace, { tell });
    await writing;
    expect(whileCopying).toBeGreaterThan(1);
    const file = await takeOut(workspace.files.backups, id);
    const db = new Database(file, { readonly: true });
    expect(replayAudit(db)).toEqual(readLive(db));
    db.close();
    const folder = join(file, '..');
    expect(await verifyClosed({ ...workspaceFiles(folder), head: join(folder, 'none') })).toMatchObject({
      ok: true,
    });
  });

  test('keeps the file with it that it was made for', async () => {
    const workspace = await testWorkspace({ template });
    const source = join(workspace.folder, '..', 'data.json');
    writeFileSync(source, '{"teams":[]}');
    const { id, contents } = await backUp(workspace, source);
    expect(contents.map(({ name }) => name)).toEqual(['live', 'source-data.json']);
    expect((await bytesOut(workspace.files.backups, id, 'source-data.json')).toString()).toBe('{"teams":[]}');
  });

  test('stores only what no earlier one holds, and each can be read', async () => {
    const workspace = await testWorkspace({ template });
    for (let number = 0; number < 400; number += 1)
      await workspace
        .as()
        .entities.create({ type: 'team', data: { name: `Team ${number}`, description: 'x'.repeat(900) } });
    const first = await backUp(workspace);
    const same = await backUp(workspace);
    expect(same).toMatchObject({ added: 0, packs: first.packs });
    await workspace.as().entities.create({ type: 'team', data: { name: 'One more' } });
    const third = await backUp(workspace);
    expect(third.packs).toHaveLength(2);
    expect(third.added).toBeLessThan(first.added / 4);
    const counts = async ({ id }: BackupManifest): Promise<unknown> => {
      const db = new Database(await takeOut(workspace.files.backups, id), { readonly: true });
      const found = db.prepare('SELECT count(*) FROM teams').pluck().get();
      db.close();
      return found;
    };
    expect([await counts(first), await counts(same), await counts(third)]).toEqual([402, 402, 403]);
  });

  test('does not build upon one whose packs are damaged', async () => {
    const workspace = await testWorkspace({ template });
    const [pack] = (await backUp(workspace)).packs;
    writeFileSync(packFile(workspace, pack?.sha256), 'not a pack');
    const next = await backUp(workspace);
    expect(next.added).toBe(pack?.bytes);
    expect((await bytesOut(workspace.files.backups, next.id, 'live')).length).toBeGreaterThan(0);
  });

  test('does not build upon a pack of which a single byte has rotted: its pages are stored anew', async () => {
    const workspace = await testWorkspace({ template });
    const first = await backUp(workspace);
    const pack = first.packs[0]?.sha256 ?? '';
    flipBit(packFile(workspace, pack), 0.3);
    expect(await verify(workspace, first.id)).toMatchObject({ ok: false });
    await workspace.as().entities.create({ type: 'team', data: { name: 'One more' } });
    const next = await backUp(workspace);
    expect(next.packs.map(({ sha256 }) => sha256)).not.toContain(pack);
    expect(await verify(workspace, next.id)).toMatchObject({ ok: true });
    // What can be built upon still is.
    expect((await backUp(workspace)).added).toBe(0);
  });

  test('never replaces another, even of the same moment', async () => {
    const workspace = await testWorkspace({ template });
    const ids = [await backUp(workspace), await backUp(workspace), await backUp(workspace)].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(3);
    expect((await listBackups(workspace.files.backups)).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('that cannot be finished leaves nothing', async () => {
    const workspace = await testWorkspace({ template });
    await expect(backUp(workspace, join(workspace.folder, 'no such file'))).rejects.toThrow('ENOENT');
    expect(namesIn(workspace)).toEqual([]);
    mkdirSync(join(workspace.folder, 'a-folder'));
    await expect(backUp(workspace, join(workspace.folder, 'a-folder'))).rejects.toThrow(/EISDIR|EPERM/);
    expect(existsSync(workspace.files.live)).toBe(true);
    expect(namesIn(workspace)).toEqual([]);
  });

  test('of a file that is damaged is refused and leaves nothing', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    spoilTable(workspace.files.live, 'students');
    await expect(backUp(workspace)).rejects.toMatchObject({
      code: 'WORKSPACE',
      data: { reason: 'damaged' },
      message: expect.stringMatching(/^The workspace is damaged: .*\. No backup was made of it/) as string,
    });
    expect(namesIn(workspace)).toEqual([]);
  });

  test('is given up when it is cancelled, at whichever step', async () => {
    const workspace = await testWorkspace({ template });
    await backUp(workspace);
    const kept = namesIn(workspace);
    const packs = readdirSync(join(workspace.files.backups, 'packs'));
    await workspace.as().entities.create({ type: 'team', data: { name: 'Other' } });
    for (const wanted of [null, 'copying', 'comparing', 'storing', 'rereading']) {
      const stop = new AbortController();
      if (wanted === null) stop.abort();
      const tell = ({ step }: { step: string }): void => {
        if (step === wanted) stop.abort();
      };
      const given = create(workspace, { signal: stop.signal, tell });
      await expect(given).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(namesIn(workspace)).toEqual(kept);
      expect(readdirSync(join(workspace.files.backups, 'packs'))).toEqual(packs);
    }
  });
});
