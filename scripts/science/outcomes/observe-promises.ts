import type { NamedOrganisation } from '#core/analysis/organisation.ts';
import { readOrganisation } from '#core/analysis/read-organisation.ts';
import { confidenceOf, runsFor, topSize } from '#core/analysis/questions/confidence.ts';
import { Damage } from '#core/analysis/questions/damage.ts';
import { subjectsOf } from '#core/analysis/questions/find-answer.ts';
import { createLeaver } from '#core/analysis/questions/leavers.ts';
import { rankInSteps, roundingTolerance, subjectValue } from '#core/analysis/questions/rank-subjects.ts';
import { assumedShare } from '#core/analysis/questions/unrecorded.ts';
import { runSync } from '#core/kernel/progress.ts';
import { createIndexes } from '#core/model/indexes.ts';
import type { Split, Target } from './observations.ts';
import { splitOfSeed } from './observe-world.ts';
import { withRecords } from './record-workspace.ts';
import { recordsOfWorld, worldTime } from './world-records.ts';
import { makeWorld } from './world/agent-world.ts';
import type { AgentWorld } from './world/agent-world.ts';
import type { WorldKind } from './world/organisation.ts';

/** Items that stress tests promise to be in the top group, and how many of them are there with complete records. */
export interface Promises {
  group: string;
  split: Split;
  /** By what the tests assume: the usual share of unrecorded links, or the real one. */
  byAssumption: Readonly<Record<'usual' | 'real', { promised: number; kept: number }>>;
}

export const missingShares = [0.1, 0.25, 0.5] as const;
const promise = 0.9;
const items = 10;
/** So many observations leave no doubt about the share. */
const certain = 1e6;

export const promiseGroup = (target: Target, missing: number): string =>
  `${target}, ${100 * missing} % of the links missing`;

/** Compares what stress tests promise where links are missing with the ranking by complete records. */
export async function observePromises(kind: WorldKind, seed: number, folder: string): Promise<Promises[]> {
  const world = makeWorld(kind, seed);
  const organisationOf = (links: number): Promise<NamedOrganisation> => readRecorded(world, links, folder);
  const complete = await organisationOf(1);
  const results: Promises[] = [];
  for (const missing of missingShares) {
    const organisation = await organisationOf(1 - missing);
    for (const target of ['people', 'teams'] as const) {
      const countWith = (mean: number, strength: number) =>
        countPromises({ organisation, complete, target, seed }, { mean, strength });
      results.push({
        group: promiseGroup(target, missing),
        split: splitOfSeed(seed),
        byAssumption: {
          usual: countWith(assumedShare.mean, assumedShare.strength),
          real: countWith(missing, certain),
        },
      });
    }
  }
  return results;
}

const readRecorded = (world: AgentWorld, links: number, folder: string): Promise<NamedOrganisation> =>
  withRecords(
    recordsOfWorld(world.record('full', { links }), world.structure.seed),
    { now: worldTime, folder },
    async ({ services: { read } }) => runSync(readOrganisation({ read, ...createIndexes(read) })),
  );

function measured(organisation: NamedOrganisation): Damage {
  const damage = new Damage(organisation);
  for (const _ of damage.measure());
  return damage;
}

function countPromises(
  {
    organisation,
    complete,
    target,
    seed,
  }: { organisation: NamedOrganisation; complete: NamedOrganisation; target: Target; seed: number },
  unrecorded: { mean: number; strength: number },
): { promised: number; kept: number } {
  const request = {
    question: 'leavers',
    who: target,
    only: null,
    set: null,
    limit: items,
    quick: true,
    seed,
  } as const;
  const damage = measured(organisation);
  const { subjects } = subjectsOf(damage, request);
  const { found, possibleCount } = runSync(rankInSteps(damage, subjects, { count: items }));
  const top = topSize(possibleCount);
  const shown = found.slice(0, items).map(({ subject }) => subject);
  const confidences = runSync(
    confidenceOf(
      organisation,
      { subjects, items: shown, ranks: shown.map((_, index) => index + 1), top },
      { seed, runs: runsFor(organisation), unrecorded, isSampled: false },
    ),
  );
  const reference = measured(complete);
  const values = runSync(rankInSteps(reference, subjectsOf(reference, request).subjects)).found;
  const isInTop = (node: number): boolean => {
    const id = organisation.nodes[node]?.id;
    const own = complete.nodes.findIndex((candidate) => candidate.id === id);
    const ownValue = subjectValue(reference, createLeaver([own]));
    return values.filter(({ value }) => value > ownValue + roundingTolerance).length < top;
  };
  const promisedItems = shown.filter((_, index) => (confidences[index]?.top ?? 0) >= promise);
  return {
    promised: promisedItems.length,
    kept: promisedItems.filter(({ nodes }) => isInTop(nodes[0] as number)).length,
  };
}

/** The sums of all worlds of a group, in the order of the groups. */
export const sumPromises = (promises: readonly Promises[]): Promises[] =>
  [...Map.groupBy(promises, ({ split, group }) => `${split} ${group}`).values()].map((worlds) => {
    const { group, split } = worlds[0] as Promises;
    const sumOf = (assumption: 'usual' | 'real') => ({
      promised: worlds.reduce((sum, { byAssumption }) => sum + byAssumption[assumption].promised, 0),
      kept: worlds.reduce((sum, { byAssumption }) => sum + byAssumption[assumption].kept, 0),
    });
    return { group, split, byAssumption: { usual: sumOf('usual'), real: sumOf('real') } };
  });
