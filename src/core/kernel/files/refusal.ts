import { Fault } from '#shared/contract/faults.ts';
import type { FileReason } from '#shared/contract/reasons.ts';

/** BAD_FILE for a refused file; `line` counts from 1, `path` is a JSON path. */
export function refusal(
  reason: FileReason,
  message: string,
  at: { line?: number | null; path?: string | null } = {},
): Fault<'BAD_FILE'> {
  return new Fault('BAD_FILE', message, { reason, line: at.line ?? null, path: at.path ?? null });
}

/** Formats a size in bytes, rounded up: `3 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}

/** The largest file that is read, in bytes: 256 MB, about 800,000 records. */
export const largestFile = 256 * 1024 * 1024;

/** The largest spreadsheet file that is read, in bytes, and the most records and columns per sheet. */
export const largestSheet = 100 * 1024 * 1024;
export const mostRecords = 100_000;
export const mostColumns = 256;
