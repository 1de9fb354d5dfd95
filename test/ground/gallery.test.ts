import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demoPicture, empty, galleryPage, pictureOf, wantedScreens } from '#scripts/lib/gallery.ts';
import { reduceColours } from '#scripts/lib/palette.ts';
import { root } from '#scripts/lib/paths.ts';
import { readPng, writeAnimation, writeIndexedPng } from '#scripts/lib/png.ts';

/** A PNG as a browser writes it, each row by the filter of its number modulo 5, worked out the slow way. */
function browserPng(width: number, height: number, pixels: Uint8Array, channels: 3 | 4): Buffer {
  const part = (row: number, at: number): number => {
    if (row < 0 || at < 0) return 0;
    const [pixel, channel] = [Math.floor(at / channels), at % channels];
    return channel === 3 ? 200 : (pixels[(row * width + pixel) * 3 + channel] ?? 0);
  };
  const guess = (filter: number, row: number, at: number): number => {
    const [left, up] = [part(row, at - channels), part(row - 1, at)];
    const corner = at < channels ? 0 : part(row - 1, at - channels);
    const all = [left, up, corner];
    const nearest = all.toSorted(
      (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
    )[0];
    return [0, left, up, Math.floor((left + up) / 2), nearest ?? 0][filter] ?? 0;
  };
  const rows = Buffer.alloc((width * channels + 1) * height);
  for (let row = 0; row < height; row += 1) {
    rows[row * (width * channels + 1)] = row % 5;
    for (let at = 0; at < width * channels; at += 1) {
      rows[row * (width * channels + 1) + 1 + at] = (part(row, at) - guess(row % 5, row, at)) & 255;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 3 ? 2 : 6, 0, 0, 0], 8);
  const chunk = (kind: string, body: Buffer): Buffer => {
    const out = Buffer.alloc(body.length + 12);
    out.writeUInt32BE(body.length, 0);
    out.write(kind, 4, 'latin1');
    body.copy(out, 8);
    return out;
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(rows);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    // In two parts, as large pictures come.
    chunk('IDAT', data.subarray(0, 5)),
    chunk('IDAT', data.subarray(5)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('pictures', () => {
  const picture = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 12 }))
    .chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        pixels: fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }),
      }),
    );

  test.each([3, 4] as const)('are read whatever the filters, with %i channels', (channels) => {
    fc.assert(
      fc.property(picture, ({ width, height, pixels }) => {
        const read = readPng(browserPng(width, height, pixels, channels));
        expect(read).toEqual({ width, height, pixels: new Uint8Array(pixels) });
      }),
    );
  });

  test('of up to 256 colours keep every pixel', () => {
    fc.assert(
      fc.property(picture, (given) => {
        const { palette, indexes } = reduceColours(given);
        const back = [...indexes].flatMap((place) => Array.from(palette.subarray(place * 3, place * 3 + 3)));
        expect(Uint8Array.from(back)).toEqual(new Uint8Array(given.pixels));
      }),
    );
  });

  test('of more colours keep the frequent ones, and become near ones elsewhere', () => {
    const pixels = new Uint8Array(4096 * 3);
    for (let pixel = 0; pixel < 4096; pixel += 1) {
      const colour = pixel < 2000 ? [10, 20, 30] : [pixel % 256, (pixel * 7) % 256, 128];
      pixels.set(colour, pixel * 3);
    }
    const { palette, indexes } = reduceColours({ width: 64, height: 64, pixels });
    expect(palette.length).toBeLessThanOrEqual(768);
    expect(palette.slice(0, 3)).toEqual(Uint8Array.of(10, 20, 30));
    const farthest = Math.max(
      ...[...pixels].map((part, at) => {
        const place = indexes[Math.floor(at / 3)] ?? 0;
        return Math.abs(part - (palette[place * 3 + (at % 3)] ?? 0));
      }),
    );
    expect(farthest).toBeLessThan(24);
  });

  test('are written with a header, a palette and sums that readers check', () => {
    const file = writeIndexedPng(
      { width: 2, height: 1 },
      Uint8Array.of(1, 2, 3, 4, 5, 6),
      Uint8Array.of(0, 1),
    );
    expect(file.toString('latin1', 1, 4)).toBe('PNG');
    // The sum of an empty IEND is known.
    expect(file.subarray(-4).toString('hex')).toBe('ae426082');
    expect(() => readPng(file)).toThrow('another kind');
    expect(() => readPng(Buffer.from('no picture'))).toThrow('not a PNG');
  });
});

/** The chunks of a PNG in order. Throws for a wrong sum. */
function chunksOf(file: Buffer): { kind: string; body: Buffer }[] {
  const chunks: { kind: string; body: Buffer }[] = [];
  for (let at = 8; at < file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    expect(file.readUInt32BE(end)).toBe(crc32(file.subarray(at + 4, end)));
    chunks.push({ kind: file.toString('latin1', at + 4, at + 8), body: file.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** Plays an animation of one byte a pixel as a viewer does. Returns what is seen during each frame. */
function play(file: Buffer): { pixels: number[]; ms: number }[] {
  const chunks = chunksOf(file);
  const header = chunks[0]?.body ?? Buffer.alloc(0);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const canvas = new Uint8Array(width * height);
  const controls = chunks.filter(({ kind }) => kind === 'fcTL');
  const data = chunks.filter(({ kind }) => kind === 'IDAT' || kind === 'fdAT');
  const numbered = chunks.filter(({ kind }) => kind === 'fcTL' || kind === 'fdAT');
  expect(numbered.map(({ body }) => body.readUInt32BE(0))).toEqual(numbered.map((_, at) => at));
  expect(chunks.find(({ kind }) => kind === 'acTL')?.body.readUInt32BE(0)).toBe(controls.length);
  return controls.map(({ body }, at) => {
    const [w = 0, h = 0, x = 0, y = 0] = [4, 8, 12, 16].map((place) => body.readUInt32BE(place));
    const part = data[at];
    const rows = inflateSync(part?.kind === 'fdAT' ? part.body.subarray(4) : (part?.body ?? ''));
    for (let row = 0; row < h; row += 1)
      canvas.set(rows.subarray(row * (w + 1) + 1, (row + 1) * (w + 1)), (y + row) * width + x);
    return { pixels: [...canvas], ms: (1000 * body.readUInt16BE(20)) / body.readUInt16BE(22) };
  });
}

describe('animations', () => {
  const size = { width: 5, height: 4 };
  const pixels = fc.uint8Array({ minLength: 20, maxLength: 20, max: 3 });

  test('show every frame for its time', () => {
    fc.assert(
      fc.property(fc.array(pixels, { minLength: 1, maxLength: 5 }), (frames) => {
        const given = frames.map((indexes, at) => ({ indexes, ms: 100 * (at + 1) }));
        const file = writeAnimation(size, new Uint8Array(12), [...given, ...given.slice(-1)]);
        const seen = [...given, ...given.slice(-1)].map(({ indexes, ms }) => ({ pixels: [...indexes], ms }));
        expect(play(file)).toEqual(seen);
      }),
    );
  });

  test('the one of the README tells a story of some seconds in less than a megabyte', () => {
    const file = readFileSync(demoPicture);
    const controls = chunksOf(file).filter(({ kind }) => kind === 'fcTL');
    expect(controls.length).toBeGreaterThan(7);
    expect(file.length).toBeLessThan(1_000_000);
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('](docs/images/demo.png)');
  });
});

test('the page shows each screen once, light before dark, and no other file', () => {
  const page = galleryPage(['home-dark.png', 'index.html', 'home-light.png', 'new-team-light.png']);
  expect(page.match(/<section/g)).toHaveLength(2);
  expect(page.indexOf('home-light.png')).toBeLessThan(page.indexOf('home-dark.png'));
  expect(pictureOf('new-team-light.png')).toEqual({ screen: 'new-team', theme: 'light' });
  expect(pictureOf('index.html')).toBeUndefined();
});

test('with SCREENS the pictures of other screens stay, and without it none does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'frames-gallery-'));
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  const all = ['home-dark.png', 'home-empty-light.png', 'home-light.png', 'index.html', 'teams-light.png'];
  for (const file of all) writeFileSync(join(pictures, file), '');
  expect(wantedScreens({})).toBeNull();
  await empty(pictures, wantedScreens({ SCREENS: 'home,care' }));
  expect(readdirSync(pictures).toSorted()).toEqual(['home-empty-light.png', 'index.html', 'teams-light.png']);
  await empty(pictures, wantedScreens({ SCREENS: '' }));
  expect(readdirSync(pictures)).toEqual([]);
  rmSync(pictures, { recursive: true });
  await empty(pictures, ['home']);
  expect(readdirSync(pictures)).toEqual([]);
  rmSync(folder, { recursive: true });
});
