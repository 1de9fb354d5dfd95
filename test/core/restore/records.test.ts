import { describe, expect, test } from 'vitest';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { migrateTo } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { backUp } from '#test/support/backup.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { join } from 'node:path';
import { flipBit } from '#test/support/damage.ts';

const template = await makeTemplate(preparePeople);

/** A workspace of which there is a backup. */
async function withOne(): Promise<{ workspace: TestWorkspace; id: string }> {
  const workspace = await testWorkspace({ template });
  const { id } = await backUp(workspace);
  return { workspace, id };
}

const restored = async (
  workspace: TestWorkspace,
  asked: {
    id: string;
    records: string[];
    links?: boolean;
    another?: boolean;
    seen?: RestoredRecords['head'];
  },
) => resultOf(await workspace.as().backups.restoreRecords(asked));

const differing = async (client: Client, id: string, more: { text?: string; types?: ['team'] } = {}) =>
  resultOf(await client.compare.between({ from: 'now', to: `backup:${id}`, restorable: true, ...more }));

describe('a record of a backup', () => {
  test('that were changed get their fields back, as previewed', async () => {
    const { workspace, id } = await withOne();
    const owner = workspace.as();
    await owner.entities.update({ type: 'team', id: 'team-a', data: { name: 'Other', description: 'New' } });
    await owner.entities.update({ type: 'team', id: 'team-b', data: { name: 'Stays' } });
    const dry = await resultOf(await owner.backups.restoreRecords({ id, records: ['team-a'], dry: true }));
    expect(dry).toMatchObject({
      dry: true,
      op_id: null,
      another: false,
      updated: { teams: 1 },
      links_left: 0,
    });
    expect(dry.records).toEqual([
      {
        type: 'team',
        id: 'team-a',
        title: 'Alpine team',
        university: 'Alpine university',
        why: 'asked',
        action: 'updated',
        fields: [
          { field: 'name', backup: 'Alpine team', live: 'Other' },
          { field: 'description', live: 'New' },
        ],
      },
    ]);
    await restored(workspace, { id, records: ['team-a'] });
    expect(await owner.entities.get({ type: 'team', id: 'team-a' })).toMatchObject({ title: 'Alpine team' });
    expect(await owner.entities.get({ type: 'team', id: 'team-b' })).toMatchObject({ title: 'Stays' });
    expect(await differing(owner, id)).toMatchObject({
      matched: 1,
      rows: [{ id: 'team-b', play: 'updated' }],
    });
  });

  test('that were deleted are restored with their references; their links only on request', async () => {
    const { workspace, id } = await withOne();
    const owner = workspace.as();
    await owner.entities.remove({ type: 'student', id: 'student-a' });
    await owner.entities.remove({ type: 'interface', id: 'link' });
    await owner.entities.remove({ type: 'team', id: 'team-a' });
    const found = await differing(owner, id);
    expect(found.rows.map(({ play }) => play)).toEqual(['restored', 'restored', 'restored']);
    expect(await differing(owner, id, { text: 'ALPINE', types: ['team'] })).toMatchObject({
      matched: 1,
      rows: [{ id: 'team-a', play: 'restored' }],
    });
    const done = await restored(workspace, { id, records: ['student-a'] });
    expect(done.records.map((one) => [one.id, one.action, one.why])).toEqual([
      ['student-a', 'restored', 'asked'],
      ['team-a', 'restored', 'needed'],
    ]);
    expect(await restored(workspace, { id, records: ['team-a'] })).toMatchObject({
      op_id: null,
      links_left: 1,
    });
    const links = await restored(workspace, { id, records: ['team-a'], links: true });
    expect(links.records.at(-1)).toMatchObject({ id: 'link', action: 'restored', why: 'link' });
    expect(links).toMatchObject({ links_left: 0 });
    expect((await owner.entities.links({ id: 'team-a' })).total).toBe(1);
  });

  test('of an older schema are migrated first', async () => {
    const workspace = await testWorkspace({ template });
    await workspace.core.close();
    const db = openConnection(workspace.files.live, { mode: 'write', log: silentLog });
    await migrateTo(db, 1);
    db.close();
    const { id, schema_version } = await backUp(workspace);
    expect(schema_version).toBe(1);
    await workspace.reopen();
    await workspace.as().entities.remove({ type: 'interface', id: 'link' });
    await workspace.as().entities.remove({ type: 'team', id: 'team-b' });
    const done = await restored(workspace, { id, records: ['team-b'], links: true });
    expect(done.records.map((one) => one.id)).toEqual(['team-b', 'link']);
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('with the previewed records', () => {
  const record = { type: 'team', id: 'team-a' } as const;

  test('a record changed since is refused by name, and keeps its values', async () => {
    const { workspace, id } = await withOne();
    const owner = workspace.as();
    await owner.entities.update({ ...record, data: { name: 'Other' } });
    const preview = async () =>
      resultOf(await owner.backups.restoreRecords({ id, records: ['team-a'], dry: true }));
    const { head } = await preview();
    await workspace.as('Rea').entities.update({ ...record, data: { description: 'An hour of work' } });
    const refusal = await refused('MOVED_ON', restored(workspace, { id, records: ['team-a'], seen: head }));
    expect(refusal.data).toEqual({
      records: [{ ...record, title: 'Other', university: 'Alpine university', field: null }],
    });
    expect((await owner.entities.get(record)).payload).toMatchObject({ description: 'An hour of work' });
    const seen = (await preview()).head;
    expect(await restored(workspace, { id, records: ['team-a'], seen })).toMatchObject({
      updated: { teams: 1 },
    });
  });

  test('and so are its references and links', async () => {
    const { workspace, id } = await withOne();
    const owner = workspace.as();
    await owner.entities.remove({ type: 'student', id: 'student-a' });
    const head = async (records: string[], links: boolean) =>
      (await resultOf(await owner.backups.restoreRecords({ id, records, links, dry: true }))).head;
    const needed = { id, records: ['student-a'], seen: await head(['student-a'], false) };
    await owner.entities.remove(record);
    expect((await refused('MOVED_ON', restored(workspace, needed))).data).toMatchObject({
      records: [{ id: 'team-a' }],
    });
    const linked = { id, records: ['team-b'], links: true, seen: await head(['team-b'], true) };
    await restored(workspace, { id, records: ['team-a'], links: true });
    await owner.entities.remove({ type: 'interface', id: 'link' });
    expect((await refused('MOVED_ON', restored(workspace, linked))).data).toMatchObject({
      records: [{ id: 'link' }],
    });
  });
});

describe('it is refused', () => {
  test('for records missing or deleted in the backup', async () => {
    const { workspace, id } = await withOne();
    await workspace.as().entities.create({ type: 'team', id: 'later', data: { name: 'Later' } });
    const asked = { id, records: ['team-a', 'later'] };
    const { data } = await refused('NOT_FOUND', restored(workspace, asked));
    expect(data).toEqual({ type: 'record', id: 'later' });
    await refused('BACKUP', restored(workspace, { id: '20200101T000000000Z', records: ['team-a'] }));
  });

  test('without permission: for a viewer, and for an editor of another university, as previewed', async () => {
    const { workspace, id } = await withOne();
    await workspace.as().entities.remove({ type: 'team', id: 'team-b' });
    const as = async (who: string, dry = false) =>
      resultOf(await workspace.as(who).backups.restoreRecords({ id, records: ['team-b'], dry }));
    await refused('FORBIDDEN', as('Vic'));
    await refused('FORBIDDEN', as('Edi'));
    expect((await as('Edi', true)).problems).toMatchObject([{ code: 'forbidden' }]);
    expect((await as('Eve')).records).toMatchObject([{ id: 'team-b', action: 'restored' }]);
  });
});

describe('in a sandbox', () => {
  test('in a sandbox the sandbox is compared and restored; live stays unchanged', async () => {
    const { workspace, id } = await withOne();
    const play = clientOf(await openSandbox(workspace, (await take(workspace.as(), 'Play')).id));
    await play.entities.remove({ type: 'team', id: 'team-a' });
    await play.entities.update({ type: 'team', id: 'team-b', data: { name: 'Played' } });
    const was = hashTables(workspace.files.live);
    const found = await differing(play, id, { types: ['team'] });
    expect(found).toMatchObject({ to: { another: false }, matched: 2 });
    expect(found.rows.map((row) => [row.id, row.play])).toEqual([
      ['team-a', 'restored'],
      ['team-b', 'updated'],
    ]);
    expect((await differing(workspace.as(), id)).matched).toBe(0);
    const done = await resultOf(await play.backups.restoreRecords({ id, records: ['team-a', 'team-b'] }));
    expect(done.records.map((one) => [one.id, one.action])).toEqual([
      ['team-a', 'restored'],
      ['team-b', 'updated'],
    ]);
    expect(await play.entities.get({ type: 'team', id: 'team-b' })).not.toMatchObject({ title: 'Played' });
    await play.history.undo({});
    expect(await play.entities.get({ type: 'team', id: 'team-b' })).toMatchObject({ title: 'Played' });
    expect(hashTables(workspace.files.live)).toBe(was);
  });

  test('it is refused where nothing may be changed', async () => {
    const { workspace, id } = await withOne();
    const play = await openSandbox(workspace, (await take(workspace.as(), 'Play')).id);
    await clientOf(play).entities.remove({ type: 'team', id: 'team-a' });
    const asked = play
      .client(play.session('Vic'))
      .backups.restoreRecords({ id, records: ['team-a'] })
      .then(resultOf);
    expect((await refused('FORBIDDEN', asked)).data).toMatchObject({ type: 'backup' });
  });
});

/** A backup of which two teams have been changed since. */
async function changed() {
  const workspace = await testWorkspace({ template });
  const { id } = await backUp(workspace);
  const owner = workspace.as();
  await owner.entities.update({ type: 'team', id: 'team-a', data: { name: 'Other' } });
  await owner.entities.remove({ type: 'student', id: 'student-a' });
  const diff = async (asked: { text?: string; types?: ['team']; offset?: number; limit?: number }) =>
    resultOf(await owner.compare.between({ from: 'now', to: `backup:${id}`, restorable: true, ...asked }));
  return { workspace, owner, id, diff };
}

test('looking for another name in a backup does not read it again, and finds the same', async () => {
  const { workspace, owner, id: backup, diff } = await changed();
  const first = await diff({});
  const byText = await diff({ text: 'alpine' });
  const byType = await diff({ types: ['team'] });
  const second = await diff({ offset: 1, limit: 1 });
  // From here on the backup itself cannot be read.
  flipBit(join(workspace.core.services.files.backups, `${backup}.frames`), 0.5);
  expect(await diff({})).toEqual(first);
  expect(await diff({ text: 'ALPINE' })).toEqual(byText);
  expect(byText.matched).toBeGreaterThan(0);
  expect(byType.rows.map(({ id }) => id)).toEqual(['team-a']);
  expect(second.rows).toEqual([first.rows[1]]);
  // What is written to live counts at once.
  await owner.entities.update({ type: 'team', id: 'team-b', data: { name: 'Another' } });
  await expect(diff({})).rejects.toMatchObject({ code: 'BACKUP' });
});
