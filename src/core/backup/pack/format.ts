import { hash } from 'node:crypto';

/** Bytes of one page, the unit in which backups share what they hold: that of SQLite, so that a change touches few of them. */
export const pageBytes = 4096;
/** Pages that are compressed together. */
export const framePages = 64;
/** What a pack begins and ends with. */
export const magic = Buffer.from('FRAMES pack 1\r\n\0', 'latin1');
/** The end of a pack: where its index lies, how long that is, its SHA-256, and the magic once more. */
export const footerBytes = 8 + 8 + 32 + magic.length;
/**
 * Bytes of a SHA-256. No two pages of a pack are the same, and hashes do not compress: a pack is longer than the hashes of its pages, and
 * one that says otherwise is no pack.
 */
export const hashBytes = 32;
/** The longest frame that is read, in bytes: what zstd makes at most of its pages. */
const longestFrame = 300_000;
/** Bytes of an index of so many pages, before it is compressed. */
export const indexBytes = (pages: number): number =>
  16 + Math.ceil(pages / framePages) * 16 + pages * hashBytes;
/** The longest that something becomes when it is compressed. */
const compressedAtMost = (bytes: number): number => bytes + Math.ceil(bytes / 128) + 1024;

/** Compressed pages in a pack. */
export interface Frame {
  offset: number;
  bytes: number;
}

/** What a pack holds: frames of `framePages` pages each, but for the last, and the SHA-256 of each page. */
export interface PackIndex {
  frames: readonly Frame[];
  pages: number;
  /** 32 bytes a page. */
  hashes: Buffer;
}

/** The SHA-256 of some bytes. */
export const sha256 = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

/** The SHA-256 of a page, a byte a character: a text is made faster than a buffer, and one of them stays for every page. */
export const pageHash = (page: Buffer): string => hash('sha256', page, 'binary');

/** A pack that is not what its name or its index says. */
export class DamagedPack extends Error {}

/** How many pages a frame holds. */
export function pagesOf({ pages }: Pick<PackIndex, 'pages'>, frame: number): number {
  return Math.min(framePages, pages - frame * framePages);
}

/** An index as it stands in a pack, before it is compressed: two counts, the frames, the hashes. Numbers are 64-bit, little-endian. */
export function writeIndex({ frames, pages, hashes }: PackIndex): Buffer {
  const head = Buffer.alloc(16 + frames.length * 16);
  head.writeBigUInt64LE(BigInt(pages), 0);
  head.writeBigUInt64LE(BigInt(frames.length), 8);
  for (const [index, { offset, bytes }] of frames.entries()) {
    head.writeBigUInt64LE(BigInt(offset), 16 + index * 16);
    head.writeBigUInt64LE(BigInt(bytes), 24 + index * 16);
  }
  return Buffer.concat([head, hashes]);
}

/** Reads what `writeIndex` wrote, of a pack whose frames end at `end`. Throws DamagedPack for anything else. */
export function readIndex(bytes: Buffer, end: number): PackIndex {
  const number = (at: number): number => {
    if (at + 8 > bytes.length) throw new DamagedPack('the index is cut off');
    const value = bytes.readBigUInt64LE(at);
    if (value > BigInt(Number.MAX_SAFE_INTEGER))
      throw new DamagedPack('the index has a number that cannot be');
    return Number(value);
  };
  const [pages, count] = [number(0), number(8)];
  if (count !== Math.ceil(pages / framePages) || bytes.length !== indexBytes(pages))
    throw new DamagedPack('the index does not fit its pages');
  const frames: Frame[] = [];
  let next = magic.length;
  for (let index = 0; index < count; index += 1) {
    const frame = { offset: number(16 + index * 16), bytes: number(24 + index * 16) };
    if (frame.offset !== next || frame.bytes === 0 || frame.bytes > longestFrame)
      throw new DamagedPack('the frames do not follow each other');
    next = frame.offset + frame.bytes;
    frames.push(frame);
  }
  if (next !== end) throw new DamagedPack('the frames do not end where the index begins');
  return { frames, pages, hashes: bytes.subarray(16 + count * 16) };
}

/** The end of a pack. */
export function writeFooter(offset: number, index: Buffer): Buffer {
  const footer = Buffer.alloc(16);
  footer.writeBigUInt64LE(BigInt(offset), 0);
  footer.writeBigUInt64LE(BigInt(index.length), 8);
  return Buffer.concat([footer, sha256(index), magic]);
}

/** Where the index of a pack of so many bytes and pages lies, and its SHA-256. Throws DamagedPack. */
export function readFooter(
  footer: Buffer,
  size: number,
  pages: number,
): { offset: number; bytes: number; hash: Buffer } {
  if (footer.length !== footerBytes || !footer.subarray(48).equals(magic))
    throw new DamagedPack('it does not end as a pack does');
  const [offset, bytes] = [Number(footer.readBigUInt64LE(0)), Number(footer.readBigUInt64LE(8))];
  if (offset < magic.length || offset + bytes + footerBytes !== size)
    throw new DamagedPack('its index lies where it cannot');
  // Before anything is read into memory.
  if (pages * hashBytes > size || bytes > compressedAtMost(indexBytes(pages)))
    throw new DamagedPack('it has another number of pages than it can');
  return { offset, bytes, hash: footer.subarray(16, 48) };
}
