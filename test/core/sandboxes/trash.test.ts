import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import { sandboxPaths } from '#core/kernel/db/sandbox-folder.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const trashed = (workspace: TestWorkspace, id: string) => sandboxPaths(workspace.files, 'trash', id);
const filesThere = (workspace: TestWorkspace): string[] =>
  readdirSync(workspace.files.sandboxes, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name !== 'trash' && name !== 'lock.sqlite',
  );

/** A sandbox in the trash. */
async function discarded(workspace: TestWorkspace, name: string): Promise<string> {
  const { id } = await take(workspace.as(), name);
  await workspace.as().sandboxes.discard({ id });
  return id;
}

/** Works in a sandbox and leaves it as a crash would: what was done last stands in its log only. */
async function crashIn(workspace: TestWorkspace, id: string): Promise<WorkspaceFiles> {
  const files = filesOf(workspace, id);
  const play = await openSandbox(workspace, id);
  await clientOf(play).entities.create({ type: 'team', id: 'mine', data: { name: 'Mine' } });
  await clientOf(play).sandboxes.rename({ id, name: 'Renamed' });
  const kept = join(workspace.folder, '..', 'kept');
  for (const end of ['', '-wal']) copyFileSync(`${files.data}${end}`, `${kept}${end}`);
  await play.close();
  for (const end of ['', '-wal']) renameSync(`${kept}${end}`, `${files.data}${end}`);
  return files;
}

/** Lets nobody write into a file what it says of itself. */
const lockFacts = `CREATE TRIGGER t BEFORE UPDATE ON workspace BEGIN SELECT RAISE(ABORT, 'no'); END`;

function sql(file: string, text: string): void {
  const db = new Database(file);
  db.exec(text);
  db.close();
}

describe('the trash is emptied', () => {
  test('where there was none', async () => {
    const workspace = await testWorkspace({ template });
    const { sandboxes } = workspace.as();
    expect(await sandboxes.emptyTrash({})).toEqual({ removed: 0, left: 0 });
    await take(workspace.as(), 'One');
    expect(await sandboxes.emptyTrash({})).toEqual({ removed: 0, left: 0 });
    expect(await sandboxes.list({})).toHaveLength(1);
  });

  test('remains without data, and nothing that others have put there', async () => {
    const workspace = await testWorkspace({ template });
    const id = await discarded(workspace, 'One');
    const place = trashed(workspace, id);
    rmSync(place.data);
    writeFileSync(`${place.data}-wal`, 'x');
    writeFileSync(join(workspace.files.sandboxes, 'trash', 'letter.txt'), 'x');
    expect(await workspace.as('Rea').sandboxes.emptyTrash({})).toEqual({ removed: 0, left: 1 });
    expect(existsSync(place.head)).toBe(true);
    expect(await workspace.as().sandboxes.emptyTrash({})).toEqual({ removed: 0, left: 1 });
    expect(filesThere(workspace)).toEqual([join('trash', 'letter.txt')]);
  });
});

/** What a crash in the middle of discarding or recovering may leave outside of the trash while the data is in it. */
const halves: [what: string, outside: string[]][] = [
  ['nothing', []],
  ['its head', ['.head.json']],
  ['its log', ['.sqlite-wal']],
  ['its head and log', ['.head.json', '.sqlite-wal']],
];

describe('a sandbox that a crash has left half in the trash, but for', () => {
  async function halfMoved(workspace: TestWorkspace, outside: readonly string[]): Promise<string> {
    const { id } = await take(workspace.as(), 'One');
    await crashIn(workspace, id);
    const { sandboxes } = workspace.files;
    mkdirSync(join(sandboxes, 'trash'));
    for (const end of ['.sqlite', '.sqlite-wal', '.head.json'])
      if (!outside.includes(end))
        renameSync(join(sandboxes, `${id}${end}`), join(sandboxes, 'trash', `${id}${end}`));
    return id;
  }

  test.each(halves)('%s, is restored completely', async (_what, outside) => {
    const workspace = await testWorkspace({ template });
    const id = await halfMoved(workspace, outside);
    const { sandboxes } = workspace.as();
    expect(await sandboxes.list({})).toEqual([]);
    expect(await sandboxes.trash({})).toMatchObject([{ id, problem: null }]);
    expect(await sandboxes.recover({ id, name: 'Back' })).toMatchObject({
      name: 'Back',
      changes: 1,
      discarded: null,
    });
    expect(readdirSync(join(workspace.files.sandboxes, 'trash'))).toEqual([]);
    const play = clientOf(await openSandbox(workspace, id));
    expect((await play.entities.get({ type: 'team', id: 'mine' })).payload.name).toBe('Mine');
    expect((await play.workspace.info({})).sandbox).toEqual({ id, name: 'Back' });
    expect(await verified(play)).toMatchObject({ ok: true, chain: { kept: true } });
  });

  test.each(halves)('%s, is deleted completely', async (_what, outside) => {
    const workspace = await testWorkspace({ template });
    await halfMoved(workspace, outside);
    expect(await workspace.as().sandboxes.emptyTrash({})).toEqual({ removed: 1, left: 0 });
    expect(filesThere(workspace)).toEqual([]);
  });

  test('whose WAL is unreadable is refused if another WAL is in the way', async () => {
    const workspace = await testWorkspace({ template });
    const id = await halfMoved(workspace, ['.sqlite-wal']);
    const { data } = trashed(workspace, id);
    writeFileSync(data, 'no database '.repeat(500));
    writeFileSync(`${data}-wal`, 'put here by hand');
    const { message } = await refused('WORKSPACE', workspace.as().sandboxes.recover({ id }));
    expect(message).toContain('another one is in the trash');
    expect(existsSync(`${filesOf(workspace, id).data}-wal`)).toBe(true);
  });
});

describe('remains of a crash while discarding or recovering', () => {
  const note = (file: string, at: string): void =>
    sql(file, `UPDATE workspace SET value = '${at}' WHERE key = 'sandbox_discarded_at'`);

  test('before it was moved, is not discarded', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'One');
    note(filesOf(workspace, id).data, '2026-01-05T09:00:00.000Z');
    expect(await workspace.as().sandboxes.list({})).toMatchObject([{ id, discarded: null }]);
  });

  test('before it was moved back, is discarded: since it was moved there, as far as is known', async () => {
    const workspace = await testWorkspace({ template });
    const id = await discarded(workspace, 'One');
    const { data } = trashed(workspace, id);
    note(data, '');
    const since = statSync(data).ctime.toISOString();
    expect(await workspace.as().sandboxes.trash({})).toMatchObject([{ id, discarded: since }]);
    writeFileSync(data, 'no database '.repeat(500));
    const [broken] = await workspace.as().sandboxes.trash({});
    expect(broken).toMatchObject({ id, name: null, discarded: statSync(data).ctime.toISOString() });
  });
});

describe('a sandbox stays in the trash', () => {
  test('if its removal from the trash cannot be recorded', async () => {
    const workspace = await testWorkspace({ template });
    const { sandboxes } = workspace.as();
    const id = await discarded(workspace, 'One');
    sql(trashed(workspace, id).data, lockFacts);
    await refused('WORKSPACE', sandboxes.recover({ id, name: 'New' }));
    expect(await sandboxes.list({})).toEqual([]);
    expect(await sandboxes.trash({})).toMatchObject([{ id, name: 'One' }]);
    sql(trashed(workspace, id).data, 'DROP TRIGGER t');
    expect(await sandboxes.recover({ id, name: 'New' })).toMatchObject({ name: 'New' });
  });
});

describe('a sandbox is discarded', () => {
  test('not while somebody reads changes that are only in its WAL', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'One');
    const { data } = await crashIn(workspace, id);
    const reader = new Database(data, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM teams').get();
    await refused('BUSY', workspace.as().sandboxes.discard({ id }));
    expect(existsSync(data)).toBe(true);
    reader.close();
    await workspace.as().sandboxes.discard({ id });
    expect(existsSync(`${trashed(workspace, id).data}-wal`)).toBe(false);
  });

  test('not next to a WAL in the trash', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'One');
    mkdirSync(join(workspace.files.sandboxes, 'trash'));
    writeFileSync(`${trashed(workspace, id).data}-wal`, 'put here by hand');
    const { message } = await refused('WORKSPACE', workspace.as().sandboxes.discard({ id }));
    expect(message).toContain(`${id}.sqlite-wal is not a FRAMES file: another one is in the trash`);
    expect(await workspace.as().sandboxes.list({})).toMatchObject([{ id, problem: null }]);
  });
});
