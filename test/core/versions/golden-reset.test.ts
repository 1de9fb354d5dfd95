import { sinceBase } from '#shared/domain/points-in-time.ts';
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
import { resources } from '#test/support/golden.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
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

/** What the records that are not deleted hold, by id. */
const payloadsIn = (file: string): unknown =>
  Object.values(recordsIn(file))
    .flat()
    .flatMap((row) => {
      const { id, payload, deleted_at } = row as { id: string; payload: string; deleted_at: string | null };
      return deleted_at === null ? [[id, JSON.parse(payload)]] : [];
    })
    .toSorted(([a], [b]) => String(a).localeCompare(String(b)));

const goldenFile = (files: WorkspaceFiles, version: number): string =>
  join(files.golden, `${version}.frames`);

/** The database of a golden version. */
function imageOf(files: WorkspaceFiles, version: number): string {
  const image = join(testFolder(), 'golden.sqlite');
  writeFileSync(image, takeApart(goldenFile(files, version)).content);
  return image;
}
const recordsOf = (files: WorkspaceFiles, version: number) => recordsIn(imageOf(files, version));
const payloadsOf = (files: WorkspaceFiles, version: number) => payloadsIn(imageOf(files, version));

async function publish(workspace: TestWorkspace): Promise<number> {
  return (await resultOf(await workspace.as().golden.publish({}))).version;
}

describe('resetting to golden', () => {
  test('restores every record in one change, and keeps profiles, name and retention', async () => {
    const workspace = await given();
    const { files } = workspace;
    const ada = workspace.as();
    await ada.workspace.rename({ name: 'Our missions' });
    await ada.backups.setRetention({ last: 3 });
    const info = await ada.workspace.info({});
    const people = await ada.workspace.profiles({});
    const reset = await resultOf(await ada.golden.reset({}));
    expect(reset).toMatchObject({ version: 1, created: { teams: 64 }, another: false });
    expect(payloadsIn(files.live)).toEqual(payloadsOf(files, 1));
    expect((await workspace.verify()).ok).toBe(true);
    expect(await ada.workspace.info({})).toMatchObject({ name: 'Our missions', replica: info.replica });
    expect((await ada.backups.retention({})).last).toBe(3);
    expect((await ada.workspace.profiles({})).map(({ id }) => id)).toEqual(people.map(({ id }) => id));
    expect((await ada.history.list({ limit: 1 })).rows[0]).toMatchObject({
      op_id: reset.op_id,
      label: 'golden.reset',
      params: { version: 1 },
    });
    expect((await listBackups(files.backups)).map(({ id, reason }) => [id, reason])).toEqual([
      [reset.backup, 'reset'],
    ]);
    await ada.history.undo({});
    expect((await ada.entities.list({ type: 'team' })).total).toBe(2);
  });

  test('resets to an earlier version, and to a later one', async () => {
    const workspace = await given();
    const { files } = workspace;
    const ada = workspace.as();
    const first = await publish(workspace);
    await ada.entities.create(team('Late'));
    const second = await publish(workspace);
    await ada.entities.create(team('Later'));
    await resultOf(await ada.golden.reset({ version: first }));
    expect(payloadsIn(files.live)).toEqual(payloadsOf(files, first));
    await resultOf(await ada.golden.reset({}));
    expect(payloadsIn(files.live)).toEqual(payloadsOf(files, second));
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('a sandbox of golden', () => {
  test('has the version’s contents, with its head as base, and does not touch live', async () => {
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
    const compared = await resultOf(await workspace.as().compare.between(sinceBase(own.id)));
    expect(compared).toMatchObject({ based: 'base', counts: { play: 1, conflict: 0 } });
    expect(recordsIn(files.live)).toEqual(live);
    await expect(resultOf(await play.golden.publish({}))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

test('a version is read-only on disk, and every use leaves it unchanged', async () => {
  const workspace = await given();
  const { files } = workspace;
  const version = await publish(workspace);
  const file = goldenFile(files, version);
  const [before, stat] = [readFileSync(file), statSync(file)];
  expect(stat.mode & 0o777).toBe(0o444);
  await take(workspace.as(), 'S', 'golden');
  await resultOf(await workspace.as().golden.verify({}));
  await resultOf(await workspace.as().compare.between({ from: 'golden:1' }));
  await resultOf(await workspace.as().golden.reset({}));
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(statSync(file)).toMatchObject({ mtimeMs: stat.mtimeMs, ino: stat.ino, mode: stat.mode });
});
