import { unzipSync } from 'fflate';
import type { UnzipFileInfo } from 'fflate';
import { megabytes, refusal } from './refusal.ts';

/** How large one part of an archive may be once it is unpacked, in bytes. */
export const largestPart = 256 * 1024 * 1024;

/** The same for all parts together that are unpacked. */
export const largestArchive = 600 * 1024 * 1024;

/** A part beyond `largeEnough` bytes that shrank to less than one in `mostShrunk` was made to fill the memory, not to be read. */
export const mostShrunk = 200;
export const largeEnough = 32 * 1024 * 1024;

/** Parts of an archive; pictures and charts count too. */
export const mostParts = 5000;

/** The parts of a zip file by name; each is inflated when it is asked for, never beyond the size that was checked. */
export interface Archive {
  name: string;
  has(name: string): boolean;
  /**
   * The part as text, of at most so many bytes. Throws BAD_FILE with reason damaged_workbook, or swells where the part, or all that
   * was asked for so far, is larger than any table of records.
   */
  text(name: string, most?: number): string;
}

/** A workbook that is not whole, or not what it says of itself. */
export const damaged = (file: string, what: string, line: number | null = null) =>
  refusal(
    'damaged_workbook',
    `${file} is damaged: ${what}. Save it anew in a spreadsheet program, or export it as CSV.`,
    { line },
  );

const swells = (file: string, size: number, most: number) =>
  refusal(
    'swells',
    `${file} holds ${megabytes(size)} once it is unpacked; at most ${megabytes(most)} can be read.`,
  );

const inflated = (file: string, packed: number, size: number) =>
  refusal(
    'swells',
    `${file} holds a part that grows from ${megabytes(packed)} to ${megabytes(size)} once it is unpacked; at most ${mostShrunk} times as much can be read.`,
  );

/**
 * Reads the directory of the zip file called `file`; nothing is inflated yet. Throws BAD_FILE, reason damaged_workbook, for what is
 * none or was cut off. `largest` is what all parts together may have, in bytes.
 */
export function openZip(bytes: Buffer, file: string, largest = largestArchive): Archive {
  const parts = new Map<string, UnzipFileInfo>();
  unpack(bytes, file, (part) => {
    if (parts.size >= mostParts)
      throw damaged(file, `it has more than ${mostParts} parts, which is as many as can be read`);
    parts.set(part.name.replaceAll('\\', '/'), part);
    return false;
  });
  let total = 0;
  return {
    name: file,
    has: (name) => parts.has(name),
    text(name, most = largestPart) {
      const part = parts.get(name);
      if (!part) throw damaged(file, `it has no part ${name.slice(0, 80)}`);
      const { size: packed, originalSize: size } = part;
      if (size > most) throw swells(file, size, most);
      // A part may be asked for as often as another names it.
      total += size;
      if (total > largest) throw swells(file, total, largest);
      if (size > largeEnough && size > packed * mostShrunk) throw inflated(file, packed, size);
      if (part.compression === 0 && packed !== size)
        throw damaged(file, 'a part of it is not as large as it says');
      const whole = unpack(bytes, file, (one) => one.name === part.name)[part.name];
      if (whole?.length !== size) throw damaged(file, 'a part of it cannot be unpacked');
      return Buffer.from(whole.buffer, whole.byteOffset, whole.length).toString('utf8');
    },
  };
}

function unpack(
  bytes: Buffer,
  file: string,
  filter: (part: UnzipFileInfo) => boolean,
): Record<string, Uint8Array | undefined> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof Error && 'data' in error) throw error;
    throw damaged(file, 'its end or a part of it is missing');
  }
}
