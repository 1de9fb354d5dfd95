import type { Bearing } from '../bearer-model.ts';
import type { Damage, Effect } from './damage.ts';

/** Nodes or a link with a value in a question: the loss without them, or the gain. */
export interface Subject {
  /** The nodes in question; several if they are interchangeable. */
  readonly nodes: readonly number[];
  /** The link in question; null for nodes. */
  readonly link: number | null;
  /** The effect in an organisation; empty if the question does not apply. */
  changeIn(bearing: Bearing): Effect;
}

export interface ValuedSubject<S extends Subject = Subject> {
  subject: S;
  value: number;
}

export function subjectValue(damage: Damage, subject: Subject): number {
  return effectValue(damage, subject.changeIn(damage.bearing));
}

function effectValue(damage: Damage, effect: Effect): number {
  if (effect.missingAreas !== undefined) return damage.areaShare(effect.missingAreas);
  if (isEmpty(effect)) return 0;
  return effect.gains
    ? damage.gainedShare(effect.gains)
    : Math.max(0, damage.lostShare(effect)) * (effect.chance ?? 1);
}

const isEmpty = ({ change, leavers = [], gains = [] }: Effect): boolean =>
  change.length + leavers.length + gains.length === 0;

interface RankingOptions {
  count?: number;
  threshold?: number;
  excluded?: ReadonlySet<Subject>;
  /** The maximal number of subjects tried in a sampled network. */
  maxTries?: number;
}

/**
 * The subjects with the greatest values, exactly: tried by descending upper bound until the next bound is below the last result. All
 * subjects equal to the last one are included, in input order. In a sampled network only some of the likeliest are tried.
 */
export function* rankInSteps<S extends Subject>(
  damage: Damage,
  subjects: readonly S[],
  {
    count = Number.POSITIVE_INFINITY,
    threshold = 0,
    excluded,
    maxTries = defaultMaxTries,
  }: RankingOptions = {},
): Generator<void, { found: ValuedSubject<S>[]; possibleCount: number }, void> {
  const candidates: { subject: S; order: number; effect: Effect; bound: number }[] = [];
  for (const [order, subject] of subjects.entries()) {
    if (excluded?.has(subject)) continue;
    const effect = subject.changeIn(damage.bearing);
    const bound = boundOf(damage, effect);
    if (bound > threshold) candidates.push({ subject, order, effect, bound });
    if (order % 500 === 0) yield;
  }
  candidates.sort((a, b) => b.bound - a.bound || a.order - b.order);
  // In a sampled network, the bounds are estimates and do not end the search.
  const tryCount = damage.isSampled ? maxTries : Number.POSITIVE_INFINITY;
  let best: (ValuedSubject<S> & { order: number })[] = [];
  for (const [index, { subject, order, effect, bound }] of candidates.entries()) {
    const lowest = best[count - 1];
    if (index >= tryCount || (lowest && !damage.isSampled && bound < lowest.value - roundingTolerance)) break;
    const value = effectValue(damage, effect);
    if (value > threshold) {
      const ranked = { subject, value, order };
      best.splice(best.findLastIndex((other) => isBefore(other, ranked)) + 1, 0, ranked);
      const minValue = (best[count - 1]?.value ?? 0) - roundingTolerance;
      if (best.length > count) best = best.filter((candidate) => candidate.value >= minValue);
    }
    yield;
  }
  return { found: best.map(({ subject, value }) => ({ subject, value })), possibleCount: candidates.length };
}

const isBefore = (one: { value: number; order: number }, other: { value: number; order: number }): boolean =>
  Math.abs(one.value - other.value) > roundingTolerance ? one.value > other.value : one.order < other.order;

const defaultMaxTries = 20;
/** The rounding error of sums in different orders. */
export const roundingTolerance = 1e-12;

/** An upper bound of the value of a subject in a fully measured network. */
function boundOf(damage: Damage, effect: Effect): number {
  if (effect.missingAreas !== undefined) return damage.areaShare(effect.missingAreas);
  return effect.gains ? damage.gainBound(effect.gains) : damage.lossBound(effect) * (effect.chance ?? 1);
}
