/** Smaller teams never stand out: one person is a large part of them. */
export const fewestMembers = 4;
/** The probability that a team of an even programme stands out by chance, for each horizon. */
const significance = 0.025;

/** Terms that students stay if the programme has no data. */
const usualStay = 4;

/**
 * The number of terms that students stay, from their remaining terms: if everybody stays S terms and equally many begin in each, the
 * remaining terms are uniform on 1 to S, so S is twice their mean minus one. At least 2, at most 24.
 */
export function stayOf(terms: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (const left of Array.from(terms)) {
    if (Number.isNaN(left)) continue;
    sum += left;
    count += 1;
  }
  return count === 0 ? usualStay : Math.min(24, Math.max(2, Math.round((2 * sum) / count - 1)));
}

export interface Standout {
  leaving: number;
  within: 1 | 2;
  expected: number;
}

/**
 * Whether more members leave within one or two terms than expected in an even programme, where each leaves within w of S terms with
 * probability w / S (upper tail of the binomial distribution). Members with unknown terms (NaN) are left out.
 */
export function standsOut(terms: readonly number[], stay: number): Standout | null {
  const [one, two] = [within(terms, stay, 1), within(terms, stay, 2)];
  const found = one && two && two.chance < one.chance ? two : (one ?? two);
  return found && { leaving: found.leaving, within: found.within, expected: found.expected };
}

/** Whether more of them leave this term than expected. */
export const leaveTogether = (terms: readonly number[], stay: number): boolean =>
  within(terms, stay, 1) !== null;

function within(
  terms: readonly number[],
  stay: number,
  horizon: Standout['within'],
): (Standout & { chance: number }) | null {
  const known = terms.filter((left) => !Number.isNaN(left));
  if (known.length < fewestMembers || horizon >= stay) return null;
  const leaving = known.filter((left) => left <= horizon).length;
  const chance = upperTail(known.length, leaving, horizon / stay);
  if (chance > significance) return null;
  return { leaving, within: horizon, expected: (known.length * horizon) / stay, chance };
}

/** The probability of at least `least` successes in `count` trials. */
function upperTail(count: number, least: number, probability: number): number {
  let [sum, term] = [0, (1 - probability) ** count];
  // Summed from the top: subtracting the lower tail from 1 would lose precision.
  for (let successes = 0; successes <= count; successes++) {
    if (successes >= least) sum += term;
    term *= ((count - successes) / (successes + 1)) * (probability / (1 - probability));
  }
  return sum;
}
