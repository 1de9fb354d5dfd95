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

/** Writes a PNG of at most 256 colours: `palette` holds three bytes each, `indexes` one for every pixel. */
export function writeIndexedPng(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  palette: Uint8Array,
  indexes: Uint8Array,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    rows.set(indexes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  const data = deflateSync(rows, { level: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]);
}
