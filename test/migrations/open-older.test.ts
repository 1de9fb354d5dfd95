import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listBackups } from '#core/versions/list.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { lockShared } from '#core/kernel/db/lock.ts';
import { migrateTo, schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { takeOut } from '#test/support/backup.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, openSeeded, verified } from '#test/support/workspace.ts';
import type { Template } from '#test/support/workspace.ts';
import { contentsOf } from './harness.ts';
import type { Contents } from './harness.ts';

const template = await makeTemplate(preparePeople);
const older = Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1);

/** A workspace as an older version has left it, with a row of its log `spoilt` by whatever means. */
async function workspaceAt(
  version: number,
  from: Template = template,
  spoilt?: string,
): Promise<{ folder: string; contents: Contents }> {
  const folder = join(testFolder(), 'w');
  cpSync(from.folder, folder, { recursive: true });
  const db = openConnection(workspaceFiles(folder).live, { mode: 'write', log: silentLog });
  await migrateTo(db, version);
  if (spoilt !== undefined) db.write.run(spoilt);
  const contents = contentsOf(db);
  db.close();
  return { folder, contents };
}

function readFile(file: string): Contents {
  const db = openConnection(file, { mode: 'read', log: silentLog });
  try {
    return contentsOf(db);
  } finally {
    db.close();
  }
}

describe.each(older)('opening a workspace of schema %i', (version) => {
  test('brings it forward with every record, after a copy with a manifest', async () => {
    const { folder, contents } = await workspaceAt(version);
    const { live, backups } = workspaceFiles(folder);
    const core = await openSeeded({ folder });
    const client = core.client(core.session());
    expect((await client.workspace.info({})).schema_version).toBe(schemaVersion);
    expect((await client.entities.list({ type: 'team' })).matched).toBe(2);
    expect((await verified(client)).ok).toBe(true);
    // Looks into the backup, which has the older schema.
    const found = await resultOf(await client.people.find({ person: 'student-a' }));
    expect(found.person.id).toBe('student-a');
    await core.close();
    expect(readFile(live)).toMatchObject(contents);

    const made = await listBackups(backups);
    expect(made).toMatchObject([
      { reason: 'migrate', schema_version: version, counts: { teams: 2, universities: 2 }, problem: null },
    ]);
    expect(readFile(takeOut(backups, made[0]?.id ?? ''))).toEqual(contents);
  });

  test('by two at once migrates it once, and both have it open', async () => {
    const { folder } = await workspaceAt(version);
    const cores = await Promise.all([1, 2].map((seed) => openSeeded({ folder, seed })));
    expect(await listBackups(workspaceFiles(folder).backups)).toHaveLength(1);
    for (const core of cores) {
      expect((await verified(core.client(core.session()))).ok).toBe(true);
      await core.close();
    }
  });
});

// Each waits some seconds for the other to close: all at once, so that they wait together.
test('a workspace of an older schema is not migrated while somebody has it open, and stays unchanged', async () => {
  await Promise.all(
    older.map(async (version) => {
      const { folder, contents } = await workspaceAt(version);
      const { live, lock, backups } = workspaceFiles(folder);
      const held = lockShared(lock);
      const { message } = await refused('BUSY', openSeeded({ folder }));
      expect(message).toContain('Nothing was changed');
      held.release();
      expect(readFile(live)).toEqual(contents);
      expect(() => readdirSync(backups)).toThrow('ENOENT');
      const core = await openSeeded({ folder });
      await core.close();
    }),
  );
});

test('contacts and repairs survive going back a step', async () => {
  const { folder } = await workspaceAt(schemaVersion);
  const files = workspaceFiles(folder);
  const core = await openSeeded({ folder });
  const { entities } = core.client(core.session());
  await entities.create({ type: 'contact', id: 'c', data: { date: '2025-03-02', who: ['team-a'] } });
  await entities.create({ type: 'contact', id: 'gone', data: { date: '2025-03-02' } });
  await entities.update({ type: 'contact', id: 'c', data: { subject: 'Test' } });
  await entities.remove({ type: 'contact', id: 'gone' });
  await core.close();
  const db = openConnection(files.live, { mode: 'write', log: silentLog });
  const before = contentsOf(db)['contacts'];
  await migrateTo(db, 5);
  db.close();
  const again = await openSeeded({ folder });
  expect((await verified(again.client(again.session()))).ok).toBe(true);
  await again.close();
  expect(readFile(files.live)['contacts']).toEqual(before);
});

/** A log with every kind of row that a step reads. */
const shared = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await ada.entities.update({ type: 'interface', id: 'link', data: { from: 'team-b', to: 'project-b' } });
  const { id } = (await ada.views.create({ name: 'Mine', address: 'frames://live/teams' })).view;
  await ada.views.update({ id, name: 'Ours' });
  await ada.network.savePositions({ places: [{ id: 'team-a', x: 1, y: 2 }] });
  await ada.network.savePositions({ places: [{ id: 'team-a', x: 3, y: 4 }] });
  await ada.workspace.rename({ name: 'First' });
  await ada.workspace.rename({ name: 'Second' });
});

describe.each(older)('a workspace of schema %i in whose log one row is no JSON', (version) => {
  test.each([
    ['interface', 'update', 'before', '{"to":'],
    ['interface', 'update', 'after', ''],
    ['view', 'create', 'after', '{"name":'],
    ['view', 'update', 'before', 'x'],
    ['position', 'create', 'after', 'null'],
    ['position', 'update', 'after', '['],
    ['workspace', 'create', 'after', '7'],
    ['workspace', 'update', 'after', '{"name":'],
  ])(
    'is brought forward all the same (%s, %s, %s), and verifying names the row',
    async (type, action, side, text) => {
      const id = `(SELECT max(id) FROM audit_logs WHERE entity_type = '${type}' AND action = '${action}')`;
      const spoilt = `UPDATE audit_logs SET payload_${side} = '${text}' WHERE id = ${id}`;
      const { folder, contents } = await workspaceAt(version, shared, spoilt);
      const row = rowOf(contents, type, action);
      expect(row[`payload_${side}`]).toBe(text);
      const core = await openSeeded({ folder });
      const client = core.client(core.session());
      expect((await client.workspace.info({})).schema_version).toBe(schemaVersion);
      expect((await client.entities.list({ type: 'team' })).matched).toBe(2);
      const found = await verified(client);
      expect(found.ok).toBe(false);
      expect(found.chain.problems).toContainEqual({ code: 'found.digest', values: { row: row['id'] } });
      await core.close();
    },
  );
});

function rowOf(contents: Contents, type: string, action: string): Record<string, unknown> {
  const rows = contents['audit_logs'] ?? [];
  return rows.findLast((row) => row['entity_type'] === type && row['action'] === action) ?? {};
}
