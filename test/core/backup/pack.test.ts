import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { compress } from '#core/backup/pack/compress.ts';
import {
  DamagedPack,
  magic,
  pageBytes,
  pageHash,
  sha256,
  writeFooter,
  writeIndex,
} from '#core/backup/pack/format.ts';
import type { PackIndex } from '#core/backup/pack/format.ts';
import { PackReader } from '#core/backup/pack/reader.ts';
import { packName, PackWriter } from '#core/backup/pack/writer.ts';
import type { StoredPack } from '#core/backup/pack/writer.ts';
import { makeFolder, removeFolder, testFolder } from '#test/support/folder.ts';
import { finishPack } from '#test/support/pack.ts';

/** Pages that differ, some of them hard to compress. */
const pageOf = (number: number): Buffer => {
  const page = Buffer.alloc(pageBytes, number % 251);
  page.writeUInt32LE(number);
  const from = number % 3 === 0 ? 4 : pageBytes;
  for (let at = from; at < pageBytes; at += 4)
    page.writeUInt32LE((number * 2654435761 + at * 40503) >>> 0, at);
  return page;
};

async function write(folder: string, count: number): Promise<StoredPack> {
  const writer = new PackWriter(join(folder, '.part'));
  for (let number = 0; number < count; number += 1)
    await writer.add(pageOf(number), pageHash(pageOf(number)));
  return (await finishPack(writer, folder, join(folder, '.part'))) as StoredPack;
}

describe('a pack', () => {
  test('gives back every page that was put into it, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 200 }),
        fc.infiniteStream(fc.nat()),
        async (count, order) => {
          const folder = makeFolder();
          try {
            const pack = await write(folder, count);
            expect(pack.pages).toBe(count);
            expect(statSync(join(folder, packName(pack.sha256))).size).toBe(pack.bytes);
            expect(sha256(readFileSync(join(folder, packName(pack.sha256)))).toString('hex')).toBe(
              pack.sha256,
            );
            const reader = await PackReader.open(folder, pack);
            await reader.check();
            for (let read = 0; read < 20; read += 1) {
              const position = (order.next().value as number) % count;
              const found = await reader.pages(position, 1 + ((order.next().value as number) % 100));
              expect(found.length).toBeGreaterThan(0);
              for (let at = 0; at < found.length / pageBytes; at += 1)
                expect(
                  found.subarray(at * pageBytes, (at + 1) * pageBytes).equals(pageOf(position + at)),
                ).toBe(true);
            }
            await reader.close();
          } finally {
            removeFolder(folder);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('of no page is none, and an abandoned one leaves nothing', async () => {
    const folder = testFolder();
    expect(await new PackWriter(join(folder, '.none')).end()).toBeNull();
    const writer = new PackWriter(join(folder, '.given-up'));
    for (let number = 0; number < 100; number += 1)
      await writer.add(pageOf(number), pageHash(pageOf(number)));
    await writer.abandon();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that was changed in any byte is found out, and never gives a wrong page', async () => {
    const folder = testFolder();
    const pack = await write(folder, 130);
    const file = join(folder, packName(pack.sha256));
    const whole = readFileSync(file);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const handle = openSync(file, 'r+');
          writeSync(handle, Buffer.of((whole[at] as number) ^ flip), 0, 1, at);
          closeSync(handle);
          try {
            await expect(checkAll(folder, pack)).rejects.toThrow(DamagedPack);
          } finally {
            writeFileSync(file, whole);
          }
        },
      ),
      { numRuns: 150 },
    );
    await checkAll(folder, pack);
  });

  test('that is cut off, missing or another file is refused', async () => {
    const folder = testFolder();
    const pack = await write(folder, 70);
    const file = join(folder, packName(pack.sha256));
    const whole = readFileSync(file);
    for (const length of [0, 1, 15, 64, pack.bytes - 1]) {
      truncateSync(file, length);
      await expect(checkAll(folder, pack)).rejects.toThrow(DamagedPack);
      await expect(checkAll(folder, { ...pack, bytes: length })).rejects.toThrow(DamagedPack);
      writeFileSync(file, whole);
    }
    await expect(checkAll(folder, { ...pack, pages: 71 })).rejects.toThrow(DamagedPack);
    await expect(checkAll(testFolder(), pack)).rejects.toThrow('it is missing');
    writeFileSync(file, Buffer.alloc(pack.bytes));
    await expect(checkAll(folder, pack)).rejects.toThrow(DamagedPack);
  });
});

/** A pack of one frame whose index claims what it likes; the index's own hash holds. */
async function forged(folder: string, frame: Buffer, index: PackIndex): Promise<StoredPack> {
  const compressed = await compress(writeIndex(index));
  const bytes = Buffer.concat([
    magic,
    frame,
    compressed,
    writeFooter(magic.length + frame.length, compressed),
  ]);
  const pack = { sha256: sha256(bytes).toString('hex'), bytes: bytes.length, pages: index.pages };
  writeFileSync(join(folder, packName(pack.sha256)), bytes);
  return pack;
}

describe('a pack by somebody who knows the format', () => {
  test('is refused before its index is unfolded, when it claims more pages than it can hold', async () => {
    const folder = testFolder();
    const pages = 2 ** 20;
    const frames = Array.from({ length: pages / 64 }, (_, at) => ({ offset: magic.length + at, bytes: 1 }));
    const frame = Buffer.alloc(frames.length);
    const pack = await forged(folder, frame, { frames, pages, hashes: Buffer.alloc(pages * 32) });
    expect(pack.bytes).toBeLessThan(pages);
    await expect(PackReader.open(folder, pack)).rejects.toThrow('another number of pages than it can');
  });

  test('is refused when a frame is longer than compressing makes it', async () => {
    const folder = testFolder();
    const frame = Buffer.alloc(300_001);
    const frames = [{ offset: magic.length, bytes: frame.length }];
    const pack = await forged(folder, frame, { frames, pages: 1, hashes: Buffer.alloc(32) });
    await expect(PackReader.open(folder, pack)).rejects.toThrow('the frames do not follow each other');
  });

  test('that the system does not give out is damaged, and says what the system says', async () => {
    const folder = testFolder();
    const pack = await write(folder, 3);
    const deep = join(folder, 'x'.repeat(300));
    await expect(PackReader.open(deep, pack)).rejects.toThrow(
      new DamagedPack('it cannot be read (ENAMETOOLONG)'),
    );
  });
});

async function checkAll(folder: string, pack: StoredPack): Promise<void> {
  const reader = await PackReader.open(folder, pack);
  try {
    await reader.check();
  } finally {
    await reader.close();
  }
}
