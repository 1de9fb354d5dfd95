import { z } from 'zod';
import { head, scenarioStep } from './analysis.ts';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';

export const scenarioMeasures = z.object({
  /** What reaches others, as a share of what would now if nothing were lost on any link; null where there was no link. */
  reach: z.number().nullable(),
  /** Links over which anything passes. */
  links: z.number(),
  /** Links of which one person carries what is not written down: the only named bearer, or the only member of a team at an end. */
  single_bearer: z.number(),
  bridges: z.number(),
  /** Of the declared structure; null without links. */
  modularity: z.number().nullable(),
  /** The share of the links of which less than half is written down; null without links. */
  undocumented: z.number().nullable(),
  /** Teams of which more members leave within one or two terms than is likely in an even programme. */
  cohort_gaps: z.number(),
  /** Students who are there. */
  people: z.number(),
});
export type ScenarioMeasures = z.infer<typeof scenarioMeasures>;

/** The middle of the runs, and what 80 % of them lie between. */
export const band = z.object({ median: z.number(), low: z.number(), high: z.number() });
export type Band = z.infer<typeof band>;

/** A band of differences in the same runs, and the share of the runs in which the scenario is better. */
const difference = band.extend({ better: z.number() });
export type Difference = z.infer<typeof difference>;

/** The rates that a simulation used. */
export const rates = z.object({
  /** That a student leaves a term early, and that an open place is filled in a term; 0 to 1. */
  early: z.number(),
  joins: z.number(),
  newcomer_terms: z.number(),
  /** What a weak and a fragile link lose at most of what passes in a term. */
  weak: z.number(),
  fragile: z.number(),
  /** The names of those that were learned from the history of the workspace. */
  learned: z.array(z.string()),
  /** What there was to learn from: terms that students passed, and students who left. */
  from: z.object({ person_terms: z.number(), departures: z.number() }),
});
export type Rates = z.infer<typeof rates>;

const simulationResult = z.object({
  now: scenarioMeasures,
  /** When the terms have passed and nothing was done: the reach is the median of the runs, the rest is what happens without chance. */
  nothing: scenarioMeasures,
  scenario: scenarioMeasures,
  /** The reach from now to the end of each term, over the runs. */
  series: z.object({ nothing: z.array(band), scenario: z.array(band) }),
  /**
   * By how much the reach is higher with the steps than without, or of a sandbox without steps, than in live; from now to the end of each term. Each run
   * meets the same chances in both.
   */
  difference: z.array(difference),
  rates,
  /** What each run draws because nobody knows it: terms of students, losses of links, and the members of teams that list none. */
  guesses: z.object({ terms: z.number(), losses: z.number(), teams: z.number() }),
  terms: z.number(),
  /** Of a sandbox: the terms that passed in it since it was taken; its series begin after them. */
  passed: z.number(),
  runs: z.number(),
  seed: z.number(),
  /** Of a network too large to measure everybody in each run, some records drawn at random stand for all: the reach is an estimate. */
  estimate: z.boolean(),
  head,
});
export type SimulationResult = z.infer<typeof simulationResult>;

const chance = z.number().min(0).max(1);
/** What happens in a term. What is not given is learned from the history of the workspace, or else usual; see docs/science.md. */
export const chances = z.object({
  /** That a student leaves a term early. */
  early: chance.optional(),
  /** That an open place in a team is filled in a term. */
  joins: chance.optional(),
  /** Terms that a newcomer has. */
  newcomer_terms: z.number().int().min(1).max(40).optional(),
  /** What a weak and a fragile link lose at most of what passes in a term; nothing unless given. */
  weak: chance.optional(),
  fragile: chance.optional(),
});
export type Chances = z.infer<typeof chances>;

/** What is simulated: what is done, and how often the terms are played. */
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
  /**
   * `live`, or the id of a sandbox, measured against live: shares are of what would reach in live, and teams began with the members that they have
   * there. Its terms are counted from live. What is open, measured against itself, unless given.
   */
  of: z.string().min(1).max(200).optional(),
  ...outlook.shape,
});

/** Plays some terms with the steps and without them, often and by chance. Nothing is written. */
export const simulate = operation.input(simulateInput).output(streamOf(simulationResult));
