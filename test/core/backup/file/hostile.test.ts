import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { fc } from '@fast-check/vitest';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { BackupFileManifest } from '#core/backup/file/form.ts';
import { schemaVersion } from '#core/db/migrate.ts';
import { sealed } from '#core/files/package.ts';
import { exportTo, putTogether, sha256Of, stateOf, takeApart, takeFrom } from '#test/support/backup-file.ts';
import type { Parts } from '#test/support/backup-file.ts';
import { flipBit } from '#test/support/damage.ts';
import { testFolder } from '#test/support/folder.ts';
import { season } from '#test/support/prune.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** A workspace with a backup, that backup as a file, and a look at whether a file was refused and nothing changed. */
async function open() {
  const workspace = await testWorkspace({ template });
  const [backup] = await season(workspace, [1]);
  const file = join(testFolder(), 'good.frames');
  await exportTo(workspace, backup?.id ?? '', file);
  const before = stateOf(workspace);
  const refusalOf = async (path: string) => {
    const refusal = await takeFrom(workspace, path).then(() => null, refusalIn);
    expect(stateOf(workspace)).toEqual(before);
    return refusal;
  };
  return { workspace, file, other: `${file}.bad`, before, refusalOf };
}

describe('a file of a backup', () => {
  test('of which any bit was turned over is refused, and nothing is changed', async () => {
    const { file, other, refusalOf } = await open();
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (where) => {
        copyFileSync(file, other);
        flipBit(other, where);
        const refusal = await refusalOf(other);
        expect(refusal?.code).toBe('BAD_FILE');
        expect(refusal?.message).toContain('good.frames.bad');
      }),
      { numRuns: 60, examples: [[0], [0.0001], [1]] },
    );
  });

  test('that was cut off anywhere, or to which something was added, is refused', async () => {
    const { file, other, refusalOf } = await open();
    const { length } = readFileSync(file);
    for (const keep of [0, 5, 20, 44, 300, length / 3, length / 2, length - 33, length - 32, length - 1]) {
      copyFileSync(file, other);
      truncateSync(other, Math.floor(keep));
      const reason = keep < 8 ? 'not_frames' : 'truncated';
      expect(await refusalOf(other), `${keep} bytes`).toMatchObject({ data: { reason } });
    }
    copyFileSync(file, other);
    appendFileSync(other, 'x');
    expect(await refusalOf(other)).toMatchObject({ data: { reason: 'damaged' } });
  });

  test.each<[string, string, (path: string) => void]>([
    ['no file at all', 'unreadable', () => {}],
    ['a folder', 'unreadable', (path) => mkdirSync(path)],
    ['a pipe', 'unreadable', (path) => void execFileSync('sh', ['-c', 'mkfifo "$0"', path])],
    ['somebody else’s', 'not_frames', (path) => writeFileSync(path, 'PK'.repeat(5000))],
    ['empty', 'not_frames', (path) => writeFileSync(path, '')],
    [
      'of a newer form',
      'newer_format',
      (path) => writeFileSync(path, headed({ version: 9, kind: 'backup' })),
    ],
    ['one of records', 'other_kind', (path) => writeFileSync(path, headed({ version: 1, kind: 'records' }))],
    [
      'of a kind that nobody knows',
      'other_kind',
      (path) => writeFileSync(path, headed({ version: 1, kind: 'x\u0007' })),
    ],
    [
      'without what it should say',
      'damaged',
      (path) => writeFileSync(path, headed({ version: 1, kind: 'backup' })),
    ],
  ])('that is %s is refused as that', async (_, reason, make) => {
    const { other, refusalOf } = await open();
    make(other);
    const refusal = await refusalOf(other);
    expect(refusal).toMatchObject({ code: 'BAD_FILE', data: { reason } });
    expect(refusal?.message).not.toContain('\u0007');
  });

  test.each<[string, string, (parts: Parts) => void]>([
    [
      'of a newer schema',
      'newer_format',
      ({ manifest }) => void (manifest.schema_version = schemaVersion + 1),
    ],
    ['without a workspace', 'damaged', (parts) => named(parts, 'other')],
    ['with two files of one name', 'damaged', ({ manifest }) => void manifest.contents.push(live(manifest))],
    [
      'that says another number of records',
      'damaged',
      ({ manifest }) => void (manifest.counts['teams'] = 99),
    ],
    [
      'that says another head',
      'damaged',
      ({ manifest }) => void (manifest.backup.head.hash = 'f'.repeat(64)),
    ],
    ['that says another workspace', 'damaged', ({ manifest }) => void (manifest.backup.workspace = 'x')],
    ['that says an odd moment', 'damaged', ({ manifest }) => void (manifest.backup.made = '../../x')],
    [
      'that holds less than it says',
      'damaged',
      (parts) => void (parts.content = parts.content.subarray(4096)),
    ],
    ['that holds more than it says', 'damaged', (parts) => more(parts, Buffer.alloc(2 ** 24))],
    [
      'that says a hash of something else',
      'damaged',
      ({ manifest }) => void (live(manifest).sha256 = 'a'.repeat(64)),
    ],
    [
      'with a trigger in its schema',
      'damaged',
      (parts) => altered(parts, 'CREATE TRIGGER t AFTER UPDATE ON workspace BEGIN DELETE FROM teams; END'),
    ],
    [
      'with a change that the audit does not know',
      'damaged',
      (parts) => altered(parts, "UPDATE audit_logs SET digest = 'x'"),
    ],
    ['of another program', 'damaged', (parts) => altered(parts, 'PRAGMA application_id = 7')],
    ['of no database', 'damaged', (parts) => replaced(parts, Buffer.from('text'.repeat(5000)))],
  ])('made by somebody who knows how, %s, is refused', async (_, reason, change) => {
    const { file, other, refusalOf } = await open();
    const parts = takeApart(file);
    change(parts);
    putTogether(other, parts);
    expect(await refusalOf(other)).toMatchObject({ code: 'BAD_FILE', data: { reason } });
  });

  test('of which nothing was changed is taken, put together anew', async () => {
    const { workspace, file, other } = await open();
    putTogether(other, takeApart(file));
    expect(await takeFrom(workspace, other)).toMatchObject({ already: true });
  });

  test('that would be too large for the disk is refused before it is unpacked', async () => {
    const { workspace, file, other, before } = await open();
    const parts = takeApart(file);
    live(parts.manifest).bytes = 2 ** 50;
    putTogether(other, parts);
    const refusal = await takeFrom(workspace, other).then(() => null, refusalIn);
    expect(refusal).toMatchObject({ code: 'BACKUP', data: { reason: 'no_room' } });
    const full = await takeFrom(workspace, file, { look: () => Promise.resolve(1000) }).then(
      () => null,
      refusalIn,
    );
    expect(full).toMatchObject({ code: 'BACKUP', data: { reason: 'no_room' } });
    expect(stateOf(workspace)).toEqual(before);
  });

  test('decides no path by the names in it', async () => {
    const { workspace, file, other } = await open();
    const parts = takeApart(file);
    const extra = Buffer.from('mine');
    more(parts, extra);
    const named = { name: '../../../x', bytes: 4, sha256: sha256Of(extra) };
    parts.manifest.contents.push(named);
    putTogether(other, parts);
    expect(await takeFrom(workspace, other).then(() => null, refusalIn)).toMatchObject({
      code: 'BAD_FILE',
      data: { reason: 'damaged' },
    });
    named.name = 'source-..\\..\\x';
    putTogether(other, parts);
    const { id, contents } = await takeFrom(workspace, other);
    expect(contents).toEqual(['live', 'source-..\\..\\x']);
    const made = Object.keys(stateOf(workspace)).filter((path) => path.includes(id));
    expect(made.map((path) => path.slice(workspace.files.backups.length + 1)).toSorted()).toEqual([
      id,
      join(id, 'manifest.json'),
    ]);
  });

  test('that is given up on the way is not there', async () => {
    const { workspace, file, other, before } = await open();
    const { manifest, content } = takeApart(file);
    // None that is here already.
    putTogether(other, {
      manifest: { ...manifest, backup: { ...manifest.backup, reason: 'daily' } },
      content,
    });
    for (const at of ['reading', 'comparing', 'storing']) {
      const stop = new AbortController();
      const tell = ({ step }: { step: string }): void => void (step === at && stop.abort());
      const refusal = await takeFrom(workspace, other, { signal: stop.signal, tell }).then(
        () => null,
        refusalIn,
      );
      expect(refusal?.code, at).toBe('CANCELLED');
      expect(stateOf(workspace)).toEqual(before);
    }
  });
});

const headed = (manifest: object): Buffer =>
  Buffer.concat([
    sealed(Buffer.from(JSON.stringify({ format: 'frames', ...manifest }))),
    zstdCompressSync('x'),
  ]);

const live = ({ contents }: BackupFileManifest) => contents[0] as BackupFileManifest['contents'][number];

function named({ manifest }: Parts, name: string): void {
  live(manifest).name = name;
}

function more(parts: Parts, bytes: Buffer): void {
  parts.content = Buffer.concat([parts.content, bytes]);
}

function replaced(parts: Parts, bytes: Buffer): void {
  parts.content = bytes;
  Object.assign(live(parts.manifest), { bytes: bytes.length, sha256: sha256Of(bytes) });
}

/** Changes the database in a file, and says so as if it had been so. */
function altered(parts: Parts, sql: string): void {
  const path = join(testFolder(), 'image');
  writeFileSync(path, parts.content);
  const db = new Database(path);
  db.exec(sql);
  db.close();
  replaced(parts, readFileSync(path));
}
