import { Fault } from '#shared/contract/faults.ts';
import type { FileReason } from '#shared/contract/reasons.ts';

/** The fault for a refused file: `line` counts from 1, `path` is a JSON path. */
export function refusal(
  reason: FileReason,
  message: string,
  at: { line?: number | null; path?: string | null } = {},
): Fault<'BAD_FILE'> {
  return new Fault('BAD_FILE', message, { reason, line: at.line ?? null, path: at.path ?? null });
}
