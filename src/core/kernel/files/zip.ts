import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { unzipSync } from 'fflate';
import type { UnzipFileInfo } from 'fflate';
import { formatMegabytes, fileRefusal } from './refusal.ts';

export const maxPartBytes = 256 * 1024 * 1024;

export const maxArchiveBytes = 600 * 1024 * 1024;

/** A part larger than `minBombBytes` with a compression ratio above `maxRatio` is a zip bomb. */
export const maxRatio = 200;
export const minBombBytes = 32 * 1024 * 1024;

export const maxParts = 5000;

/** The parts of a zip file by name. Each is inflated on demand, up to the size that was checked. */
export interface Archive {
  name: string;
  has(name: string): boolean;
  /** The part as text. Throws BAD_FILE: `damaged_workbook`, or `swells` if its size, its compression ratio or the total is too large. */
  text(name: string, maxBytes?: number): string;
}

export const damagedArchive = (file: string, why: Sentence, line: number | null = null) =>
  fileRefusal('damaged_workbook', { file, why }, { line });

const tooLargeFault = (file: string, size: number, maxBytes: number) =>
  fileRefusal('swells', {
    file,
    why: clause('sizes', { size: formatMegabytes(size), limit: formatMegabytes(maxBytes) }),
  });

const zipBombFault = (file: string, packed: number, size: number) =>
  fileRefusal('swells', {
    file,
    why: clause('growth', { size: formatMegabytes(packed), limit: formatMegabytes(size) }),
  });

/** Reads the directory of a zip file. `maxTotalBytes` limits the unpacked bytes. Throws BAD_FILE (`damaged_workbook`). */
export function openZip(bytes: Buffer, file: string, maxTotalBytes = maxArchiveBytes): Archive {
  const parts = new Map<string, UnzipFileInfo>();
  unpack(bytes, file, (part) => {
    if (parts.size >= maxParts) throw damagedArchive(file, clause('workbookParts', { count: maxParts }));
    parts.set(part.name.replaceAll('\\', '/'), part);
    return false;
  });
  let total = 0;
  return {
    name: file,
    has: (name) => parts.has(name),
    text(name, maxBytes = maxPartBytes) {
      const part = parts.get(name);
      if (!part) throw damagedArchive(file, clause('noPart', { name: name.slice(0, 80) }));
      const { size: packed, originalSize: size } = part;
      if (size > maxBytes) throw tooLargeFault(file, size, maxBytes);
      // Other parts can reference the same part repeatedly.
      total += size;
      if (total > maxTotalBytes) throw tooLargeFault(file, total, maxTotalBytes);
      if (size > minBombBytes && size > packed * maxRatio) throw zipBombFault(file, packed, size);
      if (part.compression === 0 && packed !== size) throw damagedArchive(file, clause('partSize'));
      const content = unpack(bytes, file, (entry) => entry.name === part.name)[part.name];
      if (content?.length !== size) throw damagedArchive(file, clause('partPacked'));
      return Buffer.from(content.buffer, content.byteOffset, content.length).toString('utf8');
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
    throw damagedArchive(file, clause('partMissing'));
  }
}
