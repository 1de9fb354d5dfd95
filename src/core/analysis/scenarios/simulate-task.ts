import type { Band, Difference, ScenarioMeasures } from '#shared/contract/simulation.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { noNode } from '../organisation.ts';
import { Occupancy } from './occupancy.ts';
import type { RunRates } from './occupancy.ts';
import type { Places } from './places.ts';
import { Ground, Scenario } from './scenario.ts';
import type { GroundInput } from './scenario.ts';

export interface SimulationInput extends GroundInput {
  terms: number;
  /** Terms that have passed in a sandbox since it was created: its draws are those of later terms. */
  passed?: number;
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
const mostVisits = 225_000_000;
const fewestVisits = 100_000;

/** The central 80 % of the values and their median, interpolated linearly. */
export function bandOf(values: readonly number[]): Band {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? 0;
    return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? 0) - below);
  };
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}

/** Smaller differences are rounding. */
const leastDifference = 1e-12;

function differenceOf(values: readonly number[]): Difference {
  const better = values.filter((value) => value > leastDifference).length;
  return { ...bandOf(values), better: values.length === 0 ? 0 : better / values.length };
}

/** Plays the terms of a scenario many times, with and without its steps, by the same random numbers. */
export function playScenario(
  input: SimulationInput,
  onProgress: (done: number) => void = () => {},
): Simulation {
  const { organisation, steps, terms, runs } = input;
  const live = steps.length === 0 ? liveOf(input) : null;
  const parts = steps.length > 0 || live !== null ? 2 : 1;
  const mostVisitsEach =
    input.mostVisits ?? Math.max(fewestVisits, mostVisits / (parts * Math.max(1, runs) * (terms + 1)));
  const own = new Player({ ...input, mostVisits: mostVisitsEach });
  const other = live && new Player({ ...live, mostVisits: mostVisitsEach });
  for (let run = 0; run < runs; run++) {
    own.play(run);
    other?.play(run);
    onProgress((run + 1) / runs);
  }
  const [nothing, scenario = nothing] = own.series as [Float64Array[], Float64Array[]?];
  const before = other ? (other.series[0] as Float64Array[]).slice(input.passed) : nothing;
  const bands = {
    nothing: nothing.map((all) => bandOf([...all])),
    scenario: scenario.map((all) => bandOf([...all])),
  };
  const { now, after } = own.measure();
  const withReach = (measures: ScenarioMeasures, band: Band | undefined): ScenarioMeasures =>
    measures.reach === null || band === undefined ? measures : { ...measures, reach: band.median };
  return {
    estimate: own.ground.isEstimate,
    now: withReach(now, bands.nothing[0]),
    nothing: withReach(after[0] as ScenarioMeasures, bands.nothing[terms]),
    scenario: withReach(after.at(-1) as ScenarioMeasures, bands.scenario[terms]),
    series: bands,
    difference: scenario.map((all, term) =>
      differenceOf(Array.from(all, (reach, run) => reach - (before[term]?.[run] as number))),
    ),
    guesses: {
      terms: unknownTerms(own.ground.places),
      losses: organisation.losses.filter((loss) => Number.isNaN(loss)).length,
      teams: own.ground.places.unlisted,
    },
  };
}

/** The simulation of live that a sandbox is compared with: all terms since the sandbox was created. */
function liveOf({ against, passed = 0, ...input }: SimulationInput): SimulationInput | null {
  if (!against) return null;
  const { organisation, keys } = against;
  const modules = new Uint32Array(organisation.kinds.length);
  return { ...input, organisation, keys, modules, against: null, steps: [], terms: input.terms + passed };
}

/** Plays one organisation run after run, without its steps and, if there are any, with them. */
class Player {
  readonly ground: Ground;
  readonly series: Float64Array[][];
  readonly #input: SimulationInput;
  readonly #occupancy: Occupancy;
  readonly #scenarios: readonly Scenario[];

  constructor(input: SimulationInput) {
    const { steps, terms, runs, seed, rates } = input;
    this.#input = input;
    this.ground = new Ground(input);
    const { places } = this.ground;
    const known = places.terms.filter((left, place) => place < places.own && Number.isFinite(left));
    this.#occupancy = new Occupancy(places, { seed, rates, known });
    const isPlayed = steps.length > 0 ? [false, true] : [false];
    this.#scenarios = isPlayed.map((played) => new Scenario(this.ground, played));
    this.series = isPlayed.map(() => Array.from({ length: terms + 1 }, () => new Float64Array(runs)));
  }

  play(run: number): void {
    const { terms, passed = 0, seed, rates } = this.#input;
    const weakens = rates.weak > 0 || rates.fragile > 0;
    this.#occupancy.begin(run);
    for (const scenario of this.#scenarios) scenario.begin(seed, run);
    for (let term = 0; term <= terms; term++) {
      if (term > 0) this.#occupancy.advance(passed + term);
      for (const [at, scenario] of this.#scenarios.entries()) {
        if (term > 0 && weakens) scenario.weaken(seed, run, passed + term, rates);
        const reached = (this.series[at] as Float64Array[])[term] as Float64Array;
        reached[run] = scenario.reach(this.#occupancy);
      }
    }
  }

  /** The measures now, and of each scenario after the last term, without chance. */
  measure(): { now: ScenarioMeasures; after: ScenarioMeasures[] } {
    const [occupancy, scenarios] = [this.#occupancy, this.#scenarios];
    occupancy.beginCertain();
    for (const scenario of scenarios) scenario.beginCertain();
    const now = (scenarios[0] as Scenario).measure(occupancy);
    for (let term = 1; term <= this.#input.terms; term++) occupancy.advance(term);
    return { now, after: scenarios.map((scenario) => scenario.measure(occupancy)) };
  }
}

function unknownTerms({ own, students, terms }: Places): number {
  const unknown = new Set<number>();
  for (let place = 0; place < own; place++)
    if (students[place] !== noNode && Number.isNaN(terms[place])) unknown.add(students[place] as number);
  return unknown.size;
}

export function measureOrganisation(input: Omit<GroundInput, 'steps'>): ScenarioMeasures {
  const never = { mean: 0, strength: null };
  const rates = { early: never, joins: never, newcomer_terms: 1, weak: 0, fragile: 0 };
  return new Player({ ...input, steps: [], terms: 0, runs: 0, seed: 1, rates }).measure().now;
}

/** Plays a scenario. Progress: the share done. */
export const simulateTask = defineTask<SimulationInput, Simulation, number>('simulate', playScenario);
