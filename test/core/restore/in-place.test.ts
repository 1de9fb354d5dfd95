import { existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listBackups } from '#core/versions/list.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { migrateWorkspace } from '#core/workspace/migrate.ts';
import { backUp, fileOf, verify } from '#test/support/backup.ts';
import { lastRow, restoreHere, tablesOf } from '#test/support/restore.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const team = { type: 'team' as const, data: { name: 'Late' } };

/** A workspace with a backup and something done after it. */
async function later(): Promise<{ workspace: TestWorkspace; id: string }> {
  const workspace = await testWorkspace({ template });
  const { id } = await backUp(workspace);
  await workspace.as().entities.create(team);
  return { workspace, id };
}

const names = async (workspace: TestWorkspace): Promise<string[]> =>
  (await workspace.as().entities.list({ type: 'team' })).rows.map(({ title }) => title).toSorted();

describe('restoring in the place of the records', () => {
  test('restores them, backs up the former state, and is audited', async () => {
    const { workspace, id } = await later();
    const { files } = workspace;
    const replica = (await workspace.as().workspace.info({})).replica;
    const displacedHead = (await workspace.as().history.list({ limit: 1 })).rows[0];
    await workspace.core.close();
    const restored = await restoreHere(workspace.folder, id);
    expect(restored).toMatchObject({ id, displaced: null, counts: { teams: 2 } });
    await workspace.reopen();
    expect(await names(workspace)).toEqual(['Alpine team', 'Bay team']);
    const [last] = (await workspace.as().history.list({ limit: 1 })).rows;
    expect(last).toMatchObject({
      op_id: restored.op_id,
      label: 'workspace.restored',
      params: { backup: id, safety: restored.safety, op_id: displacedHead?.op_id },
      actor: { name: 'Ada' },
    });
    expect((await workspace.as().workspace.info({})).replica).not.toBe(replica);
    expect((await workspace.verify()).ok).toBe(true);
    expect((await listBackups(files.backups)).map(({ reason }) => reason)).toEqual(['restore', 'asked']);
    expect((await verify(workspace, restored.safety ?? '')).ok).toBe(true);
    expect(JSON.parse(readFileSync(files.head, 'utf8'))).toMatchObject({ op_id: restored.op_id });
  });

  test('can be done with the backup that it made: everything is as before it', async () => {
    const { workspace, id } = await later();
    await workspace.core.close();
    const before = tablesOf(workspace.files);
    const { safety } = await restoreHere(workspace.folder, id);
    const end = await restoreHere(workspace.folder, safety ?? '');
    expect(tablesOf(workspace.files, lastRow(workspace.files) - 1)).toEqual(before);
    expect(end.safety).not.toBe(safety);
    expect(await verifyClosed(workspace.files)).toMatchObject({ ok: true });
    await workspace.reopen();
    expect(await names(workspace)).toContain('Late');
  });

  test('cannot be undone: undo continues with earlier changes', async () => {
    const workspace = await testWorkspace({ template });
    const { op_id } = await workspace.as().entities.create(team);
    const { id } = await backUp(workspace);
    await workspace.core.close();
    const restored = await restoreHere(workspace.folder, id);
    await workspace.reopen();
    const ada = workspace.as();
    await expect(ada.history.undoChange({ op_id: restored.op_id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await ada.history.steps({})).undo[0]?.op_id).toBe(op_id);
    await ada.history.undo({});
    expect(await names(workspace)).not.toContain('Late');
    await ada.history.redo({});
    expect(await names(workspace)).toContain('Late');
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('keeps a crash’s WAL of the old file out of the new one', async () => {
    const { workspace, id } = await later();
    const { files } = workspace;
    const wal = readFileSync(`${files.live}-wal`);
    expect(wal.length).toBeGreaterThan(0);
    const live = readFileSync(files.live);
    await workspace.core.close();
    // As a process leaves it that was killed.
    writeFileSync(files.live, live);
    writeFileSync(`${files.live}-wal`, wal);
    const { safety } = await restoreHere(workspace.folder, id);
    expect(existsSync(`${files.live}-wal`)).toBe(false);
    await workspace.reopen();
    expect(await names(workspace)).toEqual(['Alpine team', 'Bay team']);
    expect((await workspace.verify()).ok).toBe(true);
    const kept = (await listBackups(files.backups)).find((one) => one.id === safety);
    expect(kept?.counts).toMatchObject({ teams: 3 });
  });

  test('brings an older schema forward', async () => {
    const { workspace, id: newer } = await later();
    await workspace.core.close();
    const parts = { ...systemServices(), log: silentLog };
    const holder = { kind: 'test' as const, label: 'a test' };
    await migrateWorkspace({ workspace: workspace.folder, target: schemaVersion - 1, holder, ...parts });
    const { id, schema_version } = await backUp(workspace);
    expect(schema_version).toBe(schemaVersion - 1);
    await restoreHere(workspace.folder, newer);
    await restoreHere(workspace.folder, id);
    await workspace.reopen();
    expect(await names(workspace)).toContain('Late');
    expect((await workspace.verify()).ok).toBe(true);
    expect((await workspace.as().workspace.info({})).schema_version).toBe(schemaVersion);
  });
});

describe('lost changes', () => {
  const losses: Readonly<Record<string, (file: string) => void>> = {
    missing: (file) => rmSync(file),
    empty: (file) => truncateSync(file, 0),
    'cut off': (file) => truncateSync(file, 20_000),
    foreign: (file) => writeFileSync(file, 'x'.repeat(5000)),
    'damaged inside': (file) => {
      const bytes = readFileSync(file);
      bytes.fill(0xa5, 3 * 4096, 9 * 4096);
      writeFileSync(file, bytes);
    },
  };

  test.each(Object.entries(losses))('is moved aside as it is: live is %s', async (what, lose) => {
    const { workspace, id } = await later();
    const { files } = workspace;
    await workspace.core.close();
    lose(files.live);
    const bytesOf = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'latin1') : null);
    const before = bytesOf(files.live);
    const head = readFileSync(files.head);
    const { safety, displaced } = await restoreHere(workspace.folder, id);
    expect(safety).toBeNull();
    const aside = join(files.backups, displaced ?? '');
    expect(bytesOf(join(aside, 'frames.sqlite')) === before, what).toBe(true);
    expect(readFileSync(join(aside, 'head.json')).equals(head)).toBe(true);
    await workspace.reopen();
    expect(await names(workspace)).toEqual(['Alpine team', 'Bay team']);
    expect((await workspace.verify()).ok).toBe(true);
    expect((await workspace.as().history.list({ limit: 1 })).rows[0]?.params).toMatchObject({ displaced });
    expect((await listBackups(files.backups)).map((one) => one.id)).toEqual([id]);
  });

  test('is for admins of the backup, if the workspace’s own profiles are unreadable', async () => {
    const { workspace, id } = await later();
    await workspace.core.close();
    rmSync(workspace.files.live);
    await expect(restoreHere(workspace.folder, id, { actor: 'Rea' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(existsSync(workspace.files.live)).toBe(false);
    expect(await restoreHere(workspace.folder, id, { actor: 'Ada' })).toMatchObject({ id });
    await workspace.reopen();
  });
});

describe('a backup of another workspace', () => {
  test('is refused unless it may be replaced', async () => {
    const { workspace: other, id } = await later();
    const workspace = await testWorkspace({ seed: 77 });
    const { id: own, actor } = await workspace.as().workspace.info({});
    await workspace.core.close();
    renameSync(other.files.backups, workspace.files.backups);
    await expect(restoreHere(workspace.folder, id)).rejects.toMatchObject({
      code: 'BACKUP',
      data: { reason: 'another' },
    });
    const restored = await restoreHere(workspace.folder, id, { another: true });
    expect(restored.workspace_id).not.toBe(own);
    await workspace.reopen();
    expect((await workspace.as().workspace.info({})).id).toBe(restored.workspace_id);
    expect((await workspace.verify()).ok).toBe(true);
    // Who did it is nobody there; the name stands with the note.
    const [last] = (await workspace.as().history.list({ limit: 1 })).rows;
    expect(last).toMatchObject({ label: 'workspace.restored', actor: { id: actor.id, name: actor.name } });
    expect(actor.name).not.toBe(actor.id);
  });
});

describe('if live does not tell whose folder it is', () => {
  /** A damaged workspace with a backup of its own, and one of another that was taken in beside it. */
  async function between(): Promise<{ workspace: TestWorkspace; own: string; others: string }> {
    const { workspace, id: own } = await later();
    const other = await testWorkspace({ seed: 77 });
    const { id: others } = await backUp(other);
    await Promise.all([workspace.core.close(), other.core.close()]);
    renameSync(fileOf(other, others), fileOf(workspace, others));
    truncateSync(workspace.files.live, 0);
    return { workspace, own, others };
  }

  test("a backup of another workspace is refused too; the folder's own is not", async () => {
    const { workspace, own, others } = await between();
    const refused = { code: 'BACKUP', data: { reason: 'another' } };
    await expect(restoreHere(workspace.folder, others)).rejects.toMatchObject(refused);
    expect(await restoreHere(workspace.folder, own)).toMatchObject({ id: own });
    truncateSync(workspace.files.live, 0);
    expect(await restoreHere(workspace.folder, others, { another: true })).toMatchObject({ id: others });
  });

  test('and if nothing tells, any of them', async () => {
    const { workspace, own, others } = await between();
    rmSync(workspace.files.head);
    const refused = { code: 'BACKUP', data: { reason: 'another' } };
    await expect(restoreHere(workspace.folder, others)).rejects.toMatchObject(refused);
    await expect(restoreHere(workspace.folder, own)).rejects.toMatchObject(refused);
    expect(await restoreHere(workspace.folder, own, { another: true })).toMatchObject({ id: own });
  });
});
