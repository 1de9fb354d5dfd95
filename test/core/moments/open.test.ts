import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAt } from '#test/support/moments.ts';
import { refusalIn, refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.checkpoints.create({ name: 'Before' });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { name: 'Zenith', size: 9 } });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  await ada.entities.create({ type: 'team', id: 'team-c', data: { name: 'Cirrus' } });
});

describe('a moment', () => {
  test('is read as the workspace is: lists, search, counts, the network and the history up to then', async () => {
    const workspace = await testWorkspace({ template });
    const then = clientOf(await openAt(workspace, 'Before'));
    const rows = (await then.entities.list({ type: 'team', sort: [{ field: 'name', direction: 'asc' }] }))
      .rows;
    expect(rows.map(({ id, title }) => [id, title])).toEqual([
      ['team-a', 'Alpine team'],
      ['team-b', 'Bay team'],
    ]);
    const found = await then.entities.list({ type: 'interface', search: 'bay' });
    expect(found.rows.map(({ id }) => id)).toEqual(['link']);
    expect((await then.network.graph({ types: ['team'] })).edges.id).toEqual(['link']);
    expect((await then.history.list({ type: 'team', action: 'delete' })).total).toBe(0);
    expect(await then.workspace.info({})).toMatchObject({ counts: { teams: 2 }, deleted: { teams: 0 } });
  });

  test('that moves updates lists, search, the network and watchers, in both directions', async () => {
    const workspace = await testWorkspace({ template });
    const then = clientOf(await openAt(workspace, 'now'));
    const stop = new AbortController();
    const events = await then.events.watch({}, { signal: stop.signal });
    const look = async () => ({
      named: (await then.entities.lookup({ types: ['team'], text: 'b' })).map(({ id }) => id),
      sized: (await then.entities.list({ type: 'team', filters: [{ field: 'size', op: 'is', value: 9 }] }))
        .matched,
      edges: (await then.network.graph({ types: ['team'] })).edges.id.length,
      deleted: (await then.history.list({ action: 'delete' })).total,
    });
    const now = { named: [], sized: 1, edges: 0, deleted: 1 };
    const before = { named: ['team-b'], sized: 0, edges: 1, deleted: 0 };
    expect(await look()).toEqual(now);
    const heard = events.next();
    expect(await then.moments.open({ at: 'before' })).toMatchObject({ checkpoints: [{ name: 'Before' }] });
    expect((await heard).value).toMatchObject({ label: 'moment.go', ids: null });
    const next = events.next();
    expect(await look()).toEqual(before);
    const { newest, moment } = await then.moments.current({});
    expect(moment?.id).toBeLessThan(newest.id);
    await Promise.all(['first', 'before', 'now'].map((at) => then.moments.open({ at })));
    expect((await then.moments.current({})).moment?.id).toBe(newest.id);
    expect(await look()).toEqual(now);
    // Of what the log tells in between nothing is heard one by one.
    expect((await next).value).toMatchObject({ label: 'moment.go', cursor: newest.id });
    stop.abort();
  });

  test('of live is independent of later writes, and includes them when moved there', async () => {
    const workspace = await testWorkspace({ template });
    const core = await openAt(workspace, 'Before');
    const then = clientOf(core);
    await workspace.as().entities.create({ type: 'team', id: 'team-d', data: { name: 'Dawn' } });
    expect((await then.entities.list({ type: 'team' })).matched).toBe(2);
    await then.moments.open({ at: 'now' });
    expect((await then.entities.get({ type: 'team', id: 'team-d' })).title).toBe('Dawn');
  });

  test('leaves nothing behind, also after a crash', async () => {
    const workspace = await testWorkspace({ template });
    const folder = join(workspace.folder, 'moments');
    mkdirSync(folder);
    const left = ['.sqlite', '.sqlite-wal', '.sqlite.head.json'].map((end) =>
      join(folder, `99999999-0${end}`),
    );
    for (const file of left) writeFileSync(file, '');
    await workspace.reopen();
    expect(left.filter((file) => existsSync(file))).toEqual([]);
    const core = await openAt(workspace, 'first');
    expect(existsSync(core.services.files.data)).toBe(true);
    await core.close();
    expect(existsSync(folder)).toBe(false);
  });

  test('of a sandbox follows its own log', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'Play');
    const play = clientOf(await openSandbox(workspace, id));
    await play.entities.create({ type: 'team', id: 'team-p', data: { name: 'Played' } });
    await play.entities.remove({ type: 'team', id: 'team-p' });
    const at = (await play.moments.list({})).rows[1]?.id ?? 0;
    const then = clientOf(await openAt(workspace, at, id));
    expect((await then.entities.get({ type: 'team', id: 'team-p' })).title).toBe('Played');
    expect((await then.moments.current({})).sandbox).toBe(id);
    expect((await then.workspace.info({})).sandbox).toMatchObject({ id });
  });

  test('that does not exist is refused, and leaves nothing behind', async () => {
    const workspace = await testWorkspace({ template });
    for (const at of ['1999-01-01', 'Nobody', 100_000]) await refused('NOT_FOUND', openAt(workspace, at));
    expect(existsSync(join(workspace.folder, 'moments'))).toBe(false);
  });
});

test('a log without the former state of a record is refused by name, and leaves nothing behind', async () => {
  const workspace = await testWorkspace({ template });
  workspace.raw((db) =>
    db
      .prepare(
        `UPDATE audit_logs SET payload_before = '{"name":"Forged"}' WHERE action = 'update' AND entity_id = 'team-a'`,
      )
      .run(),
  );
  await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 2 } });
  const before = hashTables(workspace.files.live);
  const newest = (await workspace.as().moments.resolve({ at: 'now' })).id;
  const refusal = await openAt(workspace, newest - 1).catch(refusalIn);
  expect(refusal).toMatchObject({ code: 'WORKSPACE', data: { reason: 'damaged' } });
  expect(refusal).toMatchObject({
    message: expect.stringContaining('the log does not say what team-a was') as string,
  });
  expect(hashTables(workspace.files.live)).toBe(before);
  expect(existsSync(join(workspace.folder, 'moments'))).toBe(false);
});

describe('nothing can be changed at a point in time', () => {
  test('by no operation but those that are done at home', async () => {
    const workspace = await testWorkspace({ template });
    const core = await openAt(workspace, 'Before');
    const then = clientOf(core);
    const before = hashTables(workspace.files.live);
    await refused('FORBIDDEN', then.entities.create({ type: 'team', data: { name: 'X' } }));
    await refused('FORBIDDEN', then.history.undo({}));
    await refused('FORBIDDEN', then.sandboxes.create({ name: 'X' }));
    await refused('FORBIDDEN', then.backups.create({}));
    await refused(
      'FORBIDDEN',
      core.services.queue.command(core.session(), () => null),
    );
    expect(hashTables(workspace.files.live)).toBe(before);
    expect(existsSync(join(workspace.folder, 'sandboxes'))).toBe(false);
  });
});
