import { constants, crc32, deflateRawSync } from 'node:zlib';

/** Fast, and still a fifth of the size: sheets repeat themselves. */
const level = 3;

/** A file of a zip archive: its content comes in pieces. */
export interface ZipEntry {
  name: string;
  content: Iterable<string>;
}

interface Written {
  name: Buffer;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

/** The time of all entries: 1980-01-01, so that the same content gives the same bytes. */
const day = 0x21;
/** Sizes come behind the content; names are UTF-8. */
const flags = 0x08 | 0x800;
const deflated = 8;

function head(entry: Pick<Written, 'name'>): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(0x04034b50, 0);
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(flags, 6);
  bytes.writeUInt16LE(deflated, 8);
  bytes.writeUInt16LE(day, 12);
  bytes.writeUInt16LE(entry.name.length, 26);
  return Buffer.concat([bytes, entry.name]);
}

function sums({ crc, packed, size }: Written): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0x08074b50, 0);
  bytes.writeUInt32LE(crc, 4);
  bytes.writeUInt32LE(packed, 8);
  bytes.writeUInt32LE(size, 12);
  return bytes;
}

function listed({ name, crc, packed, size, at }: Written): Buffer {
  const bytes = Buffer.alloc(46);
  bytes.writeUInt32LE(0x02014b50, 0);
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(20, 6);
  bytes.writeUInt16LE(flags, 8);
  bytes.writeUInt16LE(deflated, 10);
  bytes.writeUInt16LE(day, 14);
  bytes.writeUInt32LE(crc, 16);
  bytes.writeUInt32LE(packed, 20);
  bytes.writeUInt32LE(size, 24);
  bytes.writeUInt16LE(name.length, 28);
  bytes.writeUInt32LE(at, 42);
  return Buffer.concat([bytes, name]);
}

function tail(count: number, size: number, at: number): Buffer {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(0x06054b50, 0);
  bytes.writeUInt16LE(count, 8);
  bytes.writeUInt16LE(count, 10);
  bytes.writeUInt32LE(size, 12);
  bytes.writeUInt32LE(at, 16);
  return bytes;
}

/** Each piece is packed by itself up to a byte's edge, so that packed pieces can simply follow one another. */
const pack = (piece: Buffer): Buffer => deflateRawSync(piece, { level, finishFlush: constants.Z_SYNC_FLUSH });
const end = deflateRawSync(Buffer.alloc(0));

/** What the 32 bits hold in which a zip archive without Zip64 says how large an entry is, in bytes. */
export const largestEntry = 0xffff_ffff;

export interface ZipLimit {
  /** Bytes that an entry, and all before the directory, may have. */
  most: number;
  /** Throws: the archive would be larger. */
  refuse: () => never;
}

/**
 * A zip archive (APPNOTE 6.3, without Zip64: entries below 4 GB) in pieces, one for each piece of content. It holds no more in
 * memory than the piece it works on. Throws what `refuse` throws as soon as an entry or the archive grows beyond the limit.
 */
export function* zipPieces(
  entries: Iterable<ZipEntry>,
  { most, refuse }: ZipLimit,
): Generator<Buffer, void, void> {
  const written: Written[] = [];
  let at = 0;
  for (const { name, content } of entries) {
    const entry: Written = { name: Buffer.from(name), crc: 0, packed: 0, size: 0, at };
    written.push(entry);
    const start = head(entry);
    yield start;
    for (const text of content) {
      const piece = Buffer.from(text);
      const packed = pack(piece);
      entry.crc = crc32(piece, entry.crc);
      entry.size += piece.length;
      entry.packed += packed.length;
      if (entry.size > most || at + entry.packed > most) refuse();
      yield packed;
    }
    entry.packed += end.length;
    const sum = sums(entry);
    yield Buffer.concat([end, sum]);
    at += start.length + entry.packed + sum.length;
  }
  const list = Buffer.concat(written.map(listed));
  yield Buffer.concat([list, tail(written.length, list.length, at)]);
}
