import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openConnection } from '#core/db/connection.ts';
import { workspaceFiles } from '#core/db/files.ts';
import { lockShared } from '#core/db/lock.ts';
import { migrateTo, schemaVersion } from '#core/db/migrate.ts';
import { silentLog } from '#core/log.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, openSeeded, verified } from '#test/support/workspace.ts';
import { contentsOf } from './harness.ts';
import type { Contents } from './harness.ts';

const template = await makeTemplate(preparePeople);
const older = Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1);

/** A workspace as an older version has left it. */
async function workspaceAt(version: number): Promise<{ folder: string; contents: Contents }> {
  const folder = join(testFolder(), 'w');
  cpSync(template.folder, folder, { recursive: true });
  const db = openConnection(workspaceFiles(folder).live, { mode: 'write', log: silentLog });
  await migrateTo(db, version);
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
    await core.close();
    expect(readFile(live)).toMatchObject(contents);

    const [copy, ...more] = readdirSync(backups);
    expect(more).toEqual([]);
    const kept = join(backups, copy ?? '');
    const manifest = JSON.parse(readFileSync(join(kept, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      reason: 'migrate',
      schema_version: version,
      counts: { teams: 2, universities: 2 },
    });
    expect(readFile(join(kept, 'frames.sqlite'))).toEqual(contents);
  });

  test('is refused while somebody has it open, and leaves it as it is', async () => {
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
  });

  test('by two at once migrates it once, and both have it open', async () => {
    const { folder } = await workspaceAt(version);
    const cores = await Promise.all([1, 2].map((seed) => openSeeded({ folder, seed })));
    expect(readdirSync(workspaceFiles(folder).backups)).toHaveLength(1);
    for (const core of cores) {
      expect((await verified(core.client(core.session()))).ok).toBe(true);
      await core.close();
    }
  });
});
