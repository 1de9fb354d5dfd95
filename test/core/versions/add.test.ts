import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { withPreamble } from '#core/kernel/files/package.ts';
import {
  addFrom,
  alterDatabase,
  exportTo,
  putTogether,
  stateOf,
  takeApart,
} from '#test/support/backup-file.ts';
import { useCheapKeys } from '#test/support/cheap-keys.ts';
import type { Parts } from '#test/support/backup-file.ts';
import { flipBit } from '#test/support/damage.ts';
import { testFolder } from '#test/support/folder.ts';
import { season } from '#test/support/prune.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

useCheapKeys();
const template = await makeTemplate(preparePeople);

/** A workspace with a backup, that backup as a file, and a look at whether a file was refused and nothing changed. */
async function open() {
  const workspace = await testWorkspace({ template });
  const [backup] = await season(workspace, [1]);
  const file = join(testFolder(), 'good.frames');
  await exportTo(workspace, backup?.id ?? '', file);
  const before = stateOf(workspace);
  const refusalOf = async (path: string) => {
    const refusal = await addFrom(workspace, path).then(() => null, refusalIn);
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
    ['of another kind', 'other_kind', ({ manifest }) => asGolden(manifest)],
    ['that says another head', 'damaged', ({ manifest }) => void (manifest.head.hash = 'f'.repeat(64))],
    ['that says an odd moment', 'damaged', ({ manifest }) => void (manifest.made = '../../x')],
    [
      'that holds less than it says',
      'damaged',
      (parts) => void (parts.content = parts.content.subarray(4096)),
    ],
    [
      'with records that the audit does not know',
      'damaged',
      (parts) => alterDatabase(parts, "UPDATE teams SET payload = json_set(payload, '$.name', 'X')"),
    ],
  ])('made by somebody who knows how, %s, is refused', async (_, reason, change) => {
    const { file, other, refusalOf } = await open();
    const parts = takeApart(file);
    change(parts);
    putTogether(other, parts);
    expect(await refusalOf(other)).toMatchObject({ code: 'BAD_FILE', data: { reason } });
  });

  test('is recognised by its beginning: plain, encrypted, records, or nothing of FRAMES', async () => {
    const { workspace, file, other } = await open();
    const recognize = (path: string) =>
      workspace.as().backups.recognize({ grant: workspace.core.grants.issue(path, 'read') });
    const { manifest } = takeApart(file);
    const { made, reason, counts } = manifest;
    expect(await recognize(file)).toEqual({
      kind: 'backup',
      backup: { made, reason, counts, workspace: manifest.workspace },
    });
    const [first] = await workspace.as().backups.list({});
    const secret = `${file}.age`;
    await exportTo(workspace, first?.id ?? '', secret, { passphrase: 'a long passphrase' });
    expect(await recognize(secret)).toEqual({ kind: 'encrypted', backup: null });
    writeFileSync(other, headed({ version: 1, kind: 'records' }));
    expect(await recognize(other)).toEqual({ kind: 'records', backup: null });
    writeFileSync(other, 'PK'.repeat(5000));
    expect(await recognize(other)).toEqual({ kind: 'other', backup: null });
  });

  test('that would be too large for the disk is refused before it is unpacked', async () => {
    const { workspace, file, other, before } = await open();
    const parts = takeApart(file);
    parts.manifest.bytes = 2 ** 50;
    putTogether(other, parts);
    const refusal = await addFrom(workspace, other).then(() => null, refusalIn);
    expect(refusal).toMatchObject({ code: 'BACKUP', data: { reason: 'no_room' } });
    const full = await addFrom(workspace, file, { freeBytesOf: () => Promise.resolve(1000) }).then(
      () => null,
      refusalIn,
    );
    expect(full).toMatchObject({ code: 'BACKUP', data: { reason: 'no_room' } });
    expect(stateOf(workspace)).toEqual(before);
  });

  test('that is cancelled does not exist', async () => {
    const { workspace, file, other, before } = await open();
    const { manifest, content } = takeApart(file);
    // None that is here already.
    putTogether(other, { manifest: { ...manifest, reason: 'daily' }, content });
    for (const at of ['copying', 'reading']) {
      const stop = new AbortController();
      const onProgress = ({ step }: { step: string }): void => void (step === at && stop.abort());
      const refusal = await addFrom(workspace, other, { signal: stop.signal, onProgress }).then(
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
    withPreamble(Buffer.from(JSON.stringify({ format: 'frames', ...manifest }))),
    zstdCompressSync('x'),
  ]);

function asGolden(manifest: Parts['manifest']): void {
  Object.assign(manifest, { kind: 'golden', golden: { by: 'x', note: '', shipped: null } });
}
