import { counts } from './observations.ts';
import type { Count, Observation, Ranking, Split, Target } from './observations.ts';
import { bootstrap, combineRanks, rankCorrelation, shareOfFirst } from './statistics.ts';
import type { Estimate } from './statistics.ts';

/** How well a ranking predicts an outcome: the means over half-years or worlds. */
export interface Quality {
  correlation: Estimate;
  /** The share of the possible loss in the first five. */
  firstFive: Estimate;
}

/** All rankings of one group and outcome. */
export interface Summary {
  target: Target;
  split: Split;
  group: string;
  outcome: string;
  /** Half-years or worlds with different outcomes. */
  units: number;
  /** Leavers or teams in all of them. */
  items: number;
  rankings: Partial<Record<Ranking, Quality>>;
  /** The count with the highest rank correlation of this very group. Choosing it afterwards favours the counts. */
  bestCount: Count;
  /** FRAMES and the best count, by the sum of their ranks. */
  combined: Quality;
  /** The rank correlation of FRAMES minus that of the best count, paired by half-year or world. */
  difference: Estimate;
}

/** One summary for each target, group and outcome, in the order of the observations. */
export function summarise(observations: readonly Observation[]): Summary[] {
  const groups = Map.groupBy(observations, ({ target, split, group }) => `${target} ${split} ${group}`);
  return [...groups.values()].flatMap((units) =>
    Object.keys(units[0]?.outcomes ?? {}).map((outcome) => summariseGroup(units, outcome)),
  );
}

interface Unit {
  scores: Observation['scores'];
  outcomes: readonly number[];
}

const scoresOf = ({ scores }: Unit, ranking: Ranking): readonly number[] => {
  const found = scores[ranking];
  if (!found) throw new Error(`A unit has no scores of ${ranking}`);
  return found;
};

function summariseGroup(observations: readonly Observation[], outcome: string): Summary {
  const { target, split, group, scores } = observations[0] as Observation;
  const units = observations
    .map((observation): Unit => ({
      scores: observation.scores,
      outcomes: observation.outcomes[outcome] as readonly number[],
    }))
    .filter(({ outcomes }) => new Set(outcomes).size > 1);
  const correlationsOf = (rank: (unit: Unit) => readonly number[]): number[] =>
    units.map((unit) => rankCorrelation(rank(unit), unit.outcomes));
  const qualityOf = (rank: (unit: Unit) => readonly number[]): Quality => ({
    correlation: bootstrap(correlationsOf(rank)),
    firstFive: bootstrap(units.map((unit) => shareOfFirst(rank(unit), unit.outcomes))),
  });
  const used = Object.keys(scores) as Ranking[];
  const qualities = Object.fromEntries(
    used.map((ranking) => [ranking, qualityOf((unit) => scoresOf(unit, ranking))]),
  ) as Partial<Record<Ranking, Quality>>;
  const correlationOf = (count: Count): number => qualities[count]?.correlation.mean ?? Number.NaN;
  const bestCount = counts
    .filter((count) => used.includes(count))
    .reduce((best, count) => (correlationOf(count) > correlationOf(best) ? count : best));
  const countCorrelations = correlationsOf((unit) => scoresOf(unit, bestCount));
  const framesCorrelations = correlationsOf((unit) => scoresOf(unit, 'FRAMES'));
  return {
    target,
    split,
    group,
    outcome,
    units: units.length,
    items: units.reduce((sum, { outcomes }) => sum + outcomes.length, 0),
    rankings: qualities,
    bestCount,
    combined: qualityOf((unit) => combineRanks(scoresOf(unit, 'FRAMES'), scoresOf(unit, bestCount))),
    difference: bootstrap(
      framesCorrelations.map((value, index) => value - (countCorrelations[index] as number)),
    ),
  };
}
