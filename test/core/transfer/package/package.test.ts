import { createHash, randomBytes } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import {
  hasPackageMagic,
  maxManifestBytes,
  packageMagic,
  packRecords,
  withPreamble,
  unpackFile,
} from '#core/kernel/files/package.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const facts = {
  app: { name: 'FRAMES', version: '1.2.3' },
  schema_version: 2,
  created_at: '2026-11-20T10:00:00.000Z',
  counts: { teams: 2 },
};

async function pack(...pieces: string[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of packRecords(pieces, facts)) parts.push(part);
  return Buffer.concat(parts);
}

/** Why a file is refused, or null when it is read. */
async function refusedWith(file: Buffer, limit?: number): Promise<string | null> {
  try {
    await unpackFile(file, 'x.frames', { limit });
    return null;
  } catch (error) {
    if (!isFault(error) || error.code !== 'BAD_FILE') throw error;
    return (error.data as { reason: string }).reason;
  }
}

/** The text of a file, or that it is refused. */
async function readOrRefused(file: Buffer): Promise<string> {
  if ((await refusedWith(file)) !== null) return 'refused';
  return (await unpackFile(file, 'x')).content.toString('utf8');
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A file with a manifest of the test's own making. */
function made(change: object, text = '{"teams":[]}', stored = zstdCompressSync(Buffer.from(text))): Buffer {
  const raw = Buffer.from(text);
  const content = {
    media: 'frames-json',
    compression: 'zstd',
    bytes: raw.length,
    sha256: hash(raw),
    stored_bytes: stored.length,
  };
  const manifest = { format: 'frames', version: 1, kind: 'records', ...facts, content, ...change };
  return Buffer.concat([withPreamble(Buffer.from(JSON.stringify(manifest))), stored]);
}

describe('a .frames file', () => {
  it('returns the packed bytes and kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), async (pieces) => {
        fc.pre(pieces.join('') !== '');
        const file = await pack(...pieces);
        const { manifest, content } = await unpackFile(file, 'x.frames');
        expect(content.toString('utf8')).toBe(Buffer.from(pieces.join('')).toString('utf8'));
        expect(manifest).toMatchObject({ format: 'frames', version: 1, kind: 'records', ...facts });
        expect(manifest.content.bytes).toBe(content.length);
      }),
      { numRuns: lawRuns(60) },
    );
  });

  it('is known by its first bytes, which no text and no compressed file has', async () => {
    expect(hasPackageMagic(await pack('{}'))).toBe(true);
    for (const other of ['', '{}', '\uFEFF{}', 'FRAMES\n']) {
      expect(hasPackageMagic(Buffer.from(other))).toBe(false);
    }
    expect(hasPackageMagic(zstdCompressSync(Buffer.from('{}')))).toBe(false);
  });

  it('with any byte damaged is refused, or the same', async () => {
    const text = JSON.stringify({ teams: [{ id: 't', name: 'Ünï 🛰' }], faculty: [], projects: [] });
    const file = await pack(text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ at: fc.nat({ max: file.length - 1 }), bits: fc.integer({ min: 1, max: 255 }) }),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        async (blows) => {
          const hit = Buffer.from(file);
          for (const { at, bits } of blows) hit[at] = (hit[at] as number) ^ bits;
          expect(['refused', text]).toContain(await readOrRefused(hit));
        },
      ),
      { numRuns: lawRuns(1500) },
    );
  });

  it('with each single byte turned over is refused, or the same', async () => {
    const text = '{"teams":[]}';
    const file = await pack(text);
    for (let at = 0; at < file.length; at += 1) {
      const hit = Buffer.from(file);
      hit[at] = 255 - (hit[at] as number);
      expect(['refused', text]).toContain(await readOrRefused(hit));
    }
  });

  it('truncated anywhere is refused, and so is one with trailing data', async () => {
    const file = await pack('{"teams":[]}');
    for (let end = 0; end < file.length; end += 1) {
      expect(await refusedWith(file.subarray(0, end))).toBe(
        end < packageMagic.length ? 'not_frames' : 'truncated',
      );
    }
    expect(await refusedWith(Buffer.concat([file, Buffer.from('x')]))).toBe('damaged');
  });

  it('of random bytes behind the right beginning is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (rest) => {
        expect(await refusedWith(Buffer.concat([packageMagic, rest]))).not.toBeNull();
      }),
    );
  });

  it('of a newer form is refused as that, whatever else it holds', async () => {
    expect(await refusedWith(made({ version: 2, content: { new: true } }))).toBe('newer_format');
    await expect(unpackFile(made({ version: 7 }), 'x.frames')).rejects.toThrow(
      /newer FRAMES: version 7; this FRAMES reads up to 1/,
    );
  });

  it('of another kind is refused by name: a backup is not imported', async () => {
    expect(await refusedWith(made({ kind: 'backup', content: { database: 1 } }))).toBe('other_kind');
    await expect(unpackFile(made({ kind: 'back\nup' }), 'x.frames')).rejects.toThrow(
      /holds another kind of data \(back\?up\)/,
    );
  });

  it('with an invalid manifest is refused', async () => {
    for (const text of ['', 'null', '[]', '{', '{"format":"other","version":1,"kind":"records"}']) {
      expect(await refusedWith(withPreamble(Buffer.from(text)))).toBe('damaged');
    }
    expect(await refusedWith(made({ counts: { teams: -1 } }))).toBe('damaged');
    expect(await refusedWith(made({ content: null }))).toBe('damaged');
  });

  it('with a manifest that claims to be endless is refused before anything is read', async () => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(maxManifestBytes + 1);
    expect(await refusedWith(Buffer.concat([packageMagic, length, randomBytes(100)]))).toBe('damaged');
  });

  it('that would be larger than may be read is refused before it is inflated', async () => {
    const stored = zstdCompressSync(Buffer.alloc(5_000_000));
    expect(stored.length).toBeLessThan(10_000);
    const content = {
      media: 'frames-json',
      compression: 'zstd',
      bytes: 5_000_000,
      sha256: 'a'.repeat(64),
      stored_bytes: stored.length,
    };
    expect(await refusedWith(made({ content }, '{}', stored), 1_000_000)).toBe('too_large');
  });

  it('larger than declared is refused: no more than that is ever inflated', async () => {
    const stored = zstdCompressSync(Buffer.alloc(5_000_000));
    expect(await refusedWith(made({}, '{"teams":[]}', stored))).toBe('damaged');
  });

  it('with another text than packed is refused', async () => {
    expect(await refusedWith(made({}, '{"teams":[]}', zstdCompressSync(Buffer.from('{"teams":[1]}'))))).toBe(
      'damaged',
    );
    expect(await refusedWith(made({}, '{"teams":[]}', zstdCompressSync(Buffer.from('{"teamz":[]}'))))).toBe(
      'damaged',
    );
  });

  it('is unpacked and hashed in steps that yield to others', async () => {
    const text = Buffer.from(
      randomBytes(2 ** 20)
        .toString('hex')
        .repeat(4),
    );
    const content = {
      media: 'frames-json',
      compression: 'zstd',
      bytes: text.length,
      sha256: hash(text),
      stored_bytes: 0,
    };
    const stored = zstdCompressSync(text);
    const file = made({ content: { ...content, stored_bytes: stored.length } }, '{}', stored);
    let turns = 0;
    let turning = setImmediate(function turn() {
      turns += 1;
      turning = setImmediate(turn);
    });
    const unpacked = await unpackFile(file, 'x.frames').finally(() => clearImmediate(turning));
    expect(unpacked.content.equals(text)).toBe(true);
    expect(text.length / turns).toBeLessThan(512 * 1024);
  });

  it('is no longer unpacked when that is cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(unpackFile(await pack('{"teams":[]}'), 'x', { signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
