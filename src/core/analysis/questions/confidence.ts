import type { Organisation } from '../organisation.ts';
import { seededRandom } from '../graph/random.ts';
import { Damage } from './damage.ts';
import { perturb } from './perturb.ts';
import { rankSubjects, rounding, valueOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** So many perturbed networks are looked at: fewer of a large one, so that it takes some seconds. */
export function runsFor({ from }: Pick<Organisation, 'from'>): number {
  return Math.max(30, Math.min(300, Math.floor(60_000 / Math.max(1, from.length))));
}

/** Links that are looked at to measure a perturbed network. */
const visitsEach = 2_000_000;

/** The largest of an answer are ten, and no more than half of what it ranks: to be among nearly all of them says nothing. */
export const topOf = (ranked: number): number => Math.min(10, Math.ceil(ranked / 2));

/** Shares of the perturbed networks, 0 to 1. */
export interface Confidence {
  /** Where an item is still among the first so many as it is now. */
  rank: number;
  /** Where it is among the `top` largest. */
  top: number;
}

/**
 * In which share of the perturbed networks each of some items keeps its rank or a better one, and is among the largest: of all subjects, whichever are
 * shown. `ranks` are the places of the items, from 1; items of equal value share the greater one.
 */
export function* confidenceOf(
  organisation: Organisation,
  {
    subjects,
    items,
    ranks,
    top,
  }: { subjects: readonly Subject[]; items: readonly Subject[]; ranks: readonly number[]; top: number },
  { seed, runs, isSampled }: { seed: number; runs: number; isSampled: boolean },
): Generator<void, Confidence[], void> {
  const random = seededRandom(seed);
  const kept = items.map(() => ({ rank: 0, top: 0 }));
  for (let run = 0; run < runs; run++) {
    const damage = new Damage(perturb(organisation, random), { mostVisits: visitsEach, isSampled });
    for (const _ of damage.measure());
    const values = items.map((item) => valueOf(damage, item));
    // An item without a value is not among the first, whatever the others are.
    const least = Math.min(...values.filter((value) => value > 0));
    if (!Number.isFinite(least)) {
      yield;
      continue;
    }
    const others = rankSubjects(damage, subjects, { above: least, except: new Set(items) });
    const all = [...values, ...others.map(({ value }) => value)];
    for (const [at, value] of values.entries()) {
      const before = all.filter((other) => other > value + rounding).length;
      if (value <= 0) continue;
      if (before < (ranks[at] as number)) kept[at]!.rank += 1;
      if (before < top) kept[at]!.top += 1;
    }
    yield;
  }
  return kept.map(({ rank, top: among }) => ({ rank: rank / runs, top: among / runs }));
}
