import { sentenceText } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { listBackups, readBackup } from '#core/versions/list.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { backedUp, backUp, fileOf, namesIn, restore, verify } from '#test/support/backup.ts';
import type { BackedUp } from '#test/support/backup.ts';
import { alterDatabase, replaceContent, rewrite } from '#test/support/backup-file.ts';
import type { Parts } from '#test/support/backup-file.ts';
import { flipBit } from '#test/support/damage.ts';
import { testFolder } from '#test/support/folder.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

const problemsIn = ({ problems }: { problems: readonly Sentence[] }): string =>
  problems.map((one) => sentenceText(one)).join(' ');

/** Neither verifying nor restoring accepts it; restoring leaves no folder. */
async function expectRefused({ workspace, made }: BackedUp, reason: string): Promise<string> {
  const report = await verify(workspace, made.id);
  expect(report).toMatchObject({ ok: false, reason });
  expect(problemsIn(report)).toMatch(/^[A-Z].*\.$/);
  const into = join(testFolder(), 'new');
  await expect(restore(workspace, made.id, into)).rejects.toMatchObject({ code: 'BACKUP', data: { reason } });
  expect(readdirSync(join(into, '..'))).toEqual([]);
  expect(namesIn(workspace)).toEqual([made.id]);
  return problemsIn(report);
}

const lateTrigger = 'CREATE TRIGGER later AFTER UPDATE ON workspace BEGIN DELETE FROM interfaces; END';

/** What can befall the file of a backup. */
const damages: Readonly<Record<string, [reason: string, (file: string) => void]>> = {
  'it is empty': ['foreign', (file) => truncateSync(file, 0)],
  'its manifest is cut off': ['damaged', (file) => truncateSync(file, 100)],
  'its last byte is missing': ['damaged', (file) => truncateSync(file, readFileSync(file).length - 1)],
  'it is longer': [
    'damaged',
    (file) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(9)])),
  ],
  'it is of another program': ['foreign', (file) => writeFileSync(file, 'PK'.repeat(9000))],
};

/** What somebody may put into a file who knows how: every hash of its form holds. */
const forgeries: Readonly<Record<string, [reason: string, (parts: Parts) => void]>> = {
  'it says to be longer than it is': ['damaged', ({ manifest }) => void (manifest.bytes -= 1)],
  'it says another hash': ['damaged', ({ manifest }) => void (manifest.sha256 = 'c'.repeat(64))],
  'it says another number of records': ['damaged', ({ manifest }) => void (manifest.counts['teams'] = 77)],
  'it says another head of the audit': ['damaged', ({ manifest }) => void (manifest.head.hash = 'other')],
  'it says another schema': ['damaged', ({ manifest }) => void (manifest.schema_version -= 1)],
  'it says a newer schema': ['newer', ({ manifest }) => void (manifest.schema_version = schemaVersion + 1)],
  'it says another workspace': ['damaged', ({ manifest }) => void (manifest.workspace = 'other')],
  'it says another moment': ['foreign', ({ manifest }) => void (manifest.made = '2020-01-01T00:00:00.000Z')],
  'it says a moment that is a path': ['damaged', ({ manifest }) => void (manifest.made = '../../x')],
  'it has control characters': ['damaged', ({ manifest }) => void (manifest.reason = 'a\u001b[31m')],
  'it is a golden version': [
    'foreign',
    ({ manifest }) =>
      void Object.assign(manifest, { kind: 'golden', golden: { by: 'x', note: '', shipped: null } }),
  ],
  'it holds no database': ['damaged', (parts) => replaceContent(parts, Buffer.from('text'.repeat(5000)))],
  'its database is of another program': [
    'damaged',
    (parts) => alterDatabase(parts, 'PRAGMA application_id = 7'),
  ],
  'its database is of a newer schema': [
    'damaged',
    (parts) => alterDatabase(parts, 'PRAGMA user_version = 99'),
  ],
  'its database has a trigger': ['damaged', (parts) => alterDatabase(parts, lateTrigger)],
  'its database has a view': ['damaged', (parts) => alterDatabase(parts, 'CREATE VIEW later AS SELECT 1')],
  'its database has a trigger of a name of SQLite’s own': [
    'damaged',
    (parts) =>
      alterDatabase(parts, (db) => {
        db.exec(lateTrigger);
        db.unsafeMode();
        db.pragma('writable_schema = ON');
        db.exec(
          "UPDATE sqlite_master SET name = 'sqlite_x', sql = replace(sql, 'later', 'sqlite_x') WHERE name = 'later'",
        );
      }),
  ],
  'its audit was changed': [
    'damaged',
    (parts) => alterDatabase(parts, "UPDATE audit_logs SET digest = 'x' WHERE id = 2"),
  ],
  'its records are not what its audit says': [
    'damaged',
    (parts) => alterDatabase(parts, "UPDATE teams SET payload = json_set(payload, '$.name', 'Other')"),
  ],
};

/** What may lie in the place of a file. */
const strange: Readonly<Record<string, (file: string) => void>> = {
  'a pipe': (file) => void execFileSync('sh', ['-c', 'mkfifo "$0"', file]),
  'a link to what never ends': (file) => symlinkSync('/dev/zero', file),
  'a link that goes in circles': (file) => symlinkSync(file, file),
  'a folder': (file) => mkdirSync(file),
};

describe('a backup', () => {
  test('that is intact is reported so, and the check leaves nothing behind', async () => {
    const { workspace, made } = await backedUp(template);
    const before = namesIn(workspace);
    expect(await verify(workspace, made.id)).toEqual({
      id: made.id,
      ok: true,
      reason: null,
      problems: [],
      documents: [],
    });
    expect(namesIn(workspace)).toEqual(before);
  });

  test('of which any bit was turned over is found to be damaged', async () => {
    const { workspace, made, file } = await backedUp(template);
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (where) => {
        flipBit(file, where);
        const report = await verify(workspace, made.id).catch((error: unknown) => error);
        expect(report).toMatchObject({ ok: false });
        writeFileSync(file, whole);
      }),
      { numRuns: 80, examples: [[0], [0.0001], [0.9999], [1]] },
    );
    expect(await verify(workspace, made.id)).toMatchObject({ ok: true });
  });

  test.each(Object.entries(damages))('is refused when %s', async (_, [reason, damage]) => {
    const given = await backedUp(template);
    damage(given.file);
    await expectRefused(given, reason);
    expect((await listBackups(given.workspace.files.backups))[0]).toMatchObject({ problem_code: reason });
  });

  test.each(Object.entries(forgeries))('is refused when %s', async (_, [reason, forge]) => {
    const given = await backedUp(template);
    rewrite(given.file, forge);
    expect(await expectRefused(given, reason)).not.toBe('');
  });

  test.each(Object.entries(strange))(
    'is refused where %s is in its place, and hides no other',
    async (_, make) => {
      const given = await backedUp(template);
      const { workspace, made, file } = given;
      rmSync(file);
      make(file);
      await expectRefused(given, 'foreign');
      const other = await backUp(workspace);
      const all = await listBackups(workspace.files.backups);
      expect(all.map(({ id, problem }) => [id, problem === null])).toEqual([
        [other.id, true],
        [made.id, false],
      ]);
    },
  );

  test('whose file is a link to another file is not followed', async () => {
    const given = await backedUp(template);
    const elsewhere = join(testFolder(), 'elsewhere');
    renameSync(given.file, elsewhere);
    symlinkSync(elsewhere, given.file);
    expect(await expectRefused(given, 'foreign')).not.toBe('');
  });

  test('that was rewritten without a change is intact, and an added index does not matter', async () => {
    const { workspace, made, file } = await backedUp(template);
    rewrite(file, () => {});
    expect(await verify(workspace, made.id)).toMatchObject({ ok: true });
    await workspace.core.close();
    const db = new Database(workspace.files.live);
    db.exec('CREATE INDEX mine ON teams (id)');
    db.close();
    const { id } = await backUp(workspace);
    expect(await verify(workspace, id)).toMatchObject({ ok: true });
    expect(await restore(workspace, id, join(testFolder(), 'new'))).toMatchObject({ id });
    await workspace.reopen();
  });

  test('that declares a huge size is refused before writing', async () => {
    const { workspace, made, file } = await backedUp(template);
    rewrite(file, ({ manifest }) => (manifest.bytes = 2 ** 40));
    const look = (): Promise<number> => Promise.resolve(50 * 2 ** 20);
    const into = join(testFolder(), 'new');
    for (const attempt of [
      () => verify(workspace, made.id, { freeBytesOf: look }),
      () => restore(workspace, made.id, into, { freeBytesOf: look }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'BACKUP', data: { reason: 'no_room' } });
    expect(namesIn(workspace)).toEqual([made.id]);
    expect(readdirSync(join(into, '..'))).toEqual([]);
  });

  test('that is larger than declared is not unpacked further', async () => {
    const given = await backedUp(template);
    rewrite(given.file, (parts) => {
      parts.content = Buffer.concat([parts.content, Buffer.alloc(2 ** 26)]);
    });
    expect(await expectRefused(given, 'damaged')).toContain('more than its manifest says');
  });

  test('is found by its id only, and missing under another name', async () => {
    const { workspace, made, file } = await backedUp(template);
    const { backups } = workspace.files;
    for (const wanted of ['..', '../x', '.', '', 'lock', `${made.id}/../${made.id}`, '20000101T000000000Z'])
      await expect(readBackup(backups, wanted)).rejects.toMatchObject({
        data: { reason: 'missing', id: wanted },
      });
    const other = '20000101T000000000Z';
    copyFileSync(file, fileOf(workspace, other));
    expect(await verify(workspace, other)).toMatchObject({ ok: false, reason: 'foreign' });
    linkSync(file, join(backups, 'notes.frames'));
    expect((await listBackups(backups)).map(({ id }) => id)).toEqual([made.id, other]);
    expect(await listBackups(join(backups, 'none'))).toEqual([]);
  });
});
