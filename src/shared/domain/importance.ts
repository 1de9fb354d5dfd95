/**
 * How many times knowledge counts in an analysis if it reaches or comes from a record of that importance. A missing or unknown importance
 * counts 1.
 */
export const importanceWeights: Readonly<Record<string, number>> = {
  low: 0.5,
  normal: 1,
  high: 2,
  critical: 4,
};
