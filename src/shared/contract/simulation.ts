import { z } from 'zod';
import { head, scenarioStep } from './analysis.ts';
import { readOperation } from './base.ts';
import { streamOf } from './progress.ts';
import { share, withDisplay } from './display-rules.ts';

export const scenarioMeasures = z.object({
  /** Knowledge flow: share of what would reach others now without any loss on links; null without links. */
  reach: share().nullable(),
  /** Links that pass on anything. */
  links: z.number(),
  /** Links whose undocumented part depends on one person: the only named bearer, or the only member of a team at an end. */
  single_bearer: z.number(),
  bridges: z.number(),
  /** Of the declared structure; null without links. */
  modularity: z.number().nullable(),
  /** Share of links that are less than half documented; null without links. */
  undocumented: share().nullable(),
  /** Teams where more members leave within one or two terms than is likely in an evenly staffed programme. */
  cohort_gaps: z.number(),
  people: z.number(),
});
export type ScenarioMeasures = z.infer<typeof scenarioMeasures>;

/** Median of the runs, and a range for 80 % of the outcomes: the central 80 % of the runs, widened by the model error. */
export const band = withDisplay(z.object({ median: share(), low: share(), high: share() }), {
  text: ({ median, low, high }) =>
    `${(100 * median).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %)`,
});
export type Band = z.infer<typeof band>;

/** Percentage points with sign and one decimal. */
const points = (share: number): string => {
  const text = (100 * share).toFixed(1);
  return share > 0 && text !== '0.0' ? `+${text}` : text.replace(/^-0\.0$/, '0.0');
};

const differenceShape = band.extend({ better: share() });
export type Difference = z.infer<typeof differenceShape>;

export const differenceText = ({ median, low, high, better }: Difference): string =>
  `${points(median)} points (${points(low)} to ${points(high)}, better in ${(100 * better).toFixed(0)} % of runs)`;

/** A band of differences between paired runs, and the share of runs in which the scenario is better. */
export const difference = withDisplay(differenceShape, { text: differenceText });

export const rates = z.object({
  /** Probability per term that a student leaves early, and that a vacancy is filled; 0 to 1. */
  early: share(),
  joins: share(),
  newcomer_terms: z.number(),
  /** Maximum loss per term of the flow over a weak or fragile link. */
  weak: share(),
  fragile: share(),
  learned: z.array(z.string()),
  from: z.object({ person_terms: z.number(), departures: z.number() }),
});
export type Rates = z.infer<typeof rates>;

const simulationResult = z.object({
  now: scenarioMeasures,
  /** The state after the terms without any action. Reach is the median of the runs; the rest does not depend on chance. */
  nothing: scenarioMeasures,
  scenario: scenarioMeasures,
  /** Reach from now to the end of each term, over the runs. */
  series: z.object({ nothing: z.array(band), scenario: z.array(band) }),
  /** Increase of reach by the steps, or of a sandbox over live, at each term's end. Both simulations use the same random draws. */
  difference: z.array(difference),
  rates,
  /** Number of unknown inputs that each run draws: terms of students, losses of links, members of teams without any. */
  guesses: z.object({ terms: z.number(), losses: z.number(), teams: z.number() }),
  terms: z.number(),
  /** For a sandbox: terms that have passed since it was created; its series begin after them. */
  passed: z.number(),
  runs: z.number(),
  seed: z.number(),
  /** True for a network too large to measure completely in each run: reach is estimated from a random sample. */
  estimate: z.boolean(),
  head,
});
export type SimulationResult = z.infer<typeof simulationResult>;

const probability = z.number().min(0).max(1);
/** Assumptions per term. Omitted ones are learned from the workspace's history, or else take defaults; see docs/science.md. */
export const chances = z.object({
  /** Probability that a student leaves early. */
  early: probability.optional(),
  /** Probability that a vacancy in a team is filled. */
  joins: probability.optional(),
  newcomer_terms: z.number().int().min(1).max(40).optional(),
  /** Maximum loss of the flow over a weak or fragile link; default none. */
  weak: probability.optional(),
  fragile: probability.optional(),
});
export type Chances = z.infer<typeof chances>;

export const outlook = z.object({
  steps: z.array(scenarioStep).max(100).default([]),
  terms: z.number().int().min(0).max(20).default(1),
  runs: z.number().int().min(1).max(10_000).default(200),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  chances: chances.default({}),
});

export const simulateInput = z.object({
  /** `live`, or a sandbox, which is measured against live. Default: the open target, measured against itself. */
  of: z.string().min(1).max(200).optional(),
  ...outlook.shape,
});

/** Simulates the terms with and without the steps in many random runs. Read-only. */
export const simulate = readOperation.input(simulateInput).output(streamOf(simulationResult));
