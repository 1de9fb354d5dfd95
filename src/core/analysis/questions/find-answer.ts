import { runSync } from '../../kernel/progress.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { itemsOfNode } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import { nodeKind } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';
import { describeItem, mergeInterchangeable } from './interchangeable.ts';
import type { RankedItem } from './interchangeable.ts';
import { cohortSubjects } from './cohort-subjects.ts';
import { confidenceOf, runsFor, topSize } from './confidence.ts';
import { Damage } from './damage.ts';
import { expertiseSubjects } from './expertise.ts';
import { emptyFinding, isIncluded } from './finding.ts';
import type { AnswerRequest, DescribableSubject, Finding, Findings, Guesses, Subjects } from './finding.ts';
import { leaverSubjects } from './leaver-subjects.ts';
import { findLeavers } from './leavers.ts';
import { leavingSubjects } from './leaving-subjects.ts';
import { linkSubjects } from './link-subjects.ts';
import { rankInSteps, roundingTolerance } from './rank-subjects.ts';
import type { ValuedSubject } from './rank-subjects.ts';
import { assumedShare } from './unrecorded.ts';
import { findWorstSet } from './worst-set.ts';

/** More would be a list that nobody reads. */
const maxAlwaysListed = 100;

/** Answers a question. Yields the share done (0 to 1). */
export function* findAnswer(
  organisation: Organisation,
  request: AnswerRequest,
): Generator<number, Findings, void> {
  const damage = new Damage(organisation);
  let done = 0;
  for (const _ of damage.measure()) if (++done % 500 === 0) yield done / damage.graph.size / 4;
  const { subjects, ...counts } = subjectsOf(damage, request);
  const { limit, quick, seed, unrecorded = assumedShare } = request;
  const { ranked, possibleCount } = yield* yieldShare(rankItems(damage, request, subjects), 0.25);
  // Items equal to the last one share its rank and are not shown.
  const topItems = ranked.slice(0, limit);
  const { found: alwaysListed } = yield* yieldShare(
    rankInSteps(
      damage,
      subjects.filter(({ isAlwaysListed }) => isAlwaysListed === true),
      {
        count: maxAlwaysListed,
        excluded: new Set(topItems.flatMap(({ subject, others }) => [subject, ...others])),
      },
    ),
    0.35,
  );
  const furtherItems = mergeInterchangeable(damage, request.question, alwaysListed).slice(0, maxAlwaysListed);
  const items: Finding[] = [];
  for (const [index, item] of [...topItems, ...furtherItems].entries()) {
    const isBeyond = index >= topItems.length;
    items.push({ ...describeItem(item, damage, quick), ...(isBeyond && { isBeyond }) });
    yield 0.4;
  }
  const merged = new Set(ranked.flatMap(({ others }) => others));
  const top = topSize(possibleCount);
  const runs = quick || items.length === 0 ? 0 : runsFor(organisation);
  const confidence = yield* yieldShare(
    confidenceOf(
      organisation,
      {
        subjects: subjects.filter((subject) => !merged.has(subject)),
        items: topItems.map(({ subject }) => subject),
        ranks: ranksOf(ranked).slice(0, limit),
        top,
      },
      { seed, runs, unrecorded, isSampled: damage.isSampled },
    ),
    0.5,
  );
  const leavers = findLeavers(damage.bearing, request.who, (node) => isIncluded(request, node));
  const worst =
    request.set === null || request.question !== 'leavers'
      ? null
      : yield* yieldShare(findWorstSet(damage, leavers, request.set), 0.9);
  return {
    items: items.map((item, index) => {
      const shares = runs > 0 ? confidence[index] : undefined;
      return { ...item, confidence: shares?.rank ?? null, inTop: shares?.top ?? null };
    }),
    ranked: possibleCount,
    top,
    ...counts,
    worst: worst && {
      ...emptyFinding(
        worst.leavers.flatMap(({ nodes }) => nodes.slice(0, 1)),
        worst.damage,
      ),
      reason: { code: worst.exact ? 'set' : 'set_greedy', params: { at_most: worst.atMost } },
      because: { nodes: worst.leavers.flatMap(({ nodes }) => nodes.slice(0, 1)), links: [] },
      atMost: worst.atMost,
      exact: worst.exact,
    },
    runs,
    isEstimate: damage.isSampled,
    guesses: countGuesses(damage.bearing),
  };
}

export const answerTask = defineTask<
  { organisation: Organisation; request: AnswerRequest },
  Findings,
  number
>('answer', ({ organisation, request }, onProgress) =>
  runSync(findAnswer(organisation, request), onProgress),
);

/** The `limit` items with the greatest values, and all ties of the last one. Interchangeable subjects are one item. */
function* rankItems(
  damage: Damage,
  { question, limit }: AnswerRequest,
  subjects: readonly DescribableSubject[],
): Generator<void, { ranked: readonly RankedItem[]; possibleCount: number }, void> {
  for (let count = limit; ;) {
    const { found, possibleCount } = yield* rankInSteps(damage, subjects, { count, maxTries: 2 * count });
    const ranked = mergeInterchangeable(damage, question, found);
    const mergedCount = found.length - ranked.length;
    if (ranked.length >= limit || found.length < count)
      return { ranked, possibleCount: possibleCount - mergedCount };
    count = Math.max(count + 1, limit + mergedCount);
  }
}

function* yieldShare<R>(work: Generator<void, R, void>, share: number): Generator<number, R, void> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield share;
  }
}

/** The rank of each item, from 1; items with equal values share the greatest rank. */
function ranksOf(subjects: readonly ValuedSubject[]): number[] {
  return subjects.map(
    ({ value }) => subjects.filter((other) => other.value >= value - roundingTolerance).length,
  );
}

export function countGuesses({ organisation, members }: Bearing): Guesses {
  const { students, terms, losses, kinds } = organisation;
  return {
    terms: new Set(students.filter((_, row) => Number.isNaN(terms[row]))).size,
    losses: losses.filter((loss) => Number.isNaN(loss)).length,
    teams: kinds.filter((kind, node) => kind === nodeKind.team && itemsOfNode(members, node).length === 0)
      .length,
  };
}

export function subjectsOf({ bearing }: Damage, input: AnswerRequest): Subjects {
  if (input.question === 'leaving') return leavingSubjects(bearing, input);
  if (input.question === 'cohorts') return cohortSubjects(bearing, input);
  if (input.question === 'expertise') return expertiseSubjects(bearing, input);
  return input.question === 'leavers'
    ? leaverSubjects(bearing, input)
    : linkSubjects(bearing, input.question, input);
}
