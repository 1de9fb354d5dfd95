import type { Bearing, Change } from '../bearing.ts';
import type { ExtraLink } from '../knowledge.ts';
import type { Damage } from './damage.ts';

/** Something that a question asks about: what would be lost with it, or gained. */
export interface Subject {
  /** The nodes that it is about; several where they cannot be told apart. */
  readonly nodes: readonly number[];
  /** The link that it is about; null where it is about nodes. */
  readonly link: number | null;
  /** What changes in an organisation; empty where nothing is to be said about the subject there. */
  changeIn(bearing: Bearing): Effect;
}

/** Links that pass less, or links that are added, whose gain is the value then. */
export type Effect =
  | { change: Change; gains?: undefined }
  | { change?: undefined; gains: readonly ExtraLink[] };

export interface Valued<S extends Subject = Subject> {
  subject: S;
  /** The share of the reach, 0 to 1. */
  value: number;
}

/** The value of a subject, 0 to 1. */
export function valueOf(damage: Damage, subject: Subject): number {
  return valueOfEffect(damage, subject.changeIn(damage.bearing));
}

function valueOfEffect(damage: Damage, { change, gains }: Effect): number {
  if (gains) return gains.length === 0 ? 0 : Math.max(0, -damage.of([], gains));
  return change.length === 0 ? 0 : Math.max(0, damage.of(change));
}

interface Wanted {
  /** So many are wanted; all unless given. */
  count?: number;
  /** Those whose value is not above this are left out. */
  above?: number;
  except?: ReadonlySet<Subject>;
  /** So many are tried of a network of which not everybody is measured. */
  tries?: number;
}

/**
 * The subjects of the greatest values, exactly: they are tried in the order of what they can be at most, until the next can be no more than the last
 * that is kept. All that are equal to the last are found, those given first first. Of a network of which not everybody is measured some of the likeliest are tried.
 */
export function* rankInTurns<S extends Subject>(
  damage: Damage,
  subjects: readonly S[],
  { count = Number.POSITIVE_INFINITY, above = 0, except, tries = mostSampled }: Wanted = {},
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
  // What is only estimated is no bound.
  const mostTried = damage.isSampled ? tries : Number.POSITIVE_INFINITY;
  let found: (Valued<S> & { order: number })[] = [];
  for (const [tried, { subject, order, effect, most }] of bounds.entries()) {
    const last = found[count - 1];
    if (tried >= mostTried || (last && !damage.isSampled && most < last.value - rounding)) break;
    const value = valueOfEffect(damage, effect);
    if (value > above) found.push({ subject, value, order });
    found.sort((a, b) => (Math.abs(a.value - b.value) > rounding ? b.value - a.value : a.order - b.order));
    const least = (found[count - 1]?.value ?? 0) - rounding;
    if (found.length > count) found = found.filter((one) => one.value >= least);
    yield;
  }
  return { found: found.map(({ subject, value }) => ({ subject, value })), possible: bounds.length };
}

const mostSampled = 20;
/** Sums in another order differ by so much. */
export const rounding = 1e-12;

/** As `rankInTurns`, at once. */
export function rankSubjects(damage: Damage, subjects: readonly Subject[], wanted: Wanted): Valued[] {
  const work = rankInTurns(damage, subjects, wanted);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value.found;
  }
}

/** No less than the value of a subject where everybody is measured: of gains no more than the whole path is known. */
function mostOf(damage: Damage, { change, gains }: Effect): number {
  if (!gains) return damage.atMost(change);
  return gains.length === 0 ? 0 : damage.mostGain(gains);
}
