import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { testFolder } from '#test/support/folder.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, openSeeded, testWorkspace, verified } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
function copy(): string {
  const folder = join(testFolder(), 'w');
  cpSync(template.folder, folder, { recursive: true });
  return folder;
}

describe('a workspace is made', () => {
  test('in a folder that there is not yet, with a first profile that may do everything', async () => {
    const folder = join(testFolder(), 'new', 'deep');
    const core = await openSeeded({ folder, owner: 'Ada' });
    const client = core.client(core.session());
    expect(await client.workspace.info({})).toMatchObject({
      name: 'deep',
      schema_version: schemaVersion,
      sample: false,
      transactions: 1,
      actor: { name: 'Ada', role: 'admin', university_id: null },
    });
    expect((await verified(client)).ok).toBe(true);
    await core.close();
    expect(readdirSync(folder).toSorted()).toEqual(['frames.sqlite', 'head.json', 'holders', 'lock.sqlite']);
  });

  test('not in a folder with other files, and not over them', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'thesis.doc'), 'x');
    const { data, message } = await refused('WORKSPACE', openSeeded({ folder, owner: 'Ada' }));
    expect(data.reason).toBe('not_empty_folder');
    expect(message).toContain('thesis.doc');
    expect(readdirSync(folder)).toEqual(['thesis.doc']);
  });

  test('not where a workspace lost its file: its other files show that', async () => {
    const folder = testFolder();
    const core = await openSeeded({ folder, owner: 'Ada' });
    await core.close();
    rmSync(join(folder, 'frames.sqlite'));
    const before = readdirSync(folder);
    const { data, message } = await refused('WORKSPACE', openSeeded({ folder, owner: 'Ada' }));
    expect(data.reason).toBe('lost');
    expect(message).toContain('frames.sqlite is missing');
    expect(readdirSync(folder)).toEqual(before);
  });

  test('not beside remains of another: a WAL without its file', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'frames.sqlite-wal'), 'x');
    expect((await refused('WORKSPACE', openSeeded({ folder, owner: 'Ada' }))).data.reason).toBe(
      'not_empty_folder',
    );
  });

  test('where a crash left half of one', async () => {
    const folder = testFolder();
    for (const name of ['frames.sqlite.new-1234', 'frames.sqlite.new-1234-journal', '.DS_Store'])
      writeFileSync(join(folder, name), 'x');
    mkdirSync(join(folder, 'logs'));
    const core = await openSeeded({ folder, owner: 'Ada' });
    expect((await verified(core.client(core.session()))).ok).toBe(true);
    await core.close();
  });

  test('once, when two want to make it at the same moment', async () => {
    const folder = join(testFolder(), 'w');
    const cores = await Promise.all(
      [1, 2, 3].map((seed) => openSeeded({ folder, seed, owner: `Owner ${seed}` })),
    );
    const infos = await Promise.all(cores.map((core) => core.client(core.session()).workspace.info({})));
    expect(new Set(infos.map(({ id }) => id)).size).toBe(1);
    await Promise.all(
      cores.map((core) =>
        core.client(core.session()).entities.create({ type: 'university', data: { name: 'N' } }),
      ),
    );
    const [first] = cores;
    expect(await first?.client(first.session()).entities.counts({})).toMatchObject({ universities: 3 });
    for (const core of cores) await core.close();
  });
});

describe('a workspace is not opened', () => {
  const reasonOf = async (folder: string, owner?: string): Promise<string> => {
    const { data, message } = await refused('WORKSPACE', openSeeded({ folder, owner }));
    expect(message).not.toMatch(/SELECT|PRAGMA|Sqlite|\bat\b .*\.ts/);
    expect(message).not.toContain(folder);
    return data.reason;
  };

  test('without creating one: nothing is left behind', async () => {
    const folder = testFolder();
    expect(await reasonOf(folder)).toBe('missing');
    expect(await reasonOf(join(folder, 'none'))).toBe('missing');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('when its file is empty, foreign, cut off or damaged, also when one might be made', async () => {
    const spoiled: [string, (live: string) => void][] = [
      ['empty', (live) => truncateSync(live, 0)],
      ['foreign', (live) => writeFileSync(live, 'not a database'.repeat(100))],
      ['damaged', (live) => truncateSync(live, 5000)],
      ['foreign', (live) => sql(live, 'PRAGMA application_id = 1')],
      ['damaged', (live) => sql(live, 'DROP TABLE workspace')],
      ['damaged', spoilRoot],
    ];
    for (const [reason, spoil] of spoiled) {
      for (const owner of [undefined, 'Ada']) {
        const folder = copy();
        spoil(workspaceFiles(folder).live);
        expect(await reasonOf(folder, owner), spoil.toString()).toBe(reason);
      }
    }
  });

  test('from a newer version, which stays unchanged', async () => {
    const folder = copy();
    const { live, backups } = workspaceFiles(folder);
    sql(live, `PRAGMA user_version = ${schemaVersion + 1}`);
    const { data, message } = await refused('WORKSPACE', openSeeded({ folder }));
    expect(data.reason).toBe('newer');
    expect(message).toContain('A newer FRAMES wrote this workspace');
    expect(message).toContain('Update FRAMES');
    expect(existsSync(backups)).toBe(false);
  });

  /** The table of facts, whose page holds rubbish. */
  function spoilRoot(live: string): void {
    const db = new Database(live);
    const page = db
      .prepare(`SELECT rootpage FROM sqlite_master WHERE name = 'workspace'`)
      .pluck()
      .get() as number;
    db.pragma('journal_mode = DELETE');
    db.close();
    const file = openSync(live, 'r+');
    writeSync(file, Buffer.alloc(4096, 0xee), 0, 4096, (page - 1) * 4096);
    closeSync(file);
  }

  function sql(live: string, text: string): void {
    const db = new Database(live);
    db.exec(text);
    db.close();
  }
});

test('a refused workspace is not held: it opens once it has been mended', async () => {
  const folder = copy();
  const { live, lock } = workspaceFiles(folder);
  const db = new Database(live);
  db.exec('ALTER TABLE workspace RENAME TO hidden');
  await refused('WORKSPACE', openSeeded({ folder }));
  db.exec('ALTER TABLE hidden RENAME TO workspace');
  db.close();
  const core = await openSeeded({ folder });
  expect(core.services.holders.describeOthers()).toEqual([]);
  await core.close();
  rmSync(lock);
});

test('everything is still there after closing and opening again', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.create({ type: 'team', id: 'mine', data: { name: 'Mine', x_own: [1, null, 'ü'] } });
  const before = [
    await ada.workspace.info({}),
    await ada.history.list({}),
    await ada.entities.list({ type: 'team' }),
  ];
  await workspace.reopen();
  const after = workspace.as();
  expect([
    await after.workspace.info({}),
    await after.history.list({}),
    await after.entities.list({ type: 'team' }),
  ]).toEqual(before);
});

test('a read under way when the workspace is closed fails without harm', async () => {
  const workspace = await testWorkspace({ template });
  const core = await workspace.another();
  const client = core.client(core.session());
  await core.close();
  await refused('INTERNAL', client.entities.list({ type: 'team' }));
  const late = client.entities.create({ type: 'team', data: { name: 'N' } });
  expect(await refused('CANCELLED', late)).toMatchObject({ code: 'CANCELLED' });
  await core.close();
});
