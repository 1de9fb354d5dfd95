import { seededRandom } from '#core/analysis/graph/random.ts';
import { spearman } from '#core/analysis/measures/validation.ts';

/** Scores closer than this differ by rounding only, and tie. */
const tolerance = 1e-9;
const rounded = (values: readonly number[]): number[] => values.map((value) => Math.round(value / tolerance));

/**
 * Spearman's rank correlation. NaN if all outcomes are equal, because then nothing can be predicted; 0 if only the scores are all equal,
 * because then they predict nothing.
 */
export function rankCorrelation(scores: readonly number[], outcomes: readonly number[]): number {
  if (new Set(rounded(outcomes)).size <= 1) return Number.NaN;
  return spearman(rounded(scores), rounded(outcomes)) ?? 0;
}

/**
 * The outcome of the first `count` items of a ranking, as a share of the largest outcome of so many items. NaN if there are no more items
 * than that, or nothing was lost. Items with equal scores count with their mean outcome.
 */
export function shareOfFirst(scores: readonly number[], outcomes: readonly number[], count = 5): number {
  const possible = sumOf(outcomes.toSorted((a, b) => b - a).slice(0, count));
  if (outcomes.length <= count || possible <= 0) return Number.NaN;
  const keys = rounded(scores);
  const ties = [...Map.groupBy(keys.keys(), (index) => keys[index] as number)].sort(([a], [b]) => b - a);
  let [found, taken] = [0, 0];
  for (const [, indexes] of ties) {
    const used = Math.min(indexes.length, count - taken);
    found += (used * sumOf(indexes.map((index) => outcomes[index] as number))) / indexes.length;
    taken += used;
  }
  return found / possible;
}

/** The sum of the ranks of two scores, so that a ranking uses both equally. */
export function combineRanks(a: readonly number[], b: readonly number[]): number[] {
  const [ranksOfA, ranksOfB] = [ranksOf(a), ranksOf(b)];
  return ranksOfA.map((rank, index) => rank + (ranksOfB[index] as number));
}

/** For each value, how many are smaller, and half of the others that are equal. */
function ranksOf(values: readonly number[]): number[] {
  const keys = rounded(values);
  return keys.map((key) =>
    keys.reduce((rank, other) => rank + (other < key ? 1 : other === key ? 0.5 : 0), -0.5),
  );
}

export interface Estimate {
  mean: number;
  /** The middle 95 % of the means of samples drawn with replacement. */
  low: number;
  high: number;
}

const sampleCount = 2000;

/** The mean of one value for each half-year or world, with its bootstrap interval. NaN values are left out. */
export function bootstrap(values: readonly number[], seed = 1): Estimate {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  const random = seededRandom(seed);
  const means = Array.from(
    { length: sampleCount },
    () => sumOf(known.map(() => known[Math.floor(random() * known.length)] as number)) / known.length,
  ).sort((a, b) => a - b);
  const quantile = (share: number): number => means[Math.round(share * (sampleCount - 1))] as number;
  return { mean: sumOf(known) / known.length, low: quantile(0.025), high: quantile(0.975) };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
