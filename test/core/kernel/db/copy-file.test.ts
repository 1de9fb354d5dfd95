import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { copyFile } from '#core/kernel/db/copy-file.ts';
import { isLarge } from '#core/kernel/db/worker-queries.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { testFolder } from '#test/support/folder.ts';
import { readLive } from '#test/support/live.ts';
import { replayAudit } from '#test/support/replay.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { reserveTemporaryCopy, sweepTemporaryCopies } from '#core/kernel/db/temporary-copy.ts';

const log = silentLog;

/** A workspace whose file is so large that a thread copies it. */
async function large(): Promise<TestWorkspace> {
  const workspace = await testWorkspace();
  const { core, files } = workspace;
  const description = 'x'.repeat(8000);
  await core.services.queue.job(core.session(), 'a test', async (write) => {
    for (let number = 0; number < 300; number += 1)
      write.records.create({ type: 'team', id: `t${number}`, payload: { name: 'Team', description } });
  });
  core.services.queue.checkpoint();
  expect(isLarge(files.live)).toBe(true);
  return workspace;
}

describe('a copy of a large file', () => {
  test.each([false, true])(
    'is of one moment, whatever others write meanwhile, and a file by itself (passing: %s)',
    async (passing) => {
      const workspace = await large();
      const image = join(testFolder(), 'image');
      const over = new AbortController();
      let turns = 0;
      const writing = (async (): Promise<void> => {
        for (; !over.signal.aborted; turns += 1)
          await workspace
            .as()
            .entities.update({ type: 'team', id: `t${turns % 300}`, data: { size: turns + 1 } });
      })();
      const seen: number[] = [];
      const step = (done: number, total: number): number => seen.push(done, total);
      await copyFile(workspace.files.live, image, { log, step, isTemporary: passing });
      over.abort();
      await writing;
      expect(turns).toBeGreaterThan(1);
      expect(seen.length).toBeGreaterThan(0);
      expect(['-wal', '-shm', '-journal'].filter((end) => existsSync(`${image}${end}`))).toEqual([]);
      const copy = new Database(image, { readonly: true });
      expect(copy.pragma('journal_mode', { simple: true })).toBe('delete');
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(replayAudit(copy)).toEqual(readLive(copy));
      copy.close();
    },
  );

  test('that is deleted soon also has its empty pages', async () => {
    const folder = testFolder();
    const [file, image] = [join(folder, 'file'), join(folder, 'image')];
    const db = new Database(file);
    db.pragma('journal_mode = WAL');
    db.pragma('secure_delete = ON');
    db.exec(
      'CREATE TABLE t (x); INSERT INTO t WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT randomblob(3000) FROM n',
    );
    db.exec('DELETE FROM t WHERE rowid > 700');
    db.close();
    expect(isLarge(file)).toBe(true);
    await copyFile(file, image, { log, step: () => undefined, isTemporary: true });
    const copy = new Database(image, { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.prepare('SELECT count(*) FROM t').pluck().get()).toBe(700);
    copy.close();
  });

  test('can be cancelled, and then releases the file', async () => {
    const workspace = await large();
    const { files } = workspace;
    const image = join(testFolder(), 'image');
    const stop = (): never => {
      throw new Error('given up');
    };
    await expect(copyFile(files.live, image, { log, step: stop })).rejects.toThrow('given up');
    await workspace.core.close();
    const alone = new Database(files.live, { timeout: 0 });
    alone.pragma('locking_mode = EXCLUSIVE');
    alone.exec('BEGIN EXCLUSIVE; COMMIT');
    alone.close();
  });

  test('of a missing file or no database fails with SQLite’s error', async () => {
    const { files } = await large();
    const folder = testFolder();
    const step = (): void => undefined;
    await expect(copyFile(join(folder, 'none'), join(folder, 'image'), { log, step })).rejects.toMatchObject({
      code: 'SQLITE_CANTOPEN',
    });
    const nowhere = join(folder, 'no', 'folder', 'image');
    await expect(copyFile(files.live, nowhere, { log, step })).rejects.toThrow(
      /directory does not exist|Error/,
    );
    expect(existsSync(nowhere)).toBe(false);
  });
});

test('a reserved copy is not swept before it is written, and the last one leaves nothing behind', () => {
  const folder = testFolder();
  const mine = reserveTemporaryCopy(folder, 'a');
  reserveTemporaryCopy(folder, 'b').remove();
  sweepTemporaryCopies(folder);
  writeFileSync(mine.data, 'what is retrieved', { flag: 'wx' });
  mine.remove();
  expect(existsSync(mine.folder)).toBe(false);
});

test('reservations of ended processes are swept', () => {
  const folder = testFolder();
  const mine = reserveTemporaryCopy(folder, 'a');
  for (const end of ['', '.held']) writeFileSync(join(mine.folder, `${2 ** 22 + 1}-ab.sqlite${end}`), '');
  sweepTemporaryCopies(folder);
  expect(readdirSync(mine.folder).every((name) => name.startsWith(`${process.pid}-a`))).toBe(true);
});
