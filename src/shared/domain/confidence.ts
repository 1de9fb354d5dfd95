/** A result that holds in less than this share of the stress tests is uncertain. */
const minCertainShare = 0.6;

/** Shares of the stress tests in which an item keeps its rank or stays in the top; null if none ran. */
export interface Confidence {
  confidence: number | null;
  in_top: number | null;
}

export const isCertain = (share: number | null): boolean => share !== null && share >= minCertainShare;

/** True if neither the rank of an item nor its place among the largest is certain. */
export const isUncertain = ({ confidence, in_top: inTop }: Confidence): boolean =>
  confidence !== null && !isCertain(confidence) && !isCertain(inTop);

/** From this number of tests on, the error is small enough to leave out. */
const enoughTests = 100;

/**
 * Half the width of the 95 % interval of a share, 0 to 1, counted in `tests` tests. Normal approximation with one success and one failure
 * added, because 0 and 1 would otherwise have no error. Null from 100 tests on.
 */
export function shareError(share: number, tests: number): number | null {
  if (tests >= enoughTests) return null;
  const adjustedShare = (share * tests + 1) / (tests + 2);
  return 1.96 * Math.sqrt((adjustedShare * (1 - adjustedShare)) / (tests + 2));
}

/** Smaller differences are rounding. */
const minDifference = 1e-12;

/** Whether the central 80 % of the differences between paired runs all have the same sign. */
export const hasMeasurableEffect = ({ low, high }: { low: number; high: number }): boolean =>
  low > minDifference || high < -minDifference;
