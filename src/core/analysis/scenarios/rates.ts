import type { Chances, Rates } from '#shared/contract/simulation.ts';
import { estimateStay } from '../cohorts.ts';
import type { Rate, RunRates } from './occupancy.ts';
import type { Turnover } from './turnover.ts';

/** Used if the history has too little data. */
const defaultRates = { early: 0.1, joins: 0.9, weak: 0, fragile: 0 } as const;
/** The number of observations that a default rate counts as. */
const defaultStrength = 20;
/** With a learned rate, the default still counts as this many observations. */
const priorStrength = 2;

/** The minimal numbers of observations to learn from. */
const minObservations = { personTerms: 20, departures: 10 } as const;

/** Newcomers stay as long as the programme's students, within these bounds. */
const newcomerTerms = { min: 2, max: 8 } as const;

/** The rates of a simulation: from the input, else learned from the history, else defaults. `summary` names the learned rates. */
export function ratesOf(
  chances: Chances,
  turnover: Turnover,
  terms: ArrayLike<number>,
): { rates: RunRates; summary: Rates } {
  const learnedRates: string[] = [];
  const rateOf = (name: 'early' | 'joins', hasEnough: boolean, { successes, count }: Trials): Rate => {
    const value = chances[name];
    if (value !== undefined) return { mean: value, strength: null };
    const defaultRate = defaultRates[name];
    if (!hasEnough || count === 0) return { mean: defaultRate, strength: defaultStrength };
    learnedRates.push(name);
    const strength = count + priorStrength;
    return { mean: (successes + defaultRate * priorStrength) / strength, strength };
  };
  const { personTerms, early, departures, vacancies, refilled, newcomerTerms: observedTerms } = turnover;
  const earlyRate = rateOf('early', personTerms >= minObservations.personTerms, {
    successes: early,
    count: personTerms,
  });
  const joinRate = rateOf('joins', departures >= minObservations.departures, {
    successes: refilled,
    count: vacancies,
  });
  const isStayLearned =
    chances.newcomer_terms === undefined && observedTerms.length >= minObservations.departures;
  if (isStayLearned) learnedRates.push('newcomer_terms');
  const stay = isStayLearned
    ? observedTerms.reduce((sum, termCount) => sum + termCount, 0) / observedTerms.length
    : Math.min(newcomerTerms.max, Math.max(newcomerTerms.min, estimateStay(terms)));
  const rates = {
    early: earlyRate,
    joins: joinRate,
    newcomer_terms: chances.newcomer_terms ?? Math.max(1, stay),
    weak: chances.weak ?? defaultRates.weak,
    fragile: chances.fragile ?? defaultRates.fragile,
  };
  const summary = {
    ...rates,
    early: earlyRate.mean,
    joins: joinRate.mean,
    learned: learnedRates,
    from: { person_terms: personTerms, departures },
  };
  return { rates, summary };
}

interface Trials {
  successes: number;
  count: number;
}
