import type { SimulationInput } from '#core/analysis/scenarios/simulate-task.ts';
import { simulateScenario } from '#core/analysis/scenarios/simulate-task.ts';
import type { Simulation } from '#core/analysis/scenarios/simulate-task.ts';
import type { RunRates } from '#core/analysis/scenarios/occupancy.ts';
import { ratesOf } from '#core/analysis/scenarios/rates.ts';
import type { Step } from '#core/analysis/scenarios/steps.ts';
import { noTurnover } from '#core/analysis/scenarios/turnover.ts';
import { nodeKind } from '#core/analysis/organisation.ts';
import type { Organisation } from '#core/analysis/organisation.ts';
import { defaultLoss, describedShare, usualShare } from '#shared/domain/interfaces.ts';
import { strengthenedBond, weakLoss } from '#core/analysis/questions/link-effects.ts';
import { evenOrganisation, mixedOrganisation, sampleOrganisation } from './organisations.ts';
import type { Measured } from './organisations.ts';

/** The rates of a programme without a history. */
export const usualRatesOf = ({ terms }: Organisation): RunRates => ratesOf({}, noTurnover(), terms).rates;

type Options = Partial<Omit<SimulationInput, 'organisation' | 'keys'>>;

/** Plays an organisation by the usual rates. */
export const play = ({ organisation, keys }: Measured, options: Options = {}): Simulation =>
  simulateScenario({
    organisation,
    keys,
    reference: null,
    modules: new Uint32Array(organisation.kinds.length),
    steps: [],
    terms: 5,
    runs: 200,
    seed: 1,
    rates: usualRatesOf(organisation),
    ...options,
  });

/** Every link gets a document. */
export const documentAll = ({ from }: Organisation): Step[] =>
  Array.from(from, (_, link) => ({ do: 'document', link, documented: describedShare / 100 }));

/** Every weak link becomes a moderate one. */
export const strengthenWeak = ({ losses }: Organisation): Step[] =>
  [...losses.keys()]
    .filter((link) => (losses[link] as number) >= weakLoss)
    .map((link) => ({
      do: 'strengthen',
      link,
      loss: defaultLoss(strengthenedBond),
      documented: usualShare(strengthenedBond) / 100,
    }));

/** Every team has one more member, who stays. */
export const mentorAll = ({ kinds }: Organisation): Step[] =>
  Array.from(kinds.keys())
    .filter((node) => kinds[node] === nodeKind.team)
    .map((team) => ({ do: 'mentor', team, terms: Infinity }));

const percent = (share: number): string => String(Math.round(100 * share));
const medians = (bands: readonly { median: number }[]): string =>
  bands.map(({ median }) => percent(median)).join(' ');

/** What the page about Insights shows: the reach now and after each of five terms, in per cent. */
export interface ScienceRow {
  name: string;
  nothing: Simulation;
  documented: Simulation;
  strengthened: Simulation;
  mentors: Simulation;
  halved: Simulation;
}

function rowOf(name: string, measured: Measured): ScienceRow {
  const { organisation } = measured;
  const rates = usualRatesOf(organisation);
  const halved = { ...rates, joins: { ...rates.joins, mean: rates.joins.mean / 2 } };
  return {
    name,
    nothing: play(measured),
    documented: play(measured, { steps: documentAll(organisation) }),
    strengthened: play(measured, { steps: strengthenWeak(organisation) }),
    mentors: play(measured, { steps: mentorAll(organisation) }),
    halved: play(measured, { rates: halved }),
  };
}

export const scienceRows = async (): Promise<ScienceRow[]> => [
  rowOf('even, 8 teams of 8', evenOrganisation()),
  rowOf('mixed, 8 teams of 4', mixedOrganisation()),
  rowOf('sample', await sampleOrganisation()),
];

export const scienceTable = (rows: readonly ScienceRow[]): string =>
  [
    '| knowledge flow now and after terms 1 to 5, % | no action | document every link | strengthen every weak link | a member who stays on in every team | half the recruits |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ name, nothing, documented, strengthened, mentors, halved }) =>
        `| ${name} | ${medians(nothing.series.nothing)} | ${medians(documented.series.scenario)} | ${medians(strengthened.series.scenario)} | ${medians(mentors.series.scenario)} | ${medians(halved.series.nothing)} |`,
    ),
  ].join('\n');
