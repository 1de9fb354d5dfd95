import { runSync } from '../../kernel/progress.ts';
import type { Organisation } from '../organisation.ts';
import { seededRandom } from '../graph/random.ts';
import { Damage } from './damage.ts';
import { drawBeta, joinKeys } from '../draws.ts';
import { perturbOrganisation } from './perturb.ts';
import { rankInSteps, roundingTolerance, subjectValue } from './rank-subjects.ts';
import type { Subject } from './rank-subjects.ts';
import type { UnrecordedShare } from './unrecorded.ts';

/** The number of perturbed networks; fewer for large networks, to stay within some seconds. */
export function runsFor({ from }: Pick<Organisation, 'from'>): number {
  return Math.max(30, Math.min(300, Math.floor(60_000 / Math.max(1, from.length))));
}

/** The limit of visited links for measuring one perturbed network. */
const maxVisitsPerRun = 2_000_000;

/** The size of the top group: ten, at most half of the ranked items, because membership in a larger group means little. */
export const topSize = (ranked: number): number => Math.min(10, Math.ceil(ranked / 2));

export interface Confidence {
  rank: number;
  top: number;
}

/** Shares of perturbed networks in which items keep their rank (from 1; ties share the greater) or are among the largest. */
export function* confidenceOf(
  organisation: Organisation,
  {
    subjects,
    items,
    ranks,
    top,
  }: { subjects: readonly Subject[]; items: readonly Subject[]; ranks: readonly number[]; top: number },
  {
    seed,
    runs,
    unrecorded,
    isSampled,
  }: { seed: number; runs: number; unrecorded: UnrecordedShare; isSampled: boolean },
): Generator<void, Confidence[], void> {
  const random = seededRandom(seed);
  const counts = items.map(() => ({ rank: 0, top: 0 }));
  for (let run = 0; run < runs; run++) {
    // The share is itself uncertain, and is drawn for each test.
    const unrecordedShare = drawBeta(joinKeys(seed, run), unrecorded);
    const damage = new Damage(perturbOrganisation(organisation, random, unrecordedShare), {
      maxVisits: maxVisitsPerRun,
      isSampled,
    });
    for (const _ of damage.measure());
    const values = items.map((item) => subjectValue(damage, item));
    // An item without a value is never in the top group.
    const minValue = Math.min(...values.filter((value) => value > 0));
    if (!Number.isFinite(minValue)) {
      yield;
      continue;
    }
    const options = { threshold: minValue, excluded: new Set(items) };
    const { found: otherSubjects } = runSync(rankInSteps(damage, subjects, options));
    const allValues = [...values, ...otherSubjects.map(({ value }) => value)];
    for (const [index, value] of values.entries()) {
      const greaterCount = allValues.filter((otherValue) => otherValue > value + roundingTolerance).length;
      if (value <= 0) continue;
      if (greaterCount < (ranks[index] as number)) counts[index]!.rank += 1;
      if (greaterCount < top) counts[index]!.top += 1;
    }
    yield;
  }
  return counts.map(({ rank, top: topCount }) => ({ rank: rank / runs, top: topCount / runs }));
}
