import type { Band, ScenarioMeasures } from '#shared/contract/analysis.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { seededRandom } from '../graph/random.ts';
import type { Organisation } from '../organisation.ts';
import { beginningOf, Scenario } from './scenario.ts';
import type { ReferenceOrganisation, Beginning, Chances, Step } from './scenario.ts';

export interface SimulationInput {
  organisation: Organisation;
  /** Null where it is measured against itself. */
  against: ReferenceOrganisation | null;
  modules: Uint32Array;
  steps: readonly Step[];
  terms: number;
  runs: number;
  seed: number;
  chances: Chances;
}

export interface Simulation {
  /** Some nodes stand for all: the reach is an estimate. */
  estimate: boolean;
  now: ScenarioMeasures;
  /** When the terms have passed, with only what is known. */
  nothing: ScenarioMeasures;
  scenario: ScenarioMeasures;
  /** The reach at the end of each term, from now on. */
  series: { nothing: Band[]; scenario: Band[] };
}

/** Links that are looked at in all: half a minute or so. Where that is too few for the reach of everybody, the reach is estimated. */
const mostVisits = 1_200_000_000;
const fewestVisits = 2_000_000;

const certain: Chances = { early: 0, weak: 0, fragile: 0, joins: 0 };

function begun(beginning: Beginning, steps: readonly Step[]): Scenario {
  const scenario = new Scenario(beginning);
  for (const step of steps) scenario.apply(step);
  return scenario;
}

function afterTerms(scenario: Scenario, terms: number): ScenarioMeasures {
  for (let term = 0; term < terms; term++) scenario.advance(certain, () => 0);
  return scenario.measure();
}

/** The reach at the end of each term in every run, each with a seed of its own that follows from the seed given. */
function runsOf(
  beginning: Beginning,
  steps: readonly Step[],
  { terms, runs, seed, chances }: SimulationInput,
  onRun: () => void,
): Band[] {
  const reached: number[][] = Array.from({ length: terms + 1 }, () => []);
  for (let run = 0; run < runs; run++) {
    const random = seededRandom(seed * 100_003 + run);
    const scenario = begun(beginning, steps);
    reached[0]?.push(scenario.reach());
    for (let term = 1; term <= terms; term++) {
      scenario.advance(chances, random);
      reached[term]?.push(scenario.reach());
    }
    onRun();
  }
  return reached.map(bandOf);
}

/** The middle, and what 80 % of the values lie between. */
function bandOf(values: readonly number[]): Band {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}

/** Plays a scenario through, beside nothing being done. Progress: the share that is done. */
export const simulateTask = defineTask<SimulationInput, Simulation, number>(
  'simulate',
  (input, onProgress) => {
    const { organisation, against, modules, steps, terms, runs } = input;
    let done = 0;
    const total = steps.length === 0 ? runs : 2 * runs;
    const each = Math.max(fewestVisits, mostVisits / (total * (terms + 1)));
    const beginning = beginningOf(organisation, modules, { against, mostVisits: each });
    const onRun = (): void => onProgress(++done / total);
    const played = (some: readonly Step[]): { after: ScenarioMeasures; bands: Band[] } => ({
      after: afterTerms(begun(beginning, some), terms),
      bands: runsOf(beginning, some, input, onRun),
    });
    const nothing = played([]);
    const scenario = steps.length === 0 ? nothing : played(steps);
    return {
      estimate: beginning.isEstimate,
      now: new Scenario(beginning).measure(),
      nothing: nothing.after,
      scenario: scenario.after,
      series: { nothing: nothing.bands, scenario: scenario.bands },
    };
  },
);
