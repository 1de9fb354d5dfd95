/** The probability, for one term and for two, that a team stands out by chance although equally many members leave in each term. */
const significance = 0.06;

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

export interface Standout {
  leaving: number;
  within: 1 | 2;
  expected: number;
}

/**
 * Finds out whether more members leave within one or two terms than expected if equally many leave in each term: each within w of S terms
 * with probability w / S (upper tail of the binomial distribution). Skips members with unknown terms (NaN). Null if not more leave.
 */
export function findStandout(terms: readonly number[], stay: number): Standout | null {
  const [oneTerm, twoTerms] = [standoutWithin(terms, stay, 1), standoutWithin(terms, stay, 2)];
  const standout = oneTerm && twoTerms && twoTerms.chance < oneTerm.chance ? twoTerms : (oneTerm ?? twoTerms);
  return standout && { leaving: standout.leaving, within: standout.within, expected: standout.expected };
}

/** Whether more members leave this term than expected. */
export const isLeavingTogether = (terms: readonly number[], stay: number): boolean =>
  standoutWithin(terms, stay, 1) !== null;

function standoutWithin(
  terms: readonly number[],
  stay: number,
  horizon: Standout['within'],
): (Standout & { chance: number }) | null {
  const knownTerms = terms.filter((termsLeft) => !Number.isNaN(termsLeft));
  if (horizon >= stay) return null;
  const leaving = knownTerms.filter((termsLeft) => termsLeft <= horizon).length;
  const chance = binomialUpperTail(knownTerms.length, leaving, horizon / stay);
  if (chance > significance) return null;
  return { leaving, within: horizon, expected: (knownTerms.length * horizon) / stay, chance };
}

/** The probability of at least `minSuccesses` successes in `count` trials. */
function binomialUpperTail(count: number, minSuccesses: number, probability: number): number {
  let [sum, term] = [0, (1 - probability) ** count];
  // Adds the terms of the upper tail, because 1 minus the lower tail would lose precision.
  for (let successes = 0; successes <= count; successes++) {
    if (successes >= minSuccesses) sum += term;
    term *= ((count - successes) / (successes + 1)) * (probability / (1 - probability));
  }
  return sum;
}
