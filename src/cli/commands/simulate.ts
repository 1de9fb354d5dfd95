import type { ScenarioStep } from '#shared/contract/analysis.ts';
import type { Rates } from '#shared/contract/simulation.ts';
import type { Forecast } from '#shared/contract/forecasts.ts';
import { measureNames } from '#shared/texts/measure-names.ts';
import { badValue, field, list, whole } from '../args/option.ts';
import type { Result, Values } from '../args/option.ts';
import { operation } from '../operation.ts';
import { tableLines } from '../output/table.ts';
import { amount, capitalise, timeOf } from '../phrases.ts';
import { onMoment } from '../workspace.ts';
import { hundredths, percent } from './dashboard-lines.ts';

const perCent = (summary: string) => whole('PERCENT', summary, { min: 0, max: 100 });

const outlook = {
  terms: field('analysis.simulate', 'terms', 'N', 'Number of terms to simulate'),
  remove: list('ID', 'Remove a person or team'),
  cut: list('ID', 'Cut a link'),
  strengthen: list('ID:BOND', 'Set the bond of a link'),
  link: list('FROM:TO:BOND', 'Link two records'),
  document: list('ID', 'Write down a link'),
  recruit: list('TEAM:COUNT', 'Add new members to a team'),
  mentor: list('TEAM', 'Assign a team a member who stays on'),
  runs: field('analysis.simulate', 'runs', 'N', 'Number of simulated runs'),
  seed: field('analysis.simulate', 'seed', 'N', 'Random seed'),
  early: perCent('Chance per term that a student leaves early (default: learned, else 10)'),
  joins: perCent('Chance per term that an open place is filled (default: learned, else 90)'),
  'newcomer-terms': whole('N', 'Terms that a newcomer has (default: learned, else the usual stay)', {
    min: 1,
    max: 40,
  }),
  weak: perCent('Maximum weakening of a weak link per term (default 0)'),
  fragile: perCent('Maximum weakening of a fragile link per term (default 0)'),
};
type SimulationArguments = Values<typeof outlook>;

function outlookOf(args: SimulationArguments) {
  const { terms, runs, seed, early, joins, weak, fragile, 'newcomer-terms': newcomerTerms } = args;
  // The operation accepts 0 for current measures only, which is no simulation.
  if (terms === 0) throw badValue('--terms', '0', 'a whole number from 1 to 20');
  const shares = Object.fromEntries(
    Object.entries({ early, joins, weak, fragile }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value / 100]],
    ),
  );
  const chances = { ...shares, ...(newcomerTerms === undefined ? {} : { newcomer_terms: newcomerTerms }) };
  return { terms, runs, seed, chances, steps: stepsOf(args) };
}

/** Parses `FROM:TO:BOND` or `ID:BOND`. Throws UsageError. */
function partsOf(text: string, name: string, count: number, form: string): string[] {
  const parts = text.split(':');
  if (parts.length !== count || parts.some((part) => part === ''))
    throw badValue(name, text, `of the form ${form}`);
  return parts;
}

const stepsOf = ({
  remove,
  cut,
  strengthen,
  link,
  document,
  recruit,
  mentor,
}: SimulationArguments): ScenarioStep[] => [
  ...(remove.length > 0 ? [{ do: 'remove' as const, ids: [...remove] }] : []),
  ...cut.map((id) => ({ do: 'cut' as const, id })),
  ...strengthen.map((text) => {
    const [id = '', bond_type = ''] = partsOf(text, '--strengthen', 2, 'ID:BOND');
    return { do: 'strengthen' as const, id, bond_type };
  }),
  ...link.map((text) => {
    const [from = '', to = '', bond_type = ''] = partsOf(text, '--link', 3, 'FROM:TO:BOND');
    return { do: 'link' as const, from, to, bond_type };
  }),
  ...document.map((id) => ({ do: 'document' as const, id })),
  ...recruit.map((text) => {
    const [team = '', amountGiven = ''] = partsOf(text, '--recruit', 2, 'TEAM:COUNT');
    const count = Number(amountGiven);
    if (!Number.isInteger(count) || count < 1 || count > 100)
      throw badValue('--recruit', text, 'of the form TEAM:COUNT with a count from 1 to 100');
    return { do: 'recruit' as const, team, count };
  }),
  ...mentor.map((team) => ({ do: 'mentor' as const, team })),
];

/** Formats a signed change in percentage points. */
const points = (share: number): string => `${share < 0 ? '−' : '+'}${hundredths(Math.abs(share))}`;

const differenceText = (result: Result<'analysis.simulate'>['difference'][number] | undefined): string =>
  !result
    ? ''
    : result.low === 0 && result.high === 0
      ? '±0'
      : `${points(result.median)} (better in ${percent(result.better)} of runs)`;

function ratesText({ early, joins, newcomer_terms: terms, weak, fragile, learned, from }: Rates): string {
  const decay = weak > 0 || fragile > 0 ? `, weak ${percent(weak)}, fragile ${percent(fragile)}` : '';
  const stay = Math.round(10 * terms) / 10;
  const source =
    learned.length === 0
      ? 'not learned from the history'
      : `learned from ${amount(from.person_terms, 'person-term')} and ${amount(from.departures, 'departure')}: ${learned.join(', ')}`;
  return `Rates per term: early ${percent(early)}, joins ${percent(joins)}, newcomers stay ${stay} terms${decay}; ${source}.`;
}

function guessesText({ terms, losses, teams }: Result<'analysis.simulate'>['guesses']): string[] {
  if (terms + losses + teams === 0) return [];
  return [
    `Drawn at random because unknown: terms of ${amount(terms, 'student')}, losses of ${amount(losses, 'link')}, members of ${amount(teams, 'team')}.`,
  ];
}

function simulationLines(result: Result<'analysis.simulate'>, width: number | undefined): string[] {
  const { now, nothing, scenario, series, difference, terms, runs, seed, estimate } = result;
  const shares: ReadonlySet<string> = new Set(['reach', 'undocumented']);
  const estimateText = (name: string, value: number | null): string =>
    value === null ? '–' : shares.has(name) ? percent(value) : String(Math.round(1000 * value) / 1000);
  const measures = (Object.keys(now) as (keyof typeof now)[]).map((name) => ({ name }));
  const bandText = (band: (typeof series)['nothing'][number] | undefined): string =>
    band ? `${percent(band.median)} (${percent(band.low)} to ${percent(band.high)})` : '';
  return [
    ...tableLines(
      [
        { title: 'Measure', cell: ({ name }) => (name === 'links' ? 'Links' : measureNames[name]) },
        { title: 'Now', align: 'right', cell: ({ name }) => estimateText(name, now[name]) },
        { title: 'No action', align: 'right', cell: ({ name }) => estimateText(name, nothing[name]) },
        { title: 'Scenario', align: 'right', cell: ({ name }) => estimateText(name, scenario[name]) },
      ],
      measures,
      width,
    ),
    '',
    ...tableLines(
      [
        { title: 'Term', align: 'right', cell: (term) => (term === 0 ? 'now' : String(term)) },
        { title: 'Flow, no action', align: 'right', cell: (term) => bandText(series.nothing[term]) },
        { title: 'Flow, scenario', align: 'right', cell: (term) => bandText(series.scenario[term]) },
        { title: 'Difference', align: 'right', cell: (term) => differenceText(difference[term]) },
      ],
      series.nothing.map((_, term) => term),
      width,
    ),
    '',
    `${amount(terms, 'term')}, ${amount(runs, 'run')}, seed ${seed}. Brackets show the range of 80 % of the runs.`,
    'The difference is that of runs with the same chances, in percentage points.',
    ratesText(result.rates),
    ...guessesText(result.guesses),
    ...(estimate ? ['Knowledge flow is estimated from a random sample.'] : []),
  ];
}

const simulate = operation({
  path: 'simulate',
  operation: 'analysis.simulate',
  summary: 'Simulate the coming terms, with and without your changes',
  details: [
    'Applies your changes, then lets the terms pass. Students with no terms left leave; in each run, others randomly leave early, ' +
      'and open places are filled. Rates come from the history of the workspace where it says enough. Changes nothing. The same data, seed and options give the ' +
      'same result.',
  ],
  examples: [
    'frames simulate --workspace W --terms 5 --remove team_1 --link team_2:team_3:codified-moderate --json',
  ],
  on: onMoment,
  options: outlook,
  input: outlookOf,
  show: (result, _, { width }) => simulationLines(result, width),
});

type Term = Forecast['terms'][number];
const verdict = ({ held }: Term): string => (held === null ? '' : held ? 'within' : 'outside');

function forecastLines({ id, made, by, terms, lost, ...of }: Forecast, width: number | undefined): string[] {
  const steps = of.steps.length > 0 ? `, after ${amount(of.steps.length, 'step')}` : '';
  return [
    `${id}: saved ${timeOf(made)} UTC by ${by.name}; ${amount(of.runs, 'run')}, seed ${of.seed}${steps}; knowledge flow then ${percent(of.now)}.`,
    ...(lost ? ['The simulated records or model no longer exist.'] : []),
    ...tableLines<Term>(
      [
        { title: 'Term ends', cell: (term) => term.by.slice(0, 10) },
        { title: 'Forecast', align: 'right', cell: ({ said }) => percent(said.median) },
        {
          title: '80 %',
          align: 'right',
          cell: ({ said }) => `${percent(said.low)} to ${percent(said.high)}`,
        },
        { title: 'Measured on', cell: ({ due }) => due.slice(0, 10) },
        {
          title: 'Actual',
          align: 'right',
          cell: ({ actual }) => (actual === null ? '' : percent(actual)),
        },
        { title: 'Band', cell: verdict },
      ],
      terms,
      width,
    ),
    '',
  ];
}

export const scenarioCommands = [
  simulate,
  operation({
    path: 'forecasts save',
    operation: 'forecasts.save',
    summary: 'Save a forecast to compare with actual values later',
    examples: ['frames forecasts save --terms 4 --workspace W'],
    options: { ...outlook, terms: field('forecasts.save', 'terms', 'N', 'Number of terms to simulate') },
    input: outlookOf,
    writes: true,
    show: (result, _, { width }) => forecastLines(result, width),
  }),
  operation({
    path: 'forecasts list',
    operation: 'forecasts.list',
    summary: 'List saved forecasts with actual values',
    details: ['Actual values are measured two months after a term ends.'],
    show: ({ forecasts, scored, held, mean_error: error }, _, { width }) => [
      ...forecasts.flatMap((forecast) => forecastLines(forecast, width)),
      scored === 0
        ? `${capitalise(amount(forecasts.length, 'forecast'))}; no forecast term has ended yet.`
        : `${held} of ${amount(scored, 'outcome')} fell in the 80 % range; mean error ${hundredths(error ?? 0)} percentage points.`,
    ],
  }),
  operation({
    path: 'forecasts remove',
    operation: 'forecasts.remove',
    summary: 'Remove a forecast (it stays in the history)',
    parameters: { id: field('forecasts.remove', 'id', 'ID', 'Forecast id') },
    writes: true,
    ask: ({ id }) => `Remove the forecast "${id}"?`,
    show: ({ made }) => [`Removed the forecast of ${timeOf(made)} UTC.`],
  }),
];
