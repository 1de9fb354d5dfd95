import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { queryInWorker } from '#core/kernel/db/worker-queries.ts';
import { root } from '#scripts/lib/paths.ts';
import { testFolder } from '#test/support/folder.ts';
import { testWorkspace } from '#test/support/workspace.ts';

describe('a query in a separate thread', () => {
  test('is answered as SQLite answers it, in one state of the file that is open here', async () => {
    const workspace = await testWorkspace();
    await workspace.as().entities.create({ type: 'team', id: 't', data: { name: 'Thermal' } });
    const queries = ['PRAGMA integrity_check(20)', 'SELECT id, deleted_at FROM teams', 'SELECT 1 WHERE 0'];
    expect(await queryInWorker(workspace.files.live, queries)).toEqual([
      [{ integrity_check: 'ok' }],
      [{ id: 't', deleted_at: null }],
      [],
    ]);
    // The thread has gone, and its locks are its own: writing goes on.
    await workspace.as().entities.update({ type: 'team', id: 't', data: { size: 3 } });
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('releases none of this process’s locks on the file', async () => {
    const { core, files } = await testWorkspace();
    const attempt = `
      const Database = require('better-sqlite3');
      const db = new Database(process.argv[1], { timeout: 0 });
      try { db.exec('BEGIN IMMEDIATE'); console.log('written'); } catch (error) { console.log(error.code); }
    `;
    const elsewhere = (): string =>
      execFileSync(process.execPath, ['-e', attempt, files.live], { cwd: root, encoding: 'utf8' }).trim();
    const seen = await core.services.queue.job(core.session(), 'a test', async () => {
      await queryInWorker(files.live, ['PRAGMA integrity_check']);
      return elsewhere();
    });
    expect(seen).toBe('SQLITE_BUSY');
    expect(elsewhere()).toBe('written');
  });

  test('does not block other work', async () => {
    const { files } = await testWorkspace();
    let turns = 0;
    let turning = setImmediate(function turn() {
      turns += 1;
      turning = setImmediate(turn);
    });
    const long =
      'WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT count(*) FROM n';
    await queryInWorker(files.live, [long]).finally(() => clearImmediate(turning));
    expect(turns).toBeGreaterThan(1);
  });

  test('fails with SQLite’s error', async () => {
    const folder = testFolder();
    const text = join(folder, 'text.sqlite');
    writeFileSync(text, 'no database, by no means one, but long enough to be looked at '.repeat(40));
    const ask = (file: string, query = 'SELECT 1 FROM sqlite_master'): Promise<unknown> =>
      queryInWorker(file, [query]);
    await expect(ask(text)).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
    await expect(ask(join(folder, 'none'))).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
    const { files } = await testWorkspace();
    await expect(ask(files.live, 'SELECT nothing')).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
  });

  test('ends when it is cancelled', async () => {
    const { files } = await testWorkspace();
    const ask = (signal: AbortSignal): Promise<unknown> =>
      queryInWorker(files.live, ['PRAGMA quick_check'], signal);
    await expect(ask(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    const stop = new AbortController();
    const asking = ask(stop.signal);
    stop.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});
