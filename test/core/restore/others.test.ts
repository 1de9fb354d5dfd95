import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { describeHolders } from '#core/kernel/db/holders.ts';
import { lockExclusive, lockForReading } from '#core/kernel/db/lock.ts';
import { Child } from '#test/support/child.ts';
import { readClosed } from '#core/open/read-closed.ts';
import { backedUp } from '#test/support/backup.ts';
import { bytesIn, restoreHere } from '#test/support/restore.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, openSeeded } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const writer = new URL('../../crash/writer.ts', import.meta.url);

describe('other programs that have the workspace open', () => {
  test('block the replacement and are named: nobody writes into a replaced file', async () => {
    const { workspace, made } = await backedUp(template);
    const { folder, core } = workspace;
    await core.close();
    const other = new Child<{ op_id: string }>(writer, [folder, 'plain', '1', '0']);
    try {
      await other.printed(1);
      await expect(restoreHere(folder, made.id)).rejects.toMatchObject({
        code: 'BUSY',
        message: expect.stringMatching(
          /Held by test plain \(process \d+\)\. Nothing was changed\./,
        ) as string,
      });
      const known = other.lines.length;
      await other.printed(known + 20);
    } finally {
      await other.kill();
    }
    // Now that it is gone it is done; all that it was told of is in the backup of it.
    const { safety } = await restoreHere(folder, made.id);
    await restoreHere(folder, safety ?? '');
    const again = await openSeeded({ folder, seed: 9 });
    const db = new Database(workspace.files.live, { readonly: true });
    const stands = db.prepare('SELECT 1 FROM audit_transactions WHERE op_id = ?');
    expect(other.lines.filter(({ op_id }) => stands.get(op_id) === undefined)).toEqual([]);
    db.close();
    await again.close();
  });

  test('a window in this process too, also when it only waits', async () => {
    const { workspace, made } = await backedUp(template);
    await expect(restoreHere(workspace.folder, made.id)).rejects.toMatchObject({ code: 'BUSY' });
    await workspace.core.close();
    await restoreHere(workspace.folder, made.id);
    await workspace.reopen();
  });

  test('without our lock, as another program: it is noticed, and nothing is changed', async () => {
    const { workspace, made } = await backedUp(template);
    await workspace.core.close();
    const stranger = new Database(workspace.files.live);
    stranger.prepare('SELECT count(*) FROM teams').get();
    const before = bytesIn(workspace.folder)['head.json'];
    await expect(restoreHere(workspace.folder, made.id)).rejects.toMatchObject({ code: 'BUSY' });
    stranger.close();
    expect(bytesIn(workspace.folder)['head.json']).toBe(before);
    await restoreHere(workspace.folder, made.id);
    await workspace.reopen();
  });

  test.each([
    ['wal', '-journal', ''],
    ['delete', '-shm', 'x'.repeat(32_768)],
    ['delete', '-wal', ''],
    ['delete', '-journal', '\0'.repeat(512)],
  ])(
    'and is not taken to be one where in mode %s a %s was left that says nothing',
    async (mode, end, text) => {
      const { workspace, made } = await backedUp(template);
      const { folder, core, files } = workspace;
      await core.close();
      workspace.raw((db) => db.pragma(`journal_mode = ${mode}`));
      writeFileSync(`${files.live}${end}`, text);
      await restoreHere(folder, made.id);
      expect(existsSync(`${files.live}${end}`)).toBe(false);
      await workspace.reopen();
    },
  );

  test('and the WAL copied with the file is included in its backup', async () => {
    const { workspace, made } = await backedUp(template);
    const { folder, files } = workspace;
    await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
    const ends = ['', '-wal', '-shm'];
    const copies = ends.map((end) => readFileSync(`${files.live}${end}`));
    await workspace.core.close();
    for (const [at, end] of ends.entries()) writeFileSync(`${files.live}${end}`, copies[at] ?? '');
    const { safety } = await restoreHere(folder, made.id);
    await restoreHere(folder, safety ?? '');
    await workspace.reopen();
    expect(await workspace.as().entities.get({ type: 'team', id: 'late' })).toMatchObject({ id: 'late' });
  });
});

/** Whoever is on the board of a workspace. */
const namedBy = (folder: string): string | undefined => describeHolders(workspaceFiles(folder).holders)[0];

describe('during a restore', () => {
  test('others wait for it, and then find the new file', async () => {
    const { workspace, made } = await backedUp(template);
    await workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
    await workspace.core.close();
    let opening: Promise<number> | undefined;
    let named: string | undefined;
    const onProgress = (): void => {
      named ??= namedBy(workspace.folder);
      opening ??= openSeeded({ folder: workspace.folder, seed: 9 }).then(async (core) => {
        const { total } = await core.client(core.session()).entities.list({ type: 'team', limit: 0 });
        await core.close();
        return total;
      });
    };
    await restoreHere(workspace.folder, made.id, { onProgress });
    expect(await opening).toBe(2);
    expect(named).toMatch(/^a restore \(process \d+\)$/);
  });

  test('readers wait too, and readers block the replacement', async () => {
    const { workspace, made } = await backedUp(template);
    const { folder, files } = workspace;
    await workspace.core.close();
    await readClosed(folder, async () => {
      await expect(restoreHere(folder, made.id)).rejects.toMatchObject({ code: 'BUSY' });
    });
    const lock = lockExclusive(files.lock);
    expect(() => lockForReading(files.lock)).toThrow(/in use/);
    const looked = readClosed(folder, () => Promise.resolve(true));
    await sleep(60);
    lock.release();
    expect(await looked).toBe(true);
  });
});
