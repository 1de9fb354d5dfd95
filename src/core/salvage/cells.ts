import type { Pages } from './pages.ts';

export type CellValue = string | number | bigint | Buffer | null;

/** One row as stored in a page. */
export interface Cell {
  rowid: number;
  values: readonly CellValue[];
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** A larger length is damage. */
const maxLengthBytes = 256 * 2 ** 20;

/** Kinds of pages, by their first byte. */
export const pageKinds = { interior: 0x05, leaf: 0x0d, indexInterior: 0x02, indexLeaf: 0x0a } as const;

/** Offset of a page's header: the first page begins with the file's header. */
export const headerOffset = (pageNumber: number): number => (pageNumber === 1 ? 100 : 0);

/** Bytes of a page's header, for a leaf and for an interior page. */
const leafHeaderBytes = 8;
export const interiorHeaderBytes = 12;

class DamagedCell extends Error {}

/** Reads a variable-length integer of up to nine bytes; returns it and the offset after it. */
function readVarint(bytes: Buffer, offset: number): [value: number, next: number] {
  let value = 0n;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[offset + index];
    if (byte === undefined) throw new DamagedCell();
    if (index === 8) return [Number(BigInt.asIntN(64, (value << 8n) | BigInt(byte))), offset + 9];
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return [Number(value), offset + index + 1];
  }
  throw new DamagedCell();
}

/** Offsets of a page's cells, without those that lie outside of the page. */
export function cellOffsets(page: Buffer, start: number, headerBytes: number): number[] {
  const count = page.readUInt16BE(start + 3);
  const offsets: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const pointer = start + headerBytes + index * 2;
    if (pointer + 2 > page.length) break;
    const offset = page.readUInt16BE(pointer);
    if (offset >= start + headerBytes && offset < page.length) offsets.push(offset);
  }
  return offsets;
}

/** The readable rows of a table's leaf page, and the number of unreadable ones. */
export function leafCells(
  pages: Pages,
  page: Buffer,
  pageNumber: number,
): { cells: Cell[]; badCount: number } {
  const start = headerOffset(pageNumber);
  const cellCount = page.readUInt16BE(start + 3);
  const cells: Cell[] = [];
  for (const offset of cellOffsets(page, start, leafHeaderBytes)) {
    try {
      const [length, afterLength] = readVarint(page, offset);
      const [rowid, bodyOffset] = readVarint(page, afterLength);
      cells.push({
        rowid,
        values: parseRecord(readPayload(pages, page, bodyOffset, length, pages.pageBytes - 35)),
      });
    } catch (error) {
      if (!(error instanceof DamagedCell)) throw error;
    }
  }
  return { cells, badCount: Math.max(0, cellCount - cells.length) };
}

/** The readable rows of an index's leaf page, or of a table without row numbers. */
export function indexCells(pages: Pages, page: Buffer): (readonly CellValue[])[] {
  const rows: (readonly CellValue[])[] = [];
  const maxLocal = Math.floor(((pages.pageBytes - 12) * 64) / 255) - 23;
  for (const offset of cellOffsets(page, 0, leafHeaderBytes)) {
    try {
      const [length, bodyOffset] = readVarint(page, offset);
      rows.push(parseRecord(readPayload(pages, page, bodyOffset, length, maxLocal)));
    } catch (error) {
      if (!(error instanceof DamagedCell)) throw error;
    }
  }
  return rows;
}

/** The bytes of a row, in its page and in overflow pages. See https://sqlite.org/fileformat2.html for `maxLocal` and `minLocal`. */
function readPayload(pages: Pages, page: Buffer, offset: number, length: number, maxLocal: number): Buffer {
  if (length < 1 || length > maxLengthBytes) throw new DamagedCell();
  if (length <= maxLocal) return checkedSlice(page, offset, length);
  const minLocal = Math.floor(((pages.pageBytes - 12) * 32) / 255) - 23;
  const fittedLocal = minLocal + ((length - minLocal) % (pages.pageBytes - 4));
  const localBytes = fittedLocal <= maxLocal ? fittedLocal : minLocal;
  const parts = [checkedSlice(page, offset, localBytes)];
  let nextPage = checkedSlice(page, offset + localBytes, 4).readUInt32BE(0);
  for (let bytesLeft = length - localBytes; bytesLeft > 0;) {
    const overflowPage = pages.page(nextPage);
    if (!overflowPage) throw new DamagedCell();
    const part = overflowPage.subarray(4, 4 + Math.min(bytesLeft, pages.pageBytes - 4));
    parts.push(part);
    bytesLeft -= part.length;
    nextPage = overflowPage.readUInt32BE(0);
  }
  // A next page after the last one means that the chain belongs to other data.
  if (nextPage !== 0) throw new DamagedCell();
  return Buffer.concat(parts);
}

function checkedSlice(bytes: Buffer, offset: number, length: number): Buffer {
  if (offset < 0 || offset + length > bytes.length) throw new DamagedCell();
  return bytes.subarray(offset, offset + length);
}

function parseRecord(bytes: Buffer): CellValue[] {
  const [headerBytes, firstOffset] = readVarint(bytes, 0);
  if (headerBytes < 1 || headerBytes > bytes.length) throw new DamagedCell();
  const types: number[] = [];
  for (let typeOffset = firstOffset; typeOffset < headerBytes;) {
    const [type, nextOffset] = readVarint(bytes, typeOffset);
    types.push(type);
    typeOffset = nextOffset;
  }
  const values: CellValue[] = [];
  let offset = headerBytes;
  for (const type of types) {
    const size = sizeOf(type);
    values.push(valueOf(type, checkedSlice(bytes, offset, size)));
    offset += size;
  }
  if (offset !== bytes.length) throw new DamagedCell();
  return values;
}

const sizeByType = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  const size = sizeByType[type];
  if (size === undefined) throw new DamagedCell();
  return size;
}

function valueOf(type: number, bytes: Buffer): CellValue {
  if (type === 0) return null;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 6) return bytes.readBigInt64BE(0);
  if (type < 6) return bytes.readIntBE(0, bytes.length);
  if (type < 12) return type - 8;
  if (type % 2 === 0) return bytes;
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DamagedCell();
  }
}
