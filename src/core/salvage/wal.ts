import { closeSync, fstatSync } from 'node:fs';
import { fillBuffer, openRegularFile } from './open-regular-file.ts';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** Magic number of a write-ahead log; its last bit is the byte order of the checksums. */
const magic = 0x377f0682;

type Checksum = readonly [number, number];

/** SQLite's checksum over pairs of 32-bit words. */
function updateChecksum(bytes: Buffer, isBigEndian: boolean, [first, second]: Checksum): Checksum {
  let [a, b] = [first, second];
  for (let offset = 0; offset < bytes.length; offset += 8) {
    const firstWord = isBigEndian ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset);
    const secondWord = isBigEndian ? bytes.readUInt32BE(offset + 4) : bytes.readUInt32LE(offset + 4);
    a = (a + firstWord + b) >>> 0;
    b = (b + secondWord + a) >>> 0;
  }
  return [a, b];
}

/** The committed pages of a write-ahead log, which replace those of the file. `offsets`: offset in the log by page number. */
export interface Wal {
  pageBytes: number;
  offsets: ReadonlyMap<number, number>;
}

/**
 * Reads the committed pages of a write-ahead log as far as its checksums hold, as SQLite does. Null if it is missing or unreadable. Throws
 * WORKSPACE if the system refuses.
 */
export function readWal(file: string): Wal | null {
  const handle = openRegularFile(file);
  if (handle === null) return null;
  try {
    return parseWal(handle);
  } finally {
    closeSync(handle);
  }
}

function parseWal(handle: number): Wal | null {
  const { size } = fstatSync(handle);
  const header = Buffer.alloc(headerBytes);
  if (!fillBuffer(handle, header, 0)) return null;
  const magicWord = header.readUInt32BE(0);
  const pageBytes = header.readUInt32BE(8);
  if (magicWord >>> 1 !== magic >>> 1 || pageBytes < 512 || pageBytes > 65_536) return null;
  const isBigEndian = (magicWord & 1) === 1;
  let checksum = updateChecksum(header.subarray(0, 24), isBigEndian, [0, 0]);
  if (checksum[0] !== header.readUInt32BE(24) || checksum[1] !== header.readUInt32BE(28)) return null;
  const offsets = new Map<number, number>();
  const uncommitted = new Map<number, number>();
  const frame = Buffer.alloc(frameHeaderBytes + pageBytes);
  for (let frameOffset = headerBytes; frameOffset + frame.length <= size; frameOffset += frame.length) {
    if (!fillBuffer(handle, frame, frameOffset)) break;
    if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) break;
    checksum = updateChecksum(
      frame.subarray(frameHeaderBytes),
      isBigEndian,
      updateChecksum(frame.subarray(0, 8), isBigEndian, checksum),
    );
    if (checksum[0] !== frame.readUInt32BE(16) || checksum[1] !== frame.readUInt32BE(20)) break;
    uncommitted.set(frame.readUInt32BE(0), frameOffset + frameHeaderBytes);
    // The last frame of a transaction states the size of the file.
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [page, offset] of uncommitted) offsets.set(page, offset);
    uncommitted.clear();
  }
  return { pageBytes, offsets };
}
