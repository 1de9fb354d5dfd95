import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findSandbox } from '#core/sandboxes/names.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { backUp } from '#test/support/backup.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import { exportTo, addFrom } from '#test/support/backup-file.ts';
import { testFolder } from '#test/support/folder.ts';

const template = await makeTemplate(preparePeople);
const trashOf = (workspace: TestWorkspace): string[] =>
  readdirSync(join(workspace.files.sandboxes, 'trash')).toSorted();

test('a sandbox has the time of its last refresh, as long as that is in effect', async () => {
  const workspace = await testWorkspace({ template });
  const { id, refreshed } = await take(workspace.as(), 'One');
  expect(refreshed).toBeNull();
  const play = clientOf(await openSandbox(workspace, id));
  const known = async () => (await workspace.as().sandboxes.list({}))[0]?.refreshed;
  await workspace.as().entities.create({ type: 'team', data: { name: 'Later' } });
  const { op_id } = await resultOf(await play.sandboxes.refresh({ id }));
  const [brought] = (await play.history.list({})).rows;
  expect(brought).toMatchObject({ op_id, label: 'sandbox.refreshed' });
  expect(await known()).toBe(brought?.created_at);
  await play.history.undo({ on_conflict: 'ask' });
  expect(await known()).toBeNull();
  await play.history.redo({ on_conflict: 'ask' });
  expect(await known()).toBe(brought?.created_at);
});

describe('a sandbox is renamed', () => {
  test('also while somebody has it open, who sees it', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'One');
    const play = clientOf(await openSandbox(workspace, id));
    expect(await workspace.as().sandboxes.rename({ id, name: 'Two' })).toMatchObject({
      name: 'Two',
      changes: 0,
    });
    expect((await play.workspace.info({})).sandbox).toEqual({ id, name: 'Two' });
    expect(await play.sandboxes.rename({ id, name: 'two' })).toMatchObject({ name: 'two' });
    expect((await verified(play)).ok).toBe(true);
  });
});

test('a sandbox is put aside and back, and can be opened all the while', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { id } = await take(ada, 'One');
  const { archived } = await ada.sandboxes.archive({ id });
  expect(archived).toMatch(/^2026-/);
  expect(await ada.sandboxes.archive({ id })).toMatchObject({ archived });
  const play = await openSandbox(workspace, id);
  expect((await clientOf(play).entities.list({ type: 'team' })).matched).toBe(2);
  expect(await ada.sandboxes.unarchive({ id })).toMatchObject({ archived: null });
  expect(await ada.sandboxes.list({})).toMatchObject([{ id, archived: null }]);
});

describe('a sandbox is discarded', () => {
  test('to the trash with all its changes, and back', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { id } = await take(ada, 'One');
    const play = await openSandbox(workspace, id);
    await clientOf(play).entities.create({ type: 'team', id: 'mine', data: { name: 'Mine' } });
    await play.close();
    const [before] = await ada.sandboxes.list({});
    const gone = await ada.sandboxes.discard({ id });
    expect(gone.discarded).toMatch(/^2026-/);
    expect(await ada.sandboxes.list({})).toEqual([]);
    expect(await ada.sandboxes.trash({})).toEqual([gone]);
    expect(trashOf(workspace)).toEqual([`${id}.head.json`, `${id}.sqlite`]);
    expect(existsSync(filesOf(workspace, id).holders)).toBe(false);
    await refused('NOT_FOUND', openSandbox(workspace, id));
    await refused('NOT_FOUND', ada.sandboxes.discard({ id }));
    await refused('NOT_FOUND', ada.sandboxes.rename({ id, name: 'Else' }));
    expect(await ada.sandboxes.recover({ id })).toEqual({ ...before, bytes: gone.bytes });
    const again = clientOf(await openSandbox(workspace, id));
    expect((await again.entities.get({ type: 'team', id: 'mine' })).payload.name).toBe('Mine');
    expect(await verified(again)).toMatchObject({ ok: true, chain: { kept: true } });
  });

  test('not while somebody has it open, who is named', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'One');
    const target = { kind: 'sandbox', id } as const;
    const window = await workspace.another({ target, holder: { kind: 'window', label: 'FRAMES window' } });
    const { data, message } = await refused('BUSY', workspace.as().sandboxes.discard({ id }));
    expect(data.holder).toBe(`FRAMES window (process ${process.pid})`);
    expect(message).toContain('Held by FRAMES window');
    expect(message).toContain('Nothing was changed');
    await refused('BUSY', clientOf(window).sandboxes.discard({ id }));
    await clientOf(window).entities.create({ type: 'team', data: { name: 'Still' } });
    await window.close();
    expect(await workspace.as().sandboxes.discard({ id })).toMatchObject({ id, changes: 1 });
  });

  test('frees its name: it comes back under another one', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { id } = await take(ada, 'One');
    await ada.sandboxes.discard({ id });
    await take(ada, 'One');
    const { data } = await refused('INVALID', ada.sandboxes.recover({ id }));
    expect(data.issues).toMatchObject([{ path: 'name', code: 'taken' }]);
    expect(await ada.sandboxes.recover({ id, name: 'Old one' })).toMatchObject({ id, name: 'Old one' });
    expect((await ada.sandboxes.list({})).map(({ name }) => name)).toEqual(['One', 'Old one']);
  });
});

test('emptying the trash: by an admin completely, by others their own', async () => {
  const workspace = await testWorkspace({ template });
  const [ada, rea] = [workspace.as(), workspace.as('Rea')];
  for (const client of [ada, rea]) {
    const { id } = await take(client, `of ${client === ada ? 'Ada' : 'Rea'}`);
    await client.sandboxes.discard({ id });
  }
  const { id: kept } = await take(ada, 'Kept');
  await refused('FORBIDDEN', workspace.as('Vic').sandboxes.emptyTrash({}));
  expect(await rea.sandboxes.emptyTrash({})).toEqual({ removed: 1, left: 1 });
  expect(await rea.sandboxes.trash({})).toMatchObject([{ name: 'of Ada' }]);
  expect(await ada.sandboxes.emptyTrash({})).toEqual({ removed: 1, left: 0 });
  expect(trashOf(workspace)).toEqual([]);
  expect(await ada.sandboxes.emptyTrash({})).toEqual({ removed: 0, left: 0 });
  expect(await ada.sandboxes.list({})).toMatchObject([{ name: 'Kept', problem: null }]);
  expect(readdirSync(workspace.files.sandboxes).filter((name) => name.includes('.lock.'))).toEqual([
    `${kept}.lock.sqlite`,
  ]);
});

test('one is named by its id or its name, whatever its case; in the trash several may have one name', async () => {
  const workspace = await testWorkspace({ template });
  const { files } = workspace;
  const ids = [];
  for (let at = 0; at < 2; at += 1) {
    const { id } = await take(workspace.as(), 'What if');
    expect(findSandbox(files, 'WHAT IF')).toBe(id);
    expect(findSandbox(files, id)).toBe(id);
    await workspace.as().sandboxes.discard({ id });
    ids.push(id);
  }
  expect(() => findSandbox(files, 'What if')).toThrow(/"sbx_.*" is in the trash: recover it first/);
  expect(() => findSandbox(files, 'What not')).toThrow('There is no sandbox "What not"');
  expect(() => findSandbox(files, 'What if', 'trash')).toThrow(ids.toReversed().join(', '));
  expect((await workspace.as().sandboxes.trash({})).map(({ id }) => id)).toEqual(ids.toReversed());
});

test('managing a sandbox is for its author and admins', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as('Rea'), 'Rea’s');
  for (const [name, rule] of [
    ['Edi', 'own_sandbox_only'],
    ['Vic', 'viewers_read_only'],
  ] as const) {
    const { sandboxes } = workspace.as(name);
    for (const call of [
      () => sandboxes.rename({ id, name: 'Else' }),
      () => sandboxes.archive({ id }),
      () => sandboxes.unarchive({ id }),
      () => sandboxes.discard({ id }),
    ])
      expect((await refused('FORBIDDEN', call())).data).toEqual({ rule, type: 'sandbox', id });
  }
  await refused('FORBIDDEN', take(workspace.as('Vic'), 'Copy', id));
  await take(workspace.as('Edi'), 'Copy', id);
  await workspace.as('Rea').sandboxes.discard({ id });
  await refused('FORBIDDEN', workspace.as('Edi').sandboxes.recover({ id }));
  await workspace.as().sandboxes.recover({ id });
  expect(await workspace.as('Rea').sandboxes.rename({ id, name: 'Mine' })).toMatchObject({
    by: { name: 'Rea' },
  });
});

test('emptying the trash keeps those discarded since it was shown', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const { id: counted } = await take(ada, 'Counted');
  await ada.sandboxes.discard({ id: counted });
  const only = (await ada.sandboxes.trash({})).map(({ id }) => id);
  const { id: later } = await take(ada, 'Later');
  await ada.sandboxes.discard({ id: later });
  expect(await ada.sandboxes.emptyTrash({ only: [] })).toEqual({ removed: 0, left: 2 });
  expect(await ada.sandboxes.emptyTrash({ only })).toEqual({ removed: 1, left: 1 });
  expect(await ada.sandboxes.trash({})).toMatchObject([{ id: later }]);
  expect(await ada.sandboxes.emptyTrash({ only: [...only, '../..'] })).toEqual({ removed: 0, left: 1 });
});

test('no backup is made in a sandbox: it would be one of live', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Play');
  const play = await openSandbox(workspace, id);
  const { data } = await refused('WORKSPACE', clientOf(play).backups.create({}).then(resultOf));
  expect(data.reason).toBe('sandbox');
  await refused('WORKSPACE', backUp({ files: filesOf(workspace, id) }));
  expect(existsSync(workspace.files.backups)).toBe(false);
  expect(await resultOf(await workspace.as().backups.create({}))).toMatchObject({ problem: null });
});

test.each(['renamed too', 'called as it was made'])(
  'a sandbox of the backup of a renamed other workspace has the name of live, %s, and nothing to promote of that',
  async (live) => {
    const other = await testWorkspace({ seed: 7 });
    await other.as().workspace.rename({ name: 'The others' });
    const foreign = await backUp(other);
    const file = join(testFolder(), 'other.frames');
    await exportTo(other, foreign.id, file);

    const workspace = await testWorkspace();
    await addFrom(workspace, file);
    const ada = workspace.as();
    if (live === 'renamed too') await ada.workspace.rename({ name: 'Ours' });
    const here = await ada.workspace.info({});
    const { id, changes } = await take(ada, 'Theirs', `backup:${foreign.id}`);
    expect(changes).toBe(0);
    const core = await openSandbox(workspace, id);
    const play = clientOf(core);
    expect(await play.workspace.info({})).toMatchObject({ id: here.id, name: here.name });
    const { rows } = await resultOf(await ada.compare.between({ ...sinceBase(id), limit: 100 }));
    // At most what live alone has: the name that was given there.
    expect(rows.filter((row) => row.type === 'workspace' && row.class !== 'live')).toEqual([]);
    expect((await play.history.steps({})).undo.map(({ label }) => label)).not.toContain('sandbox.adopted');
    expect(await resultOf(await play.workspace.verify({}))).toMatchObject({ ok: true });

    await play.workspace.rename({ name: 'Another' });
    expect((await play.workspace.info({})).name).toBe('Another');
  },
);
