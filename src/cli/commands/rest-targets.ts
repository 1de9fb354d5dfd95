import { UsageError } from '../output/errors.ts';

/** Begins a target of `--column` that is 100 % minus the value: "rest_of:energy_loss". */
export const restPrefix = 'rest_of:';

/** The field of such a target; null for other targets. */
export const restIn = (target: string): string | null =>
  target.startsWith(restPrefix) ? target.slice(restPrefix.length).trim() : null;

export function noShareError(
  field: string,
  shares: readonly string[],
  details: { argument: string; given: string },
): UsageError {
  const message = `"${field}" is not a share, so it has no rest. Shares: ${shares.join(', ') || 'none'}.`;
  return new UsageError(message, details);
}
