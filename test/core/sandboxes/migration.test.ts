import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openConnection } from '#core/kernel/db/connection.ts';
import { migrateTo, schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { listBackups } from '#core/versions/list.ts';
import { schemaStatus } from '#core/workspace/migrate.ts';
import { localMigrations } from '#migrations/local/index.ts';
import { comparedBy } from '#test/support/compare.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const steps = localMigrations.map(({ version }) => version).filter((version) => version > 1);
const ends = ['', '-wal'];

/** Brings a file from its first schema forward, and leaves it as it is when the process goes in the middle of one step. */
async function goDuring(step: number, data: string, aside: string): Promise<void> {
  const db = openConnection(data, { mode: 'write', log: silentLog });
  db.pragma('wal_autocheckpoint = 0');
  await migrateTo(db, 1);
  const until = localMigrations.map((migration) => {
    if (migration.version !== step) return migration;
    const up: typeof migration.up = async (schema) => {
      await migration.up(schema);
      for (const end of ends) copyFileSync(`${data}${end}`, `${aside}${end}`);
      throw new Error('gone');
    };
    return { ...migration, up };
  });
  await expect(migrateTo(db, schemaVersion, { migrations: until })).rejects.toThrow('gone');
  db.close();
  for (const end of [...ends, '-shm']) rmSync(`${data}${end}`, { force: true });
  for (const end of ends) if (existsSync(`${aside}${end}`)) renameSync(`${aside}${end}`, `${data}${end}`);
}

test.each(steps)(
  'a crash in step %i to a newer schema leaves a sandbox that is brought forward when it is opened next',
  async (step) => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'Old');
    const before = await workspace.as().entities.list({ type: 'team' });
    const live = hashTables(workspace.files.live);
    await goDuring(step, filesOf(workspace, id).data, join(workspace.folder, '..', 'aside'));
    const target = { kind: 'sandbox', id } as const;
    expect(schemaStatus(workspace.folder, target).version).toBe(step - 1);
    expect(await workspace.as().sandboxes.list({})).toMatchObject([
      { name: 'Old', problem: null, changes: 0 },
    ]);
    const play = clientOf(await openSandbox(workspace, id));
    expect((await play.workspace.info({})).schema_version).toBe(schemaVersion);
    expect((await play.entities.list({ type: 'team' })).matched).toBe(before.matched);
    expect(await verified(play)).toMatchObject({ ok: true, chain: { kept: true } });
    expect(hashTables(workspace.files.live)).toBe(live);
  },
);

describe('a sandbox of an older FRAMES, which nobody opened since', () => {
  /** Makes a sandbox with one change of its own, and takes it back to the first schema. */
  async function makeOlder(): Promise<{
    workspace: TestWorkspace;
    ada: Client;
    id: string;
    version: () => number;
  }> {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'Old');
    const core = await openSandbox(workspace, id);
    await clientOf(core).entities.update({ type: 'team', id: 'team-a', data: { size: 7 }, unset: [] });
    await core.close();
    const { data } = filesOf(workspace, id);
    const db = openConnection(data, { mode: 'write', log: silentLog });
    await migrateTo(db, 1);
    db.close();
    const version = (): number => schemaStatus(workspace.folder, { kind: 'sandbox', id }).version;
    expect(version()).toBe(1);
    return { workspace, ada: workspace.as(), id, version };
  }

  const uses: [use: string, run: (ada: Client, id: string) => Promise<unknown>][] = [
    ['compared', (ada, id) => comparedBy(ada, id)],
    ['promoted', (ada, id) => resultOf(ada.sandboxes.promote({ id }))],
    ['simulated', (ada, id) => resultOf(ada.analysis.simulate({ of: id, terms: 1, runs: 1 }))],
    ['searched for a person', (ada) => resultOf(ada.people.find({ person: 'Ada' }))],
    ['purged', (ada) => resultOf(ada.people.purge({ days: 0, dry: false }))],
  ];
  test.each(uses)('is brought forward when it is %s', async (_use, run) => {
    const { ada, id, version } = await makeOlder();
    await run(ada, id);
    expect(version()).toBe(schemaVersion);
  });
});

test('a sandbox that is opened first brings an older live forward when it is refreshed, after a backup', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Old');
  await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 7 }, unset: [] });
  await workspace.core.close();
  const db = openConnection(workspace.files.live, { mode: 'write', log: silentLog });
  await migrateTo(db, 1);
  db.close();
  const play = clientOf(await openSandbox(workspace, id));
  await resultOf(play.sandboxes.refresh({ id }));
  expect((await play.entities.get({ type: 'team', id: 'team-a' })).payload['size']).toBe(7);
  expect(schemaStatus(workspace.folder).version).toBe(schemaVersion);
  expect(await listBackups(workspace.files.backups)).toMatchObject([
    { reason: 'migrate', schema_version: 1 },
  ]);
});
