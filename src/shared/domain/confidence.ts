/** What holds in less than this share of the stress tests is uncertain. */
const certainShare = 0.6;

/** What was found of an item in the stress tests: shares of them, null where there were none. */
export interface Confidence {
  confidence: number | null;
  in_top: number | null;
}

export const isCertain = (share: number | null): boolean => share !== null && share >= certainShare;

/** Neither the rank of an item is certain, nor that it is among the largest. */
export const isUncertain = ({ confidence, in_top: inTop }: Confidence): boolean =>
  confidence !== null && !isCertain(confidence) && !isCertain(inTop);

/** From so many tests on a share is near enough to be said without its error. */
const enoughTests = 100;

/**
 * Half the width of the 95 % interval of a share, 0 to 1, that was counted in so many tests (normal approximation, of a share with one more success
 * and failure, so that all and none are not certain); null from 100 tests on.
 */
export function shareError(share: number, tests: number): number | null {
  if (tests >= enoughTests) return null;
  const likely = (share * tests + 1) / (tests + 2);
  return 1.96 * Math.sqrt((likely * (1 - likely)) / (tests + 2));
}
