import type { Band } from '#shared/contract/simulation.ts';

/**
 * How far outcomes lie beyond the runs, one term ahead, as a share of knowledge flow: 80 % stay within. Simulations know no new links, for
 * example. Measured in worlds of other rules; see docs/science.md.
 */
export const initialModelError = 0.06;
/** The number of outcomes that the initial error counts as. */
const initialStrength = 8;

export interface BandOutcome {
  said: Band;
  /** The model error in the band. */
  modelError: number;
  termsAhead: number;
  actual: number;
}

/** Widens a band of runs by the model error, which is independent of the runs and grows with the square root of the terms ahead. */
export function withModelError({ low, median, high }: Band, error: number, termsAhead: number): Band {
  const offset = error * Math.sqrt(termsAhead);
  return {
    low: Math.max(0, median - Math.hypot(median - low, offset)),
    median,
    high: Math.max(high, Math.min(1, median + Math.hypot(high - median, offset))),
  };
}

/** The model error by which 80 % of the outcomes would have been in their bands, averaged with the initial one. */
export function learnModelError(outcomes: readonly BandOutcome[]): number {
  if (outcomes.length === 0) return initialModelError;
  const errors = outcomes.map(errorOf).sort((a, b) => a - b);
  const rank = Math.min(errors.length, Math.ceil(0.8 * (errors.length + 1)));
  const observedError = errors[rank - 1] as number;
  return (
    (initialStrength * initialModelError + errors.length * observedError) / (initialStrength + errors.length)
  );
}

/** The model error with which the band would just have held. */
function errorOf({ said: { low, median, high }, modelError, termsAhead, actual }: BandOutcome): number {
  const halfWidth = actual < median ? median - low : high - median;
  const missing = (actual - median) ** 2 - halfWidth ** 2;
  return Math.sqrt(Math.max(0, missing / termsAhead + modelError ** 2));
}
