import type { Organisation } from './organisation.ts';

/** The number of terms that students stay if no terms are known. */
const defaultStay = 4;

/**
 * The number of terms that students stay, from their remaining terms: if everybody stays S terms and equally many begin in each, the
 * remaining terms are uniform on 1 to S, so S is twice their mean minus one. At least 2, at most 24.
 */
export function estimateStay(terms: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (const termsLeft of Array.from(terms)) {
    if (Number.isNaN(termsLeft)) continue;
    sum += termsLeft;
    count += 1;
  }
  return count === 0 ? defaultStay : Math.min(24, Math.max(2, Math.round((2 * sum) / count - 1)));
}

/** Values as shares of their sum; null if the sum is 0. */
export function normalise(values: readonly number[]): readonly number[] | null {
  const sum = values.reduce((total, value) => total + value, 0);
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
