import type { Bearing, Change } from '../bearing.ts';
import type { ExtraLink } from '../knowledge.ts';
import type { Damage } from './damage.ts';

/** A subject of a question: what would be lost without it, or gained. */
export interface Subject {
  /** The nodes that it is about; several if they are interchangeable. */
  readonly nodes: readonly number[];
  /** The link that it is about; null for nodes. */
  readonly link: number | null;
  /** The change in an organisation; empty if the question does not apply. */
  changeIn(bearing: Bearing): Effect;
}

/** Links that pass less, or added links with their gain. */
export type Effect =
  | { change: Change; gains?: undefined }
  | { change?: undefined; gains: readonly ExtraLink[] };

export interface Valued<S extends Subject = Subject> {
  subject: S;
  value: number;
}

export function valueOf(damage: Damage, subject: Subject): number {
  return valueOfEffect(damage, subject.changeIn(damage.bearing));
}

function valueOfEffect(damage: Damage, { change, gains }: Effect): number {
  if (gains) return gains.length === 0 ? 0 : Math.max(0, -damage.of([], gains));
  return change.length === 0 ? 0 : Math.max(0, damage.of(change));
}

interface RankingOptions {
  count?: number;
  above?: number;
  except?: ReadonlySet<Subject>;
  /** The most subjects tried in a sampled network. */
  tries?: number;
}

/**
 * The subjects with the greatest values, exactly: tried by descending upper bound until the next bound is below the last result. Subjects
 * equal to the last are all found, in input order. In a sampled network only some of the likeliest are tried.
 */
export function* rankInTurns<S extends Subject>(
  damage: Damage,
  subjects: readonly S[],
  { count = Number.POSITIVE_INFINITY, above = 0, except, tries = mostSampled }: RankingOptions = {},
): Generator<void, { found: Valued<S>[]; possible: number }, void> {
  const bounds: { subject: S; order: number; effect: Effect; most: number }[] = [];
  for (const [order, subject] of subjects.entries()) {
    if (except?.has(subject)) continue;
    const effect = subject.changeIn(damage.bearing);
    const most = mostOf(damage, effect);
    if (most > above) bounds.push({ subject, order, effect, most });
    if (order % 500 === 0) yield;
  }
  bounds.sort((a, b) => b.most - a.most || a.order - b.order);
  // Estimates are no bounds.
  const mostTried = damage.isSampled ? tries : Number.POSITIVE_INFINITY;
  let found: (Valued<S> & { order: number })[] = [];
  for (const [tried, { subject, order, effect, most }] of bounds.entries()) {
    const last = found[count - 1];
    if (tried >= mostTried || (last && !damage.isSampled && most < last.value - roundingTolerance)) break;
    const value = valueOfEffect(damage, effect);
    if (value > above) found.push({ subject, value, order });
    found.sort((a, b) =>
      Math.abs(a.value - b.value) > roundingTolerance ? b.value - a.value : a.order - b.order,
    );
    const least = (found[count - 1]?.value ?? 0) - roundingTolerance;
    if (found.length > count) found = found.filter((one) => one.value >= least);
    yield;
  }
  return { found: found.map(({ subject, value }) => ({ subject, value })), possible: bounds.length };
}

const mostSampled = 20;
/** The rounding error of sums in different orders. */
export const roundingTolerance = 1e-12;

export function rankSubjects(
  damage: Damage,
  subjects: readonly Subject[],
  options: RankingOptions,
): Valued[] {
  const work = rankInTurns(damage, subjects, options);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value.found;
  }
}

/** An upper bound of the value of a subject in a fully measured network. */
function mostOf(damage: Damage, { change, gains }: Effect): number {
  if (!gains) return damage.atMost(change);
  return gains.length === 0 ? 0 : damage.mostGain(gains);
}
