import { Fault } from '#shared/contract/faults.ts';
import type { FileReason } from '#shared/contract/reasons.ts';
import { clause, verbatim } from '#shared/texts/sentence.ts';
import type { Sentence, ValuesOf } from '#shared/texts/sentence.ts';

/** BAD_FILE for a refused file; `line` counts from 1, `path` is a JSON path. */
export function fileRefusal<R extends FileReason>(
  reason: R,
  values: Omit<ValuesOf<`file.${R}`>, 'line' | 'path'>,
  { line = null, path = null }: { line?: number | null; path?: string | null } = {},
): Fault<'BAD_FILE'> {
  return new Fault('BAD_FILE', { reason, line, path, values });
}

const causeByCode: Readonly<Record<string, Sentence>> = {
  ENOENT: clause('noSuchFile'),
  EACCES: clause('permission'),
  EPERM: clause('permission'),
  EISDIR: clause('isFolder'),
  NOT_REGULAR: clause('notRegular'),
  ENXIO: clause('notRegular'),
  EROFS: clause('diskReadOnly'),
  ENOSPC: clause('diskFull'),
  ENAMETOOLONG: clause('longName'),
};

/** The cause of an error of the file system. */
export function systemCause(error: unknown): Sentence {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '?';
  return causeByCode[code] ?? verbatim(code);
}

/** Formats a size in bytes, rounded up: `3 MB`. */
export function formatMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}

/** 256 MB, about 800,000 records. */
export const largestFile = 256 * 1024 * 1024;

/** Limits of a spreadsheet file; records and columns count per sheet. */
export const maxSheetBytes = 100 * 1024 * 1024;
export const maxSheetRecords = 100_000;
export const maxSheetColumns = 256;

export function tooLargeFault(file: string, size: number, limit: number): Fault<'BAD_FILE'> {
  const why = clause('sizes', { size: formatMegabytes(size), limit: formatMegabytes(limit) });
  return fileRefusal('too_large', { file, why });
}

export const unreadableFault = (file: string, error: unknown): Fault<'BAD_FILE'> =>
  fileRefusal('unreadable', { file, why: systemCause(error) });
