import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { listBackups } from '#core/versions/list.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import { takeApart } from '#test/support/backup-file.ts';
import { testFolder } from '#test/support/folder.ts';
import { restoreHere } from '#test/support/restore.ts';
import { resetHere, resources } from '#test/support/golden.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const given = (): Promise<TestWorkspace> => testWorkspace({ template, resources });
const team = (name: string) => ({ type: 'team' as const, data: { name } });

/** Every row of every table of records, deleted ones too, and of what people share beside them. */
function recordsIn(file: string): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true });
  try {
    const tables = [...entityTypes.map((type) => tableOf[type]), 'views', 'positions'];
    return Object.fromEntries(
      tables.map((table) => [table, db.prepare(`SELECT * FROM ${table} ORDER BY id`).all()]),
    );
  } finally {
    db.close();
  }
}

const goldenFile = (files: WorkspaceFiles, version: number): string =>
  join(files.golden, `${version}.frames`);

/** The records of a golden version. */
function recordsOf(files: WorkspaceFiles, version: number): Record<string, unknown[]> {
  const image = join(testFolder(), 'golden.sqlite');
  writeFileSync(image, takeApart(goldenFile(files, version)).content);
  return recordsIn(image);
}

async function publish(workspace: TestWorkspace): Promise<number> {
  return (await resultOf(await workspace.as().golden.publish({}))).version;
}

describe('resetting to golden', () => {
  test('makes every record what it is there, and leaves who may act, the name and the rule of backups', async () => {
    const workspace = await given();
    const { files } = workspace;
    const ada = workspace.as();
    await ada.workspace.rename({ name: 'Our missions' });
    await ada.backups.setRetention({ last: 3 });
    const [info, people] = [await ada.workspace.info({}), await ada.workspace.profiles({})];
    const head = (await ada.history.list({ limit: 1 })).rows[0];
    await workspace.core.close();
    const reset = await resetHere(workspace.folder);
    expect(reset).toMatchObject({ version: 1, displaced: null, counts: { teams: 64 } });
    expect(recordsIn(files.live)).toEqual(recordsOf(files, 1));
    expect(await verifyClosed(files)).toMatchObject({ ok: true });
    await workspace.reopen();
    const now = await workspace.as().workspace.info({});
    expect(now).toMatchObject({ id: info.id, name: 'Our missions', actor: { name: 'Ada' } });
    expect(now.replica).not.toBe(info.replica);
    expect((await workspace.as().backups.retention({})).last).toBe(3);
    const nameAndRole = (all: typeof people) => all.map(({ id, name, role }) => ({ id, name, role }));
    expect(nameAndRole(await workspace.as().workspace.profiles({}))).toEqual(nameAndRole(people));
    const [last] = (await workspace.as().history.list({ limit: 1 })).rows;
    expect(last).toMatchObject({
      op_id: reset.op_id,
      label: 'golden.reset',
      params: { version: 1, safety: reset.safety, op_id: head?.op_id },
      actor: { name: 'Ada' },
    });
    expect((await workspace.as().history.steps({})).undo[0]?.op_id).not.toBe(reset.op_id);
    expect((await listBackups(files.backups)).map(({ id, reason }) => [id, reason])).toEqual([
      [reset.safety, 'reset'],
    ]);
  });

  test('goes back to a published version, and on to a later one, and the backup brings back what was there', async () => {
    const workspace = await given();
    const { files, folder } = workspace;
    const first = await publish(workspace);
    await workspace.as().entities.create(team('Late'));
    const second = await publish(workspace);
    await workspace.as().entities.create(team('Later'));
    expect([first, second]).toEqual([2, 3]);
    await workspace.core.close();
    const before = recordsIn(files.live);
    const { safety } = await resetHere(folder, { version: first });
    expect(recordsIn(files.live)).toEqual(recordsOf(files, first));
    await resetHere(folder);
    expect(recordsIn(files.live)).toEqual(recordsOf(files, second));
    await restoreHere(folder, safety ?? '');
    expect(recordsIn(files.live)).toEqual(before);
    expect(await verifyClosed(files)).toMatchObject({ ok: true });
  });

  test('is for admins', async () => {
    const workspace = await given();
    await workspace.core.close();
    const before = readFileSync(workspace.files.live);
    for (const actor of ['Rea', 'Edi', 'Vic'])
      await expect(resetHere(workspace.folder, { actor })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        data: { rule: 'golden_needs_admin' },
      });
    expect(readFileSync(workspace.files.live).equals(before)).toBe(true);
  });

  test('takes somebody whose university is not there out of it', async () => {
    const workspace = await given();
    await workspace.core.close();
    await resetHere(workspace.folder);
    await workspace.reopen();
    const edi = (await workspace.as().workspace.profiles({})).find(({ name }) => name === 'Edi');
    expect(edi).toMatchObject({ role: 'editor', university_id: null });
  });
});

describe('a sandbox of golden', () => {
  test('holds what the version holds, with its head as base, and touches nothing of live', async () => {
    const workspace = await given();
    const { files } = workspace;
    const live = recordsIn(files.live);
    const shipped = await take(workspace.as(), 'As it came', 'golden:1');
    expect(shipped).toMatchObject({ from: 'golden:1', changes: 0, counts: { teams: 64 } });
    expect(recordsIn(workspaceFiles(files.folder, { kind: 'sandbox', id: shipped.id }).data)).toEqual(
      recordsOf(files, 1),
    );
    const version = await publish(workspace);
    const own = await take(workspace.as(), 'Own', 'golden');
    expect(own.from).toBe(`golden:${version}`);
    const play = clientOf(await openSandbox(workspace, own.id));
    await play.entities.create(team('Play'));
    const compared = await resultOf(await workspace.as().sandboxes.compare({ id: own.id }));
    expect(compared).toMatchObject({ based: 'base', counts: { play: 1, conflict: 0 } });
    expect(recordsIn(files.live)).toEqual(live);
    await expect(resultOf(await play.golden.publish({}))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('comparing with golden', () => {
  test('tells what a reset would take back, record by record', async () => {
    const workspace = await given();
    const version = await publish(workspace);
    const ada = workspace.as();
    const made = await ada.entities.create({ ...team('New'), id: 'team-new' });
    await ada.entities.update({ type: 'team', id: 'team-a', data: { size: 77 } });
    await ada.entities.update({ type: 'team', id: 'team-a', data: { name: 'Other' } });
    await ada.entities.update({ type: 'team', id: 'team-b', data: { size: 3 } });
    await ada.history.undo({});
    await ada.workspace.rename({ name: 'Not compared' });
    expect(made.record.id).toBe('team-new');
    const found = await resultOf(await ada.golden.diff({ version }));
    expect(found.counts).toEqual({ added: 1, removed: 0, changed: 1 });
    expect(found.rows.map(({ id, change }) => [id, change])).toEqual([
      ['team-a', 'changed'],
      ['team-new', 'added'],
    ]);
    const fields = found.rows[0]?.fields.map(({ field }) => field);
    expect(fields?.toSorted()).toEqual(['name', 'size']);
    expect(found.rows[0]?.fields.find(({ field }) => field === 'size')).toMatchObject({ live: 77 });
    expect(await ada.golden.status({})).toMatchObject({
      current: version,
      live: { same: false, changes: 6 },
    });
    const other = await resultOf(await ada.golden.diff({ version: 1, limit: 1 }));
    const rows = recordsOf(workspace.files, 1);
    expect(other.rows).toHaveLength(1);
    expect(other.counts.removed).toBe(
      Object.values(rows)
        .flat()
        .filter((row) => (row as { deleted_at: string | null }).deleted_at === null).length,
    );
  });
});

test('a version is read-only on disk, and using it in every way leaves it as it is', async () => {
  const workspace = await given();
  const { files, folder } = workspace;
  const version = await publish(workspace);
  const file = goldenFile(files, version);
  const [before, stat] = [readFileSync(file), statSync(file)];
  expect(stat.mode & 0o777).toBe(0o444);
  await take(workspace.as(), 'S', 'golden');
  await resultOf(await workspace.as().golden.verify({}));
  await resultOf(await workspace.as().golden.diff({}));
  await workspace.core.close();
  await resetHere(folder);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(statSync(file)).toMatchObject({ mtimeMs: stat.mtimeMs, ino: stat.ino, mode: stat.mode });
});
