import type { Band, Difference, ScenarioMeasures } from '#shared/contract/simulation.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { noNode } from '../organisation.ts';
import { Occupancy } from './occupancy.ts';
import type { RunRates } from './occupancy.ts';
import type { Places } from './places.ts';
import { ScenarioConstants, Scenario } from './scenario.ts';
import type { ScenarioInput } from './scenario.ts';

export interface SimulationInput extends ScenarioInput {
  terms: number;
  /** Terms that have passed in a sandbox since it was created; its draws continue after these terms. */
  passedTerms?: number;
  runs: number;
  seed: number;
  rates: RunRates;
}

export interface Simulation {
  /** A sample stands for all nodes: the reach is an estimate. */
  estimate: boolean;
  now: ScenarioMeasures;
  /** After the last term: the reach is the median of the runs, the rest the result without chance. */
  nothing: ScenarioMeasures;
  scenario: ScenarioMeasures;
  series: { nothing: Band[]; scenario: Band[] };
  /** The gain in reach of the steps, or of a sandbox without steps over live, in the same runs. */
  difference: Difference[];
  /** Unknown values that were drawn in each run. */
  guesses: { terms: number; losses: number; teams: number };
}

/** Links visited in total, some five seconds. A larger network is sampled; see docs/limits.md for the error. */
const maxTotalVisits = 225_000_000;
const minVisits = 100_000;

/** The central 80 % of the values and their median, interpolated linearly. */
export function quantileBand(values: readonly number[]): Band {
  const sorted = values.toSorted((a, b) => a - b);
  const quantile = (share: number): number => {
    const position = share * (sorted.length - 1);
    const lower = sorted[Math.floor(position)] ?? 0;
    return lower + (position - Math.floor(position)) * ((sorted[Math.ceil(position)] ?? 0) - lower);
  };
  return { median: quantile(0.5), low: quantile(0.1), high: quantile(0.9) };
}

/** Smaller differences are rounding. */
const minDifference = 1e-12;

function differenceOf(values: readonly number[]): Difference {
  const betterCount = values.filter((value) => value > minDifference).length;
  return { ...quantileBand(values), better: values.length === 0 ? 0 : betterCount / values.length };
}

/** Simulates the terms of a scenario many times, with and without its steps, with the same random numbers. */
export function simulateScenario(
  input: SimulationInput,
  onProgress: (done: number) => void = () => {},
): Simulation {
  const { organisation, steps, terms, runs } = input;
  const liveInput = steps.length === 0 ? liveInputOf(input) : null;
  const seriesCount = steps.length > 0 || liveInput !== null ? 2 : 1;
  const maxVisitsEach =
    input.maxVisits ?? Math.max(minVisits, maxTotalVisits / (seriesCount * Math.max(1, runs) * (terms + 1)));
  const simulator = new Simulator({ ...input, maxVisits: maxVisitsEach });
  const liveSimulator = liveInput && new Simulator({ ...liveInput, maxVisits: maxVisitsEach });
  for (let run = 0; run < runs; run++) {
    simulator.simulateRun(run);
    liveSimulator?.simulateRun(run);
    onProgress((run + 1) / runs);
  }
  const [nothing, scenario = nothing] = simulator.series as [Float64Array[], Float64Array[]?];
  const referenceSeries = liveSimulator
    ? (liveSimulator.series[0] as Float64Array[]).slice(input.passedTerms)
    : nothing;
  const bands = {
    nothing: nothing.map((reaches) => quantileBand([...reaches])),
    scenario: scenario.map((reaches) => quantileBand([...reaches])),
  };
  const { now, after: finalMeasures } = simulator.measure();
  const withReach = (measures: ScenarioMeasures, band: Band | undefined): ScenarioMeasures =>
    measures.reach === null || band === undefined ? measures : { ...measures, reach: band.median };
  return {
    estimate: simulator.constants.isEstimate,
    now: withReach(now, bands.nothing[0]),
    nothing: withReach(finalMeasures[0] as ScenarioMeasures, bands.nothing[terms]),
    scenario: withReach(finalMeasures.at(-1) as ScenarioMeasures, bands.scenario[terms]),
    series: bands,
    difference: scenario.map((reaches, term) =>
      differenceOf(Array.from(reaches, (reach, run) => reach - (referenceSeries[term]?.[run] as number))),
    ),
    guesses: {
      terms: countUnknownTerms(simulator.constants.places),
      losses: organisation.losses.filter((loss) => Number.isNaN(loss)).length,
      teams: simulator.constants.places.unlistedTeams,
    },
  };
}

/** The simulation of live that a sandbox is compared with: all terms since the sandbox was created. */
function liveInputOf({ reference, passedTerms = 0, ...input }: SimulationInput): SimulationInput | null {
  if (!reference) return null;
  const { organisation, keys } = reference;
  const modules = new Uint32Array(organisation.kinds.length);
  return {
    ...input,
    organisation,
    keys,
    modules,
    reference: null,
    steps: [],
    terms: input.terms + passedTerms,
  };
}

/** Simulates one organisation run by run: without its steps and, if it has any, also with them. */
class Simulator {
  readonly constants: ScenarioConstants;
  readonly series: Float64Array[][];
  readonly #input: SimulationInput;
  readonly #occupancy: Occupancy;
  readonly #scenarios: readonly Scenario[];

  constructor(input: SimulationInput) {
    const { steps, terms, runs, seed, rates } = input;
    this.#input = input;
    this.constants = new ScenarioConstants(input);
    const { places } = this.constants;
    const knownTerms = places.terms.filter(
      (placeTerms, place) => place < places.ownCount && Number.isFinite(placeTerms),
    );
    this.#occupancy = new Occupancy(places, { seed, rates, knownTerms });
    const stepVariants = steps.length > 0 ? [false, true] : [false];
    this.#scenarios = stepVariants.map((hasSteps) => new Scenario(this.constants, hasSteps));
    this.series = stepVariants.map(() => Array.from({ length: terms + 1 }, () => new Float64Array(runs)));
  }

  simulateRun(run: number): void {
    const { terms, passedTerms = 0, seed, rates } = this.#input;
    const hasDecay = rates.weak > 0 || rates.fragile > 0;
    this.#occupancy.beginRun(run);
    for (const scenario of this.#scenarios) scenario.beginRun(seed, run);
    for (let term = 0; term <= terms; term++) {
      if (term > 0) this.#occupancy.advance(passedTerms + term);
      for (const [index, scenario] of this.#scenarios.entries()) {
        if (term > 0 && hasDecay) scenario.weaken(seed, run, passedTerms + term, rates);
        const reachByRun = (this.series[index] as Float64Array[])[term] as Float64Array;
        reachByRun[run] = scenario.reach(this.#occupancy);
      }
    }
  }

  /** The measures now, and of each scenario after the last term, without chance. */
  measure(): { now: ScenarioMeasures; after: ScenarioMeasures[] } {
    const [occupancy, scenarios] = [this.#occupancy, this.#scenarios];
    occupancy.beginWithoutChance();
    for (const scenario of scenarios) scenario.beginWithoutChance();
    const now = (scenarios[0] as Scenario).measure(occupancy);
    for (let term = 1; term <= this.#input.terms; term++) occupancy.advance(term);
    return { now, after: scenarios.map((scenario) => scenario.measure(occupancy)) };
  }
}

function countUnknownTerms({ ownCount, students, terms }: Places): number {
  const unknown = new Set<number>();
  for (let place = 0; place < ownCount; place++)
    if (students[place] !== noNode && Number.isNaN(terms[place])) unknown.add(students[place] as number);
  return unknown.size;
}

export const measureTask = defineTask(
  'measure',
  (input: Omit<ScenarioInput, 'steps' | 'maxVisits'>): ScenarioMeasures => {
    const zeroRate = { mean: 0, strength: null };
    const rates = { early: zeroRate, joins: zeroRate, newcomer_terms: 1, weak: 0, fragile: 0 };
    return new Simulator({ ...input, steps: [], terms: 0, runs: 0, seed: 1, rates }).measure().now;
  },
);

/** Progress: the share done. */
export const simulateTask = defineTask<SimulationInput, Simulation, number>('simulate', simulateScenario);
