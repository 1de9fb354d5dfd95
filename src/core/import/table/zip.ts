import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { megabytes, refusal } from '../../files/refusal.ts';
import { largeEnough, largestPart, largestWorkbook, mostParts, mostShrunk } from './limits.ts';

const inflate = promisify(inflateRaw);

interface Part {
  method: number;
  packed: number;
  size: number;
  at: number;
}

/** The parts of a zip file by name; each is unpacked when it is asked for, never beyond the size that was checked. */
export interface Archive {
  /** What the file is called. */
  name: string;
  has(name: string): boolean;
  /**
   * The part as text, of at most so many bytes. Throws BAD_FILE with reason damaged_workbook, or swells where the part, or all that
   * was asked for so far, is larger than any table of records.
   */
  text(name: string, most?: number): Promise<string>;
}

/** A workbook that is not whole, or not what it says of itself. */
export const damaged = (file: string, what: string, line: number | null = null) =>
  refusal(
    'damaged_workbook',
    `${file} is damaged: ${what}. Save it anew in a spreadsheet program, or export it as CSV.`,
    { line },
  );

/** A workbook that would fill the memory. */
const swells = (file: string, size: number, most: number) =>
  refusal(
    'swells',
    `${file} holds ${megabytes(size)} once it is unpacked; at most ${megabytes(most)} can be read.`,
  );

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endLength = 22;

/** A part that was made to fill the memory. */
const inflated = (file: string, packed: number, size: number) =>
  refusal(
    'swells',
    `${file} holds a part that grows from ${megabytes(packed)} to ${megabytes(size)} once it is unpacked; at most ${mostShrunk} times as much can be read.`,
  );

/**
 * Reads the directory of the zip file called `file`; nothing is unpacked yet. Throws BAD_FILE, reason damaged_workbook, for what is
 * none or was cut off. `largest` is what all parts together may have, in bytes.
 */
export function openZip(bytes: Buffer, file: string, largest = largestWorkbook): Archive {
  const parts = readDirectory(bytes, file);
  let unpacked = 0;
  return {
    name: file,
    has: (name) => parts.has(name),
    async text(name, most = largestPart) {
      const part = parts.get(name);
      if (!part) throw damaged(file, `it has no part ${name.slice(0, 80)}`);
      if (part.size > most) throw swells(file, part.size, most);
      // A part may be asked for as often as another names it.
      unpacked += part.size;
      if (unpacked > largest) throw swells(file, unpacked, largest);
      return (await unpack(bytes, file, part)).toString('utf8');
    },
  };
}

function readDirectory(bytes: Buffer, file: string): Map<string, Part> {
  const end = findEnd(bytes, file);
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostParts) throw damaged(file, `it has ${count} parts, and at most ${mostParts} can be read`);
  const parts = new Map<string, Part>();
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== entryMark)
      throw damaged(file, 'its directory cannot be read');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    parts.set(name, {
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

/** The end of the directory stands at the end of the file, before a comment of at most 64 KB. */
function findEnd(bytes: Buffer, file: string): number {
  const last = bytes.length - endLength;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) {
    if (bytes.readUInt32LE(at) === endMark) return at;
  }
  throw damaged(file, 'its end is missing');
}

async function unpack(bytes: Buffer, file: string, { method, packed, size, at }: Part): Promise<Buffer> {
  if (size > largeEnough && size > packed * mostShrunk) throw inflated(file, packed, size);
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== localMark)
    throw damaged(file, 'a part is missing');
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + packed > bytes.length) throw damaged(file, 'it was cut off');
  const data = bytes.subarray(start, start + packed);
  if (method === 0 && packed !== size) throw damaged(file, 'a part of it is not as large as it says');
  if (method === 0) return data;
  if (method !== 8) throw damaged(file, 'it is packed in a way that is not known');
  // What says that it is small and is not stops here, not in memory.
  const whole = await inflate(data, { maxOutputLength: Math.max(1, size) }).catch(() => null);
  if (whole?.length !== size) throw damaged(file, 'a part of it cannot be unpacked');
  return whole;
}
