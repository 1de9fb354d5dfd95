/**
 * Weight of knowledge that comes from or reaches a record, by its importance. The importance of a link weights the flow between its two
 * ends. Missing and unknown values weigh 1.
 */
export const importanceWeights: Readonly<Record<string, number>> = {
  low: 0.5,
  normal: 1,
  high: 2,
  critical: 4,
};

/** The importance that counts like none. */
export const neutralImportance = 'normal';

/** The weight of a stored importance; 1 for unknown values. */
export const importanceWeight = (importance: unknown): number =>
  (typeof importance === 'string' ? importanceWeights[importance] : undefined) ?? 1;
