import type { Chances, Rates } from '#shared/contract/simulation.ts';
import { stayOf } from '../questions/cohorts.ts';
import type { Rate, RunRates } from './occupancy.ts';
import type { Turnover } from './turnover.ts';

/** Used if the history has too little data. */
const usualRates = { early: 0.1, joins: 0.9, weak: 0, fragile: 0 } as const;
/** The number of observations that a usual rate counts as. */
const usualStrength = 20;
/** With a learned rate, the usual one still counts as this many observations. */
const priorStrength = 2;

/** The least data to learn from. */
const enough = { personTerms: 20, departures: 10 } as const;

/** Newcomers stay as long as the programme's students, within these bounds. */
const newcomerTerms = { least: 2, most: 8 } as const;

/** The rates of a simulation: given ones, else those of the workspace's history, else the usual ones. `summary` says which. */
export function ratesOf(
  given: Chances,
  turnover: Turnover,
  terms: ArrayLike<number>,
): { rates: RunRates; summary: Rates } {
  const learned: string[] = [];
  const rateOf = (name: 'early' | 'joins', isEnough: boolean, { yes, all }: Trials): Rate => {
    const value = given[name];
    if (value !== undefined) return { mean: value, strength: null };
    const usual = usualRates[name];
    if (!isEnough || all === 0) return { mean: usual, strength: usualStrength };
    learned.push(name);
    const strength = all + priorStrength;
    return { mean: (yes + usual * priorStrength) / strength, strength };
  };
  const { personTerms, early, departures, vacancies, refilled, newcomerTerms: seen } = turnover;
  const earlyRate = rateOf('early', personTerms >= enough.personTerms, { yes: early, all: personTerms });
  const joinRate = rateOf('joins', departures >= enough.departures, { yes: refilled, all: vacancies });
  const hasNewcomers = given.newcomer_terms === undefined && seen.length >= enough.departures;
  if (hasNewcomers) learned.push('newcomer_terms');
  const stay = hasNewcomers
    ? seen.reduce((sum, one) => sum + one, 0) / seen.length
    : Math.min(newcomerTerms.most, Math.max(newcomerTerms.least, stayOf(terms)));
  const rates = {
    early: earlyRate,
    joins: joinRate,
    newcomer_terms: given.newcomer_terms ?? Math.max(1, stay),
    weak: given.weak ?? usualRates.weak,
    fragile: given.fragile ?? usualRates.fragile,
  };
  const summary = {
    ...rates,
    early: earlyRate.mean,
    joins: joinRate.mean,
    learned,
    from: { person_terms: personTerms, departures },
  };
  return { rates, summary };
}

interface Trials {
  yes: number;
  all: number;
}
