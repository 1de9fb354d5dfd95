import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { listBackups } from '#core/backup/list.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { backedUp, backUp, liveIn, namesIn, restore, verify } from '#test/support/backup.ts';
import type { BackedUp } from '#test/support/backup.ts';
import { forgeImage } from '#test/support/forge.ts';
import { testFolder } from '#test/support/folder.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** Neither verifying nor restoring makes anything of it, and both say so; restoring leaves no folder. */
async function refused({ workspace, made }: BackedUp, reason: string): Promise<string> {
  const report = await verify(workspace, made.id);
  expect(report).toMatchObject({ ok: false, reason });
  const into = join(testFolder(), 'new');
  await expect(restore(workspace, made.id, into)).rejects.toMatchObject({ code: 'BACKUP', data: { reason } });
  expect(readdirSync(join(into, '..'))).toEqual([]);
  expect(namesIn(workspace)).toEqual([made.id]);
  return report.problems.join(' ');
}

const listed = async ({ workspace, made }: BackedUp): Promise<string | null | undefined> =>
  (await listBackups(workspace.files.backups)).find(({ id }) => id === made.id)?.problem;

describe('a backup that no workspace can be made of is not called whole', () => {
  test('because it holds none', async () => {
    const given = await backedUp(template);
    given.reseal((open) => (liveIn(open).name = 'other'));
    expect(await refused(given, 'damaged')).toContain('holds no workspace');
    expect(await listed(given)).toContain('holds no workspace');
  });

  test('because two of its files have one name', async () => {
    const given = await backedUp(template);
    given.reseal((open) => open.contents.push(liveIn(open)));
    expect(await refused(given, 'damaged')).toContain('one name');
  });

  test('because its schema is newer, whatever its tables are called', async () => {
    const given = await backedUp(template);
    await forgeImage(given, (db) => {
      db.pragma('user_version = 99');
      db.exec('ALTER TABLE teams RENAME TO groups');
    });
    given.reseal((open) => (open.schema_version = 99));
    expect(await refused(given, 'newer')).toContain('newer version of FRAMES (schema 99)');
    expect(await listed(given)).toContain('newer version of FRAMES (schema 99)');
    given.reseal((open) => (open.schema_version = schemaVersion));
    expect(await refused(given, 'damaged')).toContain('Its workspace is damaged');
  });

  test('because it is a database of another program', async () => {
    const given = await backedUp(template);
    await forgeImage(given, (db) => db.pragma('application_id = 7'));
    expect(await refused(given, 'damaged')).toContain('no workspace of FRAMES');
  });

  test.each([
    ['trigger', 'CREATE TRIGGER later AFTER UPDATE ON workspace BEGIN DELETE FROM interfaces; END'],
    ['view', 'CREATE VIEW later AS SELECT 1'],
    ['table', 'CREATE TABLE later (x)'],
  ])('because it has a %s that is not ours', async (what, sql) => {
    const given = await backedUp(template);
    await forgeImage(given, (db) => db.exec(sql));
    expect(await refused(given, 'damaged')).toContain(`${what} later is not ours`);
  });

  test('because a trigger hides behind a name of SQLite’s own', async () => {
    const given = await backedUp(template);
    await forgeImage(given, (db) => {
      db.exec('CREATE TRIGGER later AFTER UPDATE ON workspace BEGIN DELETE FROM interfaces; END');
      db.unsafeMode();
      db.pragma('writable_schema = ON');
      db.exec(
        "UPDATE sqlite_master SET name = 'sqlite_x', sql = replace(sql, 'later', 'sqlite_x') WHERE name = 'later'",
      );
    });
    expect(await refused(given, 'damaged')).toContain('trigger sqlite_x is not ours');
  });

  test('but an index that somebody added changes nothing', async () => {
    const { workspace } = await backedUp(template);
    await workspace.core.close();
    const db = new Database(workspace.files.live);
    db.exec('CREATE INDEX mine ON teams (id)');
    db.close();
    const { id } = await backUp(workspace);
    expect(await verify(workspace, id)).toMatchObject({ ok: true });
    expect(await restore(workspace, id, join(testFolder(), 'new'))).toMatchObject({ id });
    await workspace.reopen();
  });
});

describe('a backup that says it is huge', () => {
  test('is refused before anything is written', async () => {
    const { workspace, made, reseal } = await backedUp(template);
    const times = 400;
    reseal((open) => {
      const live = liveIn(open);
      const pages = live.runs.reduce((sum, [, , count]) => sum + count, 0);
      live.bytes = pages * times * 4096;
      live.runs = Array.from({ length: times }, () => live.runs).flat();
    });
    const look = (): Promise<number> => Promise.resolve(50 * 2 ** 20);
    const into = join(testFolder(), 'new');
    for (const attempt of [
      () => verify(workspace, made.id, { look }),
      () => restore(workspace, made.id, into, { look }),
    ])
      await expect(attempt()).rejects.toMatchObject({
        code: 'BACKUP',
        data: { reason: 'no_room' },
        message: expect.stringMatching(/takes \d+ MB on the disk, and 50 MB are free/) as string,
      });
    expect(namesIn(workspace)).toEqual([made.id]);
    expect(readdirSync(join(into, '..'))).toEqual([]);
  });
});

describe('what is no plain file', () => {
  const links: Readonly<Record<string, (file: string) => void>> = {
    'a pipe': (file) => void execFileSync('sh', ['-c', 'mkfifo "$0"', file]),
    'a link to what never ends': (file) => symlinkSync('/dev/zero', file),
    'a link that goes in circles': (file) => symlinkSync(file, file),
    'a folder': (file) => mkdirSync(file),
  };

  test.each(Object.entries(links))(
    'is not read as a manifest, and hides no other backup: %s',
    async (_, make) => {
      const given = await backedUp(template);
      const { workspace, made, manifest } = given;
      const other = await backUp(workspace);
      rmSync(manifest);
      make(manifest);
      expect(
        (await listBackups(workspace.files.backups)).map(({ id, problem }) => [id, problem === null]),
      ).toEqual([
        [other.id, true],
        [made.id, false],
      ]);
      expect(await listed(given)).toMatch(
        /^The manifest of backup \w+ cannot be read: .*\. Nothing was changed\.$/,
      );
      expect(await verify(workspace, made.id)).toMatchObject({ ok: false, reason: 'foreign' });
      expect((await backUp(workspace)).added).toBe(0);
    },
  );

  test.each(Object.entries(links))('is not read as a pack: %s', async (_, make) => {
    const given = await backedUp(template);
    rmSync(given.pack);
    make(given.pack);
    expect(await refused(given, 'damaged')).toContain('no plain file');
    await given.workspace.as().entities.create({ type: 'team', data: { name: 'New' } });
    const next = await backUp(given.workspace);
    expect(await verify(given.workspace, next.id)).toMatchObject({ ok: true });
  });

  test('is not taken for a backup: a link to a folder elsewhere', async () => {
    const { workspace, made } = await backedUp(template);
    const folder = join(workspace.files.backups, made.id);
    const elsewhere = join(testFolder(), 'elsewhere');
    renameSync(folder, elsewhere);
    symlinkSync(elsewhere, folder);
    expect(await verify(workspace, made.id)).toMatchObject({ ok: false, reason: 'foreign' });
    expect((await listBackups(workspace.files.backups))[0]).toMatchObject({
      problem_code: 'foreign',
      problem: `Backup ${made.id} is none of FRAMES: a link stands in the place of its folder. Nothing was changed.`,
    });
  });

  test('and a manifest that is longer than any is not read into memory', async () => {
    const { workspace, made, manifest } = await backedUp(template);
    truncateSync(manifest, 2 ** 40);
    expect(await verify(workspace, made.id)).toMatchObject({ ok: false, reason: 'foreign' });
  });
});
