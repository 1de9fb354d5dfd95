import { z } from 'zod';
import type { ScenarioStep } from '#shared/contract/analysis.ts';
import { badValue, field, list, resultSchemaOf, wholeNumber } from '../args/option.ts';
import { band, difference, differenceText, scenarioMeasures } from '#shared/contract/simulation.ts';
import type { Difference } from '#shared/contract/simulation.ts';
import { hasMeasurableEffect } from '#shared/domain/confidence.ts';
import type { Values } from '../args/option.ts';
import { operationCommand } from '../operation.ts';
import { resultLines, rowLines } from '../output/result.ts';
import { pointInTimeOptions } from '../workspace.ts';

const percentOption = (summary: string) => wholeNumber('PERCENT', summary, { min: 0, max: 100 });

const simulationOptions = {
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
  early: percentOption('Chance per term that a student leaves early (default: learned, else 10)'),
  joins: percentOption('Chance per term that an open place is filled (default: learned, else 90)'),
  'newcomer-terms': wholeNumber('N', 'Terms that a newcomer has (default: learned, else the usual stay)', {
    min: 1,
    max: 40,
  }),
  weak: percentOption('Maximum weakening of a weak link per term (default 0)'),
  fragile: percentOption('Maximum weakening of a fragile link per term (default 0)'),
};
type SimulationArguments = Values<typeof simulationOptions>;

function simulationInput(args: SimulationArguments) {
  const { terms, runs, seed, early, joins, weak, fragile, 'newcomer-terms': newcomerTerms } = args;
  // With 0 terms, the operation returns only the current measures, which is no simulation.
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
function splitParts(text: string, name: string, count: number, form: string): string[] {
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
    const [id = '', bond_type = ''] = splitParts(text, '--strengthen', 2, 'ID:BOND');
    return { do: 'strengthen' as const, id, bond_type };
  }),
  ...link.map((text) => {
    const [from = '', to = '', bond_type = ''] = splitParts(text, '--link', 3, 'FROM:TO:BOND');
    return { do: 'link' as const, from, to, bond_type };
  }),
  ...document.map((id) => ({ do: 'document' as const, id })),
  ...recruit.map((text) => {
    const [team = '', countText = ''] = splitParts(text, '--recruit', 2, 'TEAM:COUNT');
    const count = Number(countText);
    if (!Number.isInteger(count) || count < 1 || count > 100)
      throw badValue('--recruit', text, 'of the form TEAM:COUNT with a count from 1 to 100');
    return { do: 'recruit' as const, team, count };
  }),
  ...mentor.map((team) => ({ do: 'mentor' as const, team })),
];

const seriesRow = z.object({ term: z.number(), no_action: band, scenario: band, difference });

/** The effect of the steps at the end; nothing without steps. */
function effectLines(differences: readonly Difference[], hasSteps: boolean): string[] {
  const last = differences.at(-1);
  if (!hasSteps || !last) return [];
  const term = differences.length - 1;
  const after = `after ${term} ${term === 1 ? 'term' : 'terms'}`;
  const text = differenceText(last);
  return [
    hasMeasurableEffect(last)
      ? `Effect on reach ${after}: ${text}`
      : `No measurable effect on reach ${after}: ${text}`,
    '',
  ];
}

const simulateCommand = operationCommand({
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
  targetOptions: pointInTimeOptions,
  options: simulationOptions,
  input: simulationInput,
  show: ({ now, nothing, scenario, series, difference: differences, ...result }, args, { width }) => [
    ...effectLines(differences, stepsOf(args).length > 0),
    ...rowLines(
      scenarioMeasures,
      Object.entries({ now, no_action: nothing, scenario }).map(([state, measures]) => ({
        state,
        ...measures,
      })),
      width,
    ),
    '',
    ...rowLines(
      seriesRow,
      differences.map((difference, term) => ({
        term,
        no_action: series.nothing[term],
        scenario: series.scenario[term],
        difference,
      })),
      width,
    ),
    '',
    ...resultLines(resultSchemaOf('analysis.simulate'), result, width),
  ],
});

export const scenarioCommands = [
  simulateCommand,
  operationCommand({
    path: 'forecasts save',
    operation: 'forecasts.save',
    summary: 'Save a forecast to compare with actual values later',
    examples: ['frames forecasts save --terms 4 --workspace W'],
    options: {
      ...simulationOptions,
      terms: field('forecasts.save', 'terms', 'N', 'Number of terms to simulate'),
    },
    input: simulationInput,
    writes: true,
    done: 'Saved:',
  }),
  operationCommand({
    path: 'forecasts list',
    operation: 'forecasts.list',
    summary: 'List saved forecasts with actual values',
    details: ['Actual values are measured two months after a term ends.'],
  }),
  operationCommand({
    path: 'forecasts remove',
    operation: 'forecasts.remove',
    summary: 'Remove a forecast (it stays in the history)',
    parameters: { id: field('forecasts.remove', 'id', 'ID', 'Forecast id') },
    writes: true,
    ask: ({ id }) => `Remove the forecast "${id}"?`,
    done: 'Removed:',
  }),
];
