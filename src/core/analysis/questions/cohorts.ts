/** Teams of fewer members are never said to stand out: in them one person is a large part. */
export const fewestMembers = 4;
/** How often a team of an even programme may stand out by chance, for each of the two horizons. */
const significance = 0.025;

/** Terms that students stay unless the programme's own terms say otherwise. */
const usualStay = 4;

/**
 * How many terms students of a programme stay, from the terms that they have left: where everybody stays S terms and equally many begin in each, those
 * left are spread evenly over 1 to S, so that S is twice their mean less one. At least 2, at most 24.
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
  /** They leave within so many terms. */
  within: 1 | 2;
  /** How many of an even programme would leave within them. */
  expected: number;
}

/**
 * Whether more members of a team leave within one or two terms than is likely in an even programme of its size and stay, where each leaves within w of
 * S terms with probability w / S (upper tail of the binomial distribution). Members whose terms are unknown (NaN) are left out.
 */
export function standsOut(terms: readonly number[], stay: number): Standout | null {
  const [one, two] = [within(terms, stay, 1), within(terms, stay, 2)];
  const found = one && two && two.chance < one.chance ? two : (one ?? two);
  return found && { leaving: found.leaving, within: found.within, expected: found.expected };
}

/** Whether more of them leave this term than is likely. */
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

/** The probability of at least `least` successes among `count` draws. */
function upperTail(count: number, least: number, probability: number): number {
  let [sum, term] = [0, (1 - probability) ** count];
  // Added up from the top: one less what is below would be lost in rounding.
  for (let successes = 0; successes <= count; successes++) {
    if (successes >= least) sum += term;
    term *= ((count - successes) / (successes + 1)) * (probability / (1 - probability));
  }
  return sum;
}
