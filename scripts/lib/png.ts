import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture of 8-bit colours, three bytes a pixel from the top left, row by row. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Channels of the kinds that browsers write: colour, and colour with alpha. */
const channelsOf: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Reads a PNG as a browser writes it (8 bits, not interlaced); alpha is left out. Throws on any other. */
export function readPng(file: Buffer): Picture {
  if (!file.subarray(0, 8).equals(signature)) throw new Error('not a PNG');
  const data: Buffer[] = [];
  let header = Buffer.alloc(0);
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = Buffer.from(body);
    else if (kind === 'IDAT') data.push(body);
    at += length + 12;
  }
  const channels = channelsOf[header[9] ?? -1];
  if (channels === undefined || header[8] !== 8 || header[12] !== 0) throw new Error('a PNG of another kind');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const raw = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let part = 0; part < 3; part += 1) pixels[pixel * 3 + part] = raw[pixel * channels + part] as number;
  }
  return { width, height, pixels };
}

/** Takes back what each row's filter did (PNG, section 9). */
function unfilter(data: Buffer, stride: number, height: number, channels: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (stride + 1)] as number;
    for (let at = 0; at < stride; at += 1) {
      const to = row * stride + at;
      const left = at < channels ? 0 : (out[to - channels] as number);
      const up = row === 0 ? 0 : (out[to - stride] as number);
      const corner = at < channels || row === 0 ? 0 : (out[to - stride - channels] as number);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      if (guess === undefined) throw new Error(`a PNG with filter ${filter}`);
      out[to] = (data[row * (stride + 1) + 1 + at] as number) + guess;
    }
  }
  return out;
}

/** Of left, up and corner the one nearest to left + up - corner; of equals the first. */
function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunk(kind: string, body: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}

type Size = Pick<Picture, 'width' | 'height'>;

/** The compressed rows of a part of a picture of `width`. */
function compressRows(
  indexes: Uint8Array,
  width: number,
  { x, y, ...part }: Size & { x: number; y: number },
): Buffer {
  const rows = Buffer.alloc((part.width + 1) * part.height);
  for (let row = 0; row < part.height; row += 1) {
    const from = (y + row) * width + x;
    rows.set(indexes.subarray(from, from + part.width), row * (part.width + 1) + 1);
  }
  return deflateSync(rows, { level: 9 });
}

function indexedHeader({ width, height }: Size): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return chunk('IHDR', header);
}

/** Writes a PNG of at most 256 colours: `palette` holds three bytes each, `indexes` one for every pixel. */
export function writeIndexedPng(size: Size, palette: Uint8Array, indexes: Uint8Array): Buffer {
  return Buffer.concat([
    signature,
    indexedHeader(size),
    chunk('PLTE', palette),
    chunk('IDAT', compressRows(indexes, size.width, { x: 0, y: 0, ...size })),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** A picture of an animation, with the time that it is shown. */
export interface Frame {
  indexes: Uint8Array;
  ms: number;
}

/** The smallest rectangle that holds every pixel in which two pictures differ; one pixel if they are equal. */
function changedPart(before: Uint8Array, after: Uint8Array, width: number): Size & { x: number; y: number } {
  let [left, top, right, bottom] = [width, Infinity, 0, 0];
  for (let pixel = 0; pixel < after.length; pixel += 1) {
    if (before[pixel] === after[pixel]) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (top === Infinity) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Writes an animated PNG that repeats without end; each frame holds only what differs from the one before. */
export function writeAnimation(size: Size, palette: Uint8Array, frames: readonly Frame[]): Buffer {
  let sequence = 0;
  const numbered = (body: Buffer): Buffer => {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(sequence++);
    return Buffer.concat([number, body]);
  };
  const parts = frames.flatMap(({ indexes, ms }, at) => {
    const before = frames[at - 1];
    const part = before ? changedPart(before.indexes, indexes, size.width) : { x: 0, y: 0, ...size };
    const control = Buffer.alloc(22);
    for (const [place, value] of [part.width, part.height, part.x, part.y].entries())
      control.writeUInt32BE(value, place * 4);
    // The denominator of the time, and pixels that stay and are replaced.
    control.writeUInt16BE(ms, 16);
    control.writeUInt16BE(1000, 18);
    const rows = compressRows(indexes, size.width, part);
    const head = chunk('fcTL', numbered(control));
    return [head, before ? chunk('fdAT', numbered(rows)) : chunk('IDAT', rows)];
  });
  const animation = Buffer.alloc(8);
  animation.writeUInt32BE(frames.length, 0);
  return Buffer.concat([
    signature,
    indexedHeader(size),
    chunk('acTL', animation),
    chunk('PLTE', palette),
    ...parts,
    chunk('IEND', new Uint8Array()),
  ]);
}
