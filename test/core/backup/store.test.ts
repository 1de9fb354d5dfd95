import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { BackupContent } from '#core/backup/manifest.ts';
import { pageBytes } from '#core/backup/pack/format.ts';
import { PackWriter } from '#core/backup/pack/writer.ts';
import { retrieveFile } from '#core/backup/retrieve.ts';
import { KnownPages, PageSource, storeFile } from '#core/backup/store.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { finishPack } from '#test/support/pack.ts';

/** Files of some pages, which have many pages in common, and end anywhere. */
const files = fc.array(
  fc.tuple(fc.array(fc.nat({ max: 12 }), { maxLength: 150 }), fc.nat({ max: pageBytes - 1 })),
  { minLength: 1, maxLength: 4 },
);

const bytesOf = ([pages, rest]: readonly [readonly number[], number]): Buffer =>
  Buffer.concat([...pages.map((fill) => Buffer.alloc(pageBytes, fill)), Buffer.alloc(rest, 7)]);

test('whatever is stored, one after the other upon the packs before, comes back byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(files, async (all) => {
      const folder = makeFolder();
      try {
        const packs = join(folder, 'packs');
        mkdirSync(packs);
        const stored: { content: BackupContent; packs: KnownPages['packs'] }[] = [];
        let earlier: KnownPages['packs'] = [];
        for (const [number, one] of all.entries()) {
          const path = join(folder, `file-${number}`);
          writeFileSync(path, bytesOf(one));
          const known = new KnownPages();
          for (const pack of earlier) await known.add(packs, pack);
          const temporary = join(folder, `part-${number}`);
          const writer = new PackWriter(temporary);
          const content = await storeFile(path, 'live', { known, writer, step: () => {} });
          const fresh = await finishPack(writer, packs, temporary);
          earlier = fresh ? [...known.packs, fresh] : known.packs;
          stored.push({ content, packs: earlier });
        }
        for (const [number, one] of stored.entries()) {
          const pages = new PageSource(packs, one.packs);
          const target = join(folder, `back-${number}`);
          expect(await retrieveFile(one.content, pages, target, () => {})).toBe(true);
          await pages.close();
          expect(readFileSync(target).equals(bytesOf(all[number] as [number[], number]))).toBe(true);
        }
        // No page is stored twice.
        const distinct = new Set(all.flatMap((one) => pagesOf(bytesOf(one))));
        expect(earlier.reduce((sum, { pages }) => sum + pages, 0)).toBe(distinct.size);
      } finally {
        removeFolder(folder);
      }
    }),
    { numRuns: 40 },
  );
});

function pagesOf(bytes: Buffer): string[] {
  const pages: string[] = [];
  for (let at = 0; at < bytes.length; at += pageBytes) {
    const page = Buffer.alloc(pageBytes);
    bytes.copy(page, 0, at);
    pages.push(page.toString('latin1'));
  }
  return pages;
}
