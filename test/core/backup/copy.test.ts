import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { readHead } from '#core/audit/head.ts';
import { copyWorkspace } from '#core/backup/copy.ts';
import { schemaVersion } from '#core/db/migrate.ts';
import { workspaceFiles } from '#core/db/files.ts';
import { silentLog } from '#core/log.ts';
import { replayAudit } from '#test/support/replay.ts';
import { readLive } from '#test/support/live.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { TestClock } from '#test/support/seeded.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
interface Manifest {
  contents: { name: string; bytes: number; sha256: string }[];
  [field: string]: unknown;
}
const clock = (): TestClock => new TestClock(Date.UTC(2026, 2, 4, 5, 6, 7, 8), 0);
const copyOf = async (workspace: TestWorkspace, along?: string): Promise<string> =>
  join(
    workspace.files.backups,
    await copyWorkspace({ files: workspace.files, reason: 'import', clock: clock(), log: silentLog, along }),
  );
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;

describe('a copy of a workspace', () => {
  test('has a manifest that says what it is, why it was made, and what is in it', async () => {
    const workspace = await testWorkspace({ template });
    const folder = await copyOf(workspace);
    expect(folder.endsWith('20260304T050607008Z')).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['frames.sqlite', 'manifest.json']);
    const manifest = manifestOf(folder);
    expect(manifest).toMatchObject({
      format: 1,
      made: '2026-03-04T05:06:07.008Z',
      reason: 'import',
      schema_version: schemaVersion,
      counts: { teams: 2, universities: 2, interfaces: 1 },
      head: readHead(workspace.core.services.read),
    });
    for (const { name, bytes, sha256 } of manifest.contents) {
      const file = join(folder, name);
      expect(statSync(file).size).toBe(bytes);
      expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256);
    }
  });

  test('is a whole workspace of its own, the same to the last row, while others go on writing', async () => {
    const workspace = await testWorkspace({ template });
    const writing = Promise.all(
      Array.from({ length: 20 }, () =>
        workspace.as().entities.create({ type: 'university', data: { name: 'N' } }),
      ),
    );
    const folder = await copyOf(workspace);
    await writing;
    const db = new Database(join(folder, 'frames.sqlite'), { readonly: true });
    expect(replayAudit(db)).toEqual(readLive(db));
    db.close();
    expect(await verifyClosed({ ...workspaceFiles(folder), head: join(folder, 'none') })).toMatchObject({
      ok: true,
    });
    expect(readdirSync(folder).toSorted()).toEqual(['frames.sqlite', 'manifest.json']);
  });

  test('keeps the file with it that it was made for', async () => {
    const workspace = await testWorkspace({ template });
    const source = join(workspace.folder, '..', 'data.json');
    writeFileSync(source, '{"teams":[]}');
    const folder = await copyOf(workspace, source);
    expect(readFileSync(join(folder, 'source-data.json'), 'utf8')).toBe('{"teams":[]}');
    expect(manifestOf(folder).contents.map(({ name }) => name)).toEqual([
      'frames.sqlite',
      'source-data.json',
    ]);
  });

  test('never replaces another, even of the same moment', async () => {
    const workspace = await testWorkspace({ template });
    const folders = [await copyOf(workspace), await copyOf(workspace), await copyOf(workspace)];
    expect(new Set(folders).size).toBe(3);
    for (const folder of folders) expect(manifestOf(folder).reason).toBe('import');
  });

  test('that cannot be finished leaves nothing', async () => {
    const workspace = await testWorkspace({ template });
    await expect(copyOf(workspace, join(workspace.folder, 'no such file'))).rejects.toThrow('ENOENT');
    expect(readdirSync(workspace.files.backups)).toEqual([]);
    mkdirSync(join(workspace.folder, 'a-folder'));
    await expect(copyOf(workspace, join(workspace.folder, 'a-folder'))).rejects.toThrow(
      /EISDIR|ERR_FS_EISDIR|EPERM/,
    );
    expect(existsSync(workspace.files.live)).toBe(true);
    expect(readdirSync(workspace.files.backups)).toEqual([]);
  });

  test('of a file that is damaged is refused and leaves nothing', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    spoilTable(workspace.files.live, 'students');
    await expect(copyOf(workspace)).rejects.toThrow('does not pass its check');
    expect(readdirSync(workspace.files.backups)).toEqual([]);
  });

  test('is given up when it is cancelled, whenever that is', async () => {
    const workspace = await testWorkspace({ template });
    const before = new AbortController();
    before.abort();
    const options = { files: workspace.files, reason: 'import', clock: clock(), log: silentLog };
    await expect(copyWorkspace({ ...options, signal: before.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(readdirSync(workspace.files.backups)).toEqual([]);
  });
});
