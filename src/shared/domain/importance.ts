/**
 * How many times knowledge counts that comes from or reaches a record, by its importance. The importance of a link counts for what passes
 * between its two ends. Missing and unknown values count 1.
 */
export const importanceWeights: Readonly<Record<string, number>> = {
  low: 0.5,
  normal: 1,
  high: 2,
  critical: 4,
};

/** The weight of an importance as stored; 1 for anything else. */
export const importanceWeight = (importance: unknown): number =>
  (typeof importance === 'string' ? importanceWeights[importance] : undefined) ?? 1;
