import type { Pages } from './pages.ts';

export type Value = string | number | bigint | Buffer | null;

/** One row as stored in a page. */
export interface Cell {
  rowid: number;
  values: readonly Value[];
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** Bytes; a larger length is damage. */
const longest = 256 * 2 ** 20;

/** Kinds of pages, by their first byte. */
export const pageKinds = { interior: 0x05, leaf: 0x0d, indexInterior: 0x02, indexLeaf: 0x0a } as const;

/** Offset of a page's header: the first page begins with the file's header. */
export const startOf = (number: number): number => (number === 1 ? 100 : 0);

class Damaged extends Error {}

/** Reads a variable-length integer of up to nine bytes; returns it and the offset after it. */
function varint(bytes: Buffer, at: number): [value: number, next: number] {
  let value = 0n;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) throw new Damaged();
    if (index === 8) return [Number(BigInt.asIntN(64, (value << 8n) | BigInt(byte))), at + 9];
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return [Number(value), at + index + 1];
  }
  throw new Damaged();
}

/** Offsets of a page's cells, without those outside of it. */
export function cellOffsets(page: Buffer, start: number, headBytes: number): number[] {
  const count = page.readUInt16BE(start + 3);
  const offsets: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = start + headBytes + index * 2;
    if (at + 2 > page.length) break;
    const offset = page.readUInt16BE(at);
    if (offset >= start + headBytes && offset < page.length) offsets.push(offset);
  }
  return offsets;
}

/** The readable rows of a table's leaf page, and the number of unreadable ones. */
export function leafCells(pages: Pages, page: Buffer, number: number): { cells: Cell[]; bad: number } {
  const start = startOf(number);
  const cellCount = page.readUInt16BE(start + 3);
  const cells: Cell[] = [];
  for (const offset of cellOffsets(page, start, 8)) {
    try {
      const [length, afterLength] = varint(page, offset);
      const [rowid, body] = varint(page, afterLength);
      cells.push({ rowid, values: record(payload(pages, page, body, length, pages.bytes - 35)) });
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
    }
  }
  return { cells, bad: Math.max(0, cellCount - cells.length) };
}

/** The readable rows of an index's leaf page, or of a table without row numbers. */
export function indexCells(pages: Pages, page: Buffer): (readonly Value[])[] {
  const found: (readonly Value[])[] = [];
  const most = Math.floor(((pages.bytes - 12) * 64) / 255) - 23;
  for (const offset of cellOffsets(page, 0, 8)) {
    try {
      const [length, body] = varint(page, offset);
      found.push(record(payload(pages, page, body, length, most)));
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
    }
  }
  return found;
}

/** The bytes of a row, in its page and in overflow pages. `most` is the largest number in the page itself. */
function payload(pages: Pages, page: Buffer, at: number, length: number, most: number): Buffer {
  if (length < 1 || length > longest) throw new Damaged();
  if (length <= most) return slice(page, at, length);
  const least = Math.floor(((pages.bytes - 12) * 32) / 255) - 23;
  const even = least + ((length - least) % (pages.bytes - 4));
  const local = even <= most ? even : least;
  const parts = [slice(page, at, local)];
  let next = slice(page, at + local, 4).readUInt32BE(0);
  for (let left = length - local; left > 0;) {
    const more = pages.page(next);
    if (!more) throw new Damaged();
    const part = more.subarray(4, 4 + Math.min(left, pages.bytes - 4));
    parts.push(part);
    left -= part.length;
    next = more.readUInt32BE(0);
  }
  // A chain that is shared or ends elsewhere holds other data.
  if (next !== 0) throw new Damaged();
  return Buffer.concat(parts);
}

function slice(bytes: Buffer, at: number, length: number): Buffer {
  if (at < 0 || at + length > bytes.length) throw new Damaged();
  return bytes.subarray(at, at + length);
}

function record(bytes: Buffer): Value[] {
  const [headBytes, first] = varint(bytes, 0);
  if (headBytes < 1 || headBytes > bytes.length) throw new Damaged();
  const types: number[] = [];
  for (let at = first; at < headBytes;) {
    const [type, next] = varint(bytes, at);
    types.push(type);
    at = next;
  }
  const values: Value[] = [];
  let at = headBytes;
  for (const type of types) {
    const size = sizeOf(type);
    values.push(valueOf(type, slice(bytes, at, size)));
    at += size;
  }
  if (at !== bytes.length) throw new Damaged();
  return values;
}

const sizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  const size = sizes[type];
  if (size === undefined) throw new Damaged();
  return size;
}

function valueOf(type: number, bytes: Buffer): Value {
  if (type === 0) return null;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 6) return bytes.readBigInt64BE(0);
  if (type < 6) return bytes.readIntBE(0, bytes.length);
  if (type < 12) return type - 8;
  if (type % 2 === 0) return bytes;
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Damaged();
  }
}
