import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { listBackups } from '#core/backup/list.ts';
import { sandboxContent } from '#core/backup/inside.ts';
import { backupFormat, seal, unseal } from '#core/backup/manifest.ts';
import type { BackupManifest } from '#core/backup/manifest.ts';
import { readManifest } from '#core/backup/read-manifest.ts';
import { testFolder } from '#test/support/folder.ts';

const id = '20260304T050607008Z';
const some: BackupManifest = {
  format: backupFormat,
  id,
  made: '2026-03-04T05:06:07.008Z',
  reason: 'asked',
  app: '0.1.0',
  schema_version: 5,
  workspace: 'w',
  counts: { teams: 2 },
  head: { id: 7, op_id: 'o', hash: 'h', hlc: null, created_at: null, changes: 1 },
  contents: [{ name: 'live', bytes: 8192, sha256: 'a'.repeat(64), runs: [[0, 3, 2]] }],
  packs: [{ sha256: 'b'.repeat(64), bytes: 900, pages: 5 }],
  added: 900,
};

const sandbox = 'sbx_01900000-0000-7000-8000-000000000000';

const refusal = (text: string): unknown => {
  try {
    return unseal(text, id);
  } catch (error) {
    return (error as { data?: unknown }).data;
  }
};

describe('a manifest', () => {
  test('is read as it was sealed', () => expect(unseal(seal(some), id)).toEqual(some));

  test('that was changed in any character is refused, or says the same', () => {
    const text = seal(some);
    fc.assert(
      fc.property(
        fc.nat({ max: text.length - 1 }),
        fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
        (at, other) => {
          const changed = text.slice(0, at) + other + text.slice(at + 1);
          const read = refusal(changed) as Partial<BackupManifest> & { reason?: string };
          expect([some, 'damaged', 'newer', 'early', 'foreign']).toContainEqual(
            'contents' in read ? read : read.reason,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('of another format, of somebody else, or that contradicts itself is refused', () => {
    const sealed = (part: Partial<BackupManifest>): string => seal({ ...some, ...part });
    expect(refusal(JSON.stringify({ format: 4 }))).toMatchObject({ reason: 'newer' });
    expect(refusal(sealed({ format: 3 }))).toMatchObject({ reason: 'damaged' });
    expect(refusal(JSON.stringify({ format: 1 }))).toMatchObject({ reason: 'early' });
    for (const text of ['null', '[]', '{}', '"text"', '{"format":"2"}'])
      expect(refusal(text)).toMatchObject({ reason: 'foreign' });
    for (const text of ['', '{"format":2', 'hello'])
      expect(refusal(text)).toMatchObject({ reason: 'damaged' });
    for (const strange of [{ reason: 'a\u001b[31m' }, { app: 'a\nb' }, { workspace: '\u009b' }])
      expect(refusal(sealed(strange))).toMatchObject({ reason: 'foreign' });
    const live = some.contents[0] as BackupManifest['contents'][number];
    for (const runs of [[[0, 3, 3]], [[1, 0, 2]], [[0, 0, 1]], []] as [number, number, number][][])
      expect(refusal(sealed({ contents: [{ ...live, runs }] }))).toMatchObject({ reason: 'damaged' });
    const twice = [live, { ...live, name: 'source-x' }];
    expect(refusal(sealed({ contents: twice }))).toHaveProperty('contents');
    for (const contents of [[{ ...live, name: 'other' }], [live, live], [...twice, ...twice]])
      expect(refusal(sealed({ contents }))).toMatchObject({ reason: 'damaged' });
    // Hashes of pages do not compress: no pack holds more of them than it has bytes for.
    for (const pages of [29, 2 ** 25])
      expect(refusal(sealed({ packs: [{ sha256: 'b'.repeat(64), bytes: 900, pages }] }))).toMatchObject({
        reason: 'damaged',
      });
    const huge = { sha256: 'b'.repeat(64), bytes: 2 ** 40, pages: 2 ** 24 + 1 };
    expect(refusal(sealed({ packs: [huge] }))).toMatchObject({ reason: 'damaged' });
    expect(refusal(sealed({ id: '20260304T050607009Z' }))).toMatchObject({ reason: 'damaged' });
  });

  test('names nothing but what FRAMES puts into a backup', () => {
    const live = some.contents[0] as BackupManifest['contents'][number];
    const named = (name: string) => refusal(seal({ ...some, contents: [live, { ...live, name }] }));
    for (const name of [
      'golden-7',
      'golden-7-manifest',
      'source-a b.csv',
      'source-..x\\y\n.json',
      sandboxContent(sandbox),
    ])
      expect(named(name)).toHaveProperty('contents');
    for (const name of [
      '../../evil',
      '/tmp/x',
      'x',
      'Live',
      'source-',
      'source-a/b',
      'golden-0',
      'golden-7-x',
      'sandbox-../x',
    ])
      expect(named(name)).toMatchObject({ reason: 'foreign' });
  });

  test('is looked for under an id only, and nowhere else', async () => {
    const backups = testFolder();
    for (const wanted of ['..', '../x', '.', '', 'packs', `${id}/../${id}`, id])
      await expect(readManifest(backups, wanted)).rejects.toMatchObject({
        data: { reason: 'missing', id: wanted },
      });
  });

  test('that cannot be read stands in the list with the reason', async () => {
    const backups = testFolder();
    expect(await listBackups(join(backups, 'none'))).toEqual([]);
    for (const [name, text] of [
      [id, seal(some)],
      ['20260305T000000000Z', '{'],
      ['20260305T000000000Z-2', '{}'],
      ['notes', 'x'],
    ] as const) {
      mkdirSync(join(backups, name));
      writeFileSync(join(backups, name, 'manifest.json'), text);
    }
    mkdirSync(join(backups, '20260306T000000000Z'));
    const listed = await listBackups(backups);
    expect(listed.map((one) => one.id)).toEqual([
      '20260306T000000000Z',
      '20260305T000000000Z-2',
      '20260305T000000000Z',
      id,
    ]);
    expect(listed.map(({ problem }) => problem === null)).toEqual([false, false, false, true]);
  });
});
