import type { Organisation } from './organisation.ts';

/** Values as shares of their sum; null if the sum is 0. */
export function normalise(values: readonly number[]): readonly number[] | null {
  let sum = 0;
  for (const value of values) sum += value;
  return sum === 0 ? null : values.map((value) => value / sum);
}

/** A newcomer has this many terms left, and has learned what there is after three of them. */
const [newcomerTerms, learningTerms] = [6, 3] as const;

/**
 * The weight of each membership: the recorded one (a lead counts twice), times a factor from 1 for a newcomer to 2 after three terms.
 * Unknown terms count as three or more.
 */
export const weighMembers = ({
  terms,
  memberWeights,
}: Pick<Organisation, 'terms' | 'memberWeights'>): Float64Array =>
  memberWeights.map((weight, row) => {
    const left = terms[row] as number;
    const past = Number.isNaN(left) ? learningTerms : Math.max(0, newcomerTerms - left);
    return weight * (1 + Math.min(learningTerms, past) / learningTerms);
  });
