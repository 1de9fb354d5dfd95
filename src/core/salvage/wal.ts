import { closeSync, fstatSync } from 'node:fs';
import { fillBuffer, openPlain } from './open-plain.ts';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** Magic number of a write-ahead log; its last bit is the byte order of the checksums. */
const magic = 0x377f0682;

type Sums = readonly [number, number];

/** SQLite's checksum over pairs of 32-bit words. */
function sum(bytes: Buffer, big: boolean, [first, second]: Sums): Sums {
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    const one = big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const two = big ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    a = (a + one + b) >>> 0;
    b = (b + two + a) >>> 0;
  }
  return [a, b];
}

/** The committed pages of a write-ahead log, which replace those of the file. */
export interface Wal {
  pageBytes: number;
  offsets: ReadonlyMap<number, number>;
}

/**
 * Reads the committed pages of a write-ahead log as far as its checksums hold, as SQLite does. Null if it is missing or unreadable. Throws
 * WORKSPACE if the system refuses.
 */
export function readWal(file: string): Wal | null {
  const handle = openPlain(file);
  if (handle === null) return null;
  try {
    return walIn(handle);
  } finally {
    closeSync(handle);
  }
}

function walIn(handle: number): Wal | null {
  const { size } = fstatSync(handle);
  const header = Buffer.alloc(headerBytes);
  if (!fillBuffer(handle, header, 0)) return null;
  const word = header.readUInt32BE(0);
  const pageBytes = header.readUInt32BE(8);
  if (word >>> 1 !== magic >>> 1 || pageBytes < 512 || pageBytes > 65_536) return null;
  const big = (word & 1) === 1;
  let sums = sum(header.subarray(0, 24), big, [0, 0]);
  if (sums[0] !== header.readUInt32BE(24) || sums[1] !== header.readUInt32BE(28)) return null;
  const offsets = new Map<number, number>();
  const open = new Map<number, number>();
  const frame = Buffer.alloc(frameHeaderBytes + pageBytes);
  for (let at = headerBytes; at + frame.length <= size; at += frame.length) {
    if (!fillBuffer(handle, frame, at)) break;
    if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) break;
    sums = sum(frame.subarray(frameHeaderBytes), big, sum(frame.subarray(0, 8), big, sums));
    if (sums[0] !== frame.readUInt32BE(16) || sums[1] !== frame.readUInt32BE(20)) break;
    open.set(frame.readUInt32BE(0), at + frameHeaderBytes);
    // The last frame of a transaction states the size of the file.
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [page, offset] of open) offsets.set(page, offset);
    open.clear();
  }
  return { pageBytes, offsets };
}
