import { readNames } from '#core/model/names.ts';
import type { Validation } from '#shared/contract/factors.ts';
import { field, flag, requiredOneOf, oneOf, text } from '../args/option.ts';
import type { Result } from '../args/option.ts';
import { command } from '../command.ts';
import { call } from '../operation.ts';
import { tableLines } from '../output/table.ts';
import { amount, countOf, labelOf } from '../phrases.ts';
import { onMoment, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';
import { expertiseLines, historyLines, leavingLines, percent, universityLines } from './dashboard-lines.ts';
import { mostNodes, networkLines, rankings } from './network-lines.ts';

const models = ['legacy', 'factor', 'network', 'universities', 'leaving', 'expertise', 'terms'] as const;

/** Display names of the legacy model's parts, and of measures with unclear names. */
const legacyNames: Readonly<Record<string, string>> = {
  nda: 'NDA scores',
  backward: 'Backward tracing',
  totalMolecules: 'Records',
  totalBonds: 'Links',
  handoff: 'Handover',
};

/** Display name of a key: "energyFlow" becomes "Energy flow". */
const legacyName = (name: string): string =>
  legacyNames[name] ?? labelOf(name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));

const legacyLines = (result: Result<'analysis.legacy'>): string[] =>
  Object.entries(result).flatMap(([part, values]) => [
    `${legacyName(part)}:`,
    ...Object.entries(values).map(([name, value]) => `  ${legacyName(name)}: ${valueLine(value)}`),
  ]);

/** Formats a lifecycle stage as teams and share, a trace as score and level. */
function valueLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [first, second] = Object.values(value) as unknown[];
  return `${String(first)} (${typeof second === 'number' ? `${second} %` : String(second).toLowerCase()})`;
}

const ofBands = (bands: Result<'analysis.factor'>['bands']): string =>
  Object.entries(bands)
    .map(([band, count]) => `${count} ${band}`)
    .join(', ');

function validationLines(
  { outcomes, judged, failures, correct, accuracy, brier, reference, calibration, ...left }: Validation,
  width: number | undefined,
): string[] {
  const unjudged = `${countOf(left.without_prediction, 'outcome')} without a rated link, ${left.undecided} undecided.`;
  if (accuracy === null || brier === null || !reference)
    return [`No recorded outcome can be compared: ${unjudged}`];
  const percentOrEmpty = (value: number | null): string => (value === null ? '' : percent(value));
  return [
    ...tableLines(
      [
        { title: 'Outcome', cell: ({ title, outcome_type }) => `${title}: ${outcome_type ?? ''}` },
        { title: 'Year', align: 'right', cell: ({ cohort_year }) => String(cohort_year ?? '') },
        { title: 'From', cell: ({ scope, links }) => `${amount(links, 'link')} of the ${scope}` },
        { title: 'Risk', align: 'right', cell: ({ risk }) => percent(risk) },
        { title: 'Predicted', cell: (row) => (row.predicted_failure ? 'failure' : 'success') },
        { title: 'Actual', cell: ({ failed }) => (failed ? 'failure' : 'success') },
      ],
      outcomes.slice(0, mostNodes),
      width,
    ),
    '',
    ...tableLines(
      [
        { title: 'Band', cell: ({ band }) => band },
        { title: 'Outcomes', align: 'right', cell: ({ count }) => String(count) },
        { title: 'Predicted', align: 'right', cell: ({ predicted }) => percentOrEmpty(predicted) },
        { title: 'Failed', align: 'right', cell: ({ observed }) => percentOrEmpty(observed) },
      ],
      calibration,
      width,
    ),
    '',
    `${correct} of ${judged} outcomes predicted (${percent(accuracy)}), ${failures} failed. Brier score ${brier.toFixed(3)}.`,
    `For comparison: ${percent(reference.accuracy)} by always predicting the most common outcome, and a Brier score of ${reference.brier.toFixed(3)} by always predicting the failure rate.`,
    unjudged,
  ];
}

function factorLines(
  result: Result<'analysis.factor'>,
  isValidated: boolean,
  width: number | undefined,
): string[] {
  const { model, interfaces, bands, rated, unrated, mean, compared } = result;
  if (!model) return ['No active factor model and no baseline.'];
  const comparedColumns = compared
    ? [
        {
          title: compared.model.name,
          cell: ({ compared: other }: (typeof interfaces)[number]) =>
            other ? `${other.total.toFixed(2)} ${other.band}` : '',
        },
      ]
    : [];
  const table = tableLines(
    [
      { title: 'Total', align: 'right', cell: ({ total }) => total.toFixed(2) },
      { title: 'Band', cell: ({ band }) => band },
      ...comparedColumns,
      { title: 'Title', cell: ({ title }) => title },
      { title: 'University', cell: ({ university }) => university ?? '' },
      {
        title: 'Parts',
        cell: ({ parts }) => parts.map(({ factor, value }) => `${labelOf(factor)}: ${value}`).join(', '),
      },
    ],
    interfaces.slice(0, mostNodes),
    width,
  );
  return [
    ...(interfaces.length > 0 ? [...table, ''] : []),
    `${model.name}: ${rated} rated (${ofBands(bands)}), ${unrated} unrated.`,
    ...(mean === null ? [] : [`Mean ${mean.toFixed(3)}.`]),
    ...(compared
      ? [
          `${compared.model.name}: ${ofBands(compared.bands)}; ${compared.changed} in another band. ${
            compared.correlation === null
              ? 'The rank correlation is undefined.'
              : `Rank correlation ${compared.correlation.toFixed(3)}.`
          }`,
        ]
      : []),
    ...(isValidated ? ['', ...validationLines(result.validation, width)] : []),
  ];
}

/** Returns record titles by id, with the university if several have the same title. */
function titlesIn(
  { core: { services } }: OpenWorkspace,
  ids: readonly string[],
): Readonly<Record<string, string>> {
  const named = [...readNames(services.read, ids).values()];
  const counts = Map.groupBy(named, ({ title }) => title);
  const universities = readNames(
    services.read,
    named.flatMap((record) => record.university_id ?? []),
  );
  return Object.fromEntries(
    named.map(({ id, title, university_id: university }) => {
      const name = universities.get(university ?? '')?.title;
      const isRepeated = (counts.get(title)?.length ?? 0) > 1;
      return [id, isRepeated && name ? `${title} (${name})` : title];
    }),
  );
}

export const analyzeCommand = command({
  path: ['analyze'],
  summary: 'Analyse the network with a model',
  details: [
    'legacy: measures of the original program (statistics, NDA scores, backward tracing, lifecycle).',
    'factor: rates links with a factor model; --validate compares it with recorded outcomes.',
    'network: degree (in and out), betweenness, closeness, eigenvector centrality, core, community and articulation of each linked ' +
      'record, bridges, modularity, components, robustness (how removing records shrinks the largest component) and propagation ' +
      '(where a failure spreads furthest). Weighted betweenness follows the paths with the least loss. A large network is sampled, ' +
      'and the error stated; --exact computes everything.',
    'universities: totals by university; a link between two counts for both, but once in the total.',
    'leaving: students who leave by the end of this term, by team.',
    'expertise: areas of expertise with the people who state them, those of one person first. It names people whatever "frames ranking" ' +
      'says: it lists records and ranks nobody.',
    'terms: measures at the end of past terms and now.',
  ],
  examples: ['frames analyze --model network --workspace W --json'],
  parameters: {},
  options: {
    ...onMoment,
    model: requiredOneOf('MODEL', 'Model to use', models),
    'factor-model': text('ID', 'factor: model to use, by id or name (default: the active one)'),
    compare: text('ID', 'factor: second model to compare with, by id or name'),
    validate: flag('factor: compare the model with recorded outcomes'),
    'from-bonds': flag('factor: rate links without factor values by their bond'),
    university: field(
      'analysis.legacy',
      'university',
      'ID',
      'legacy, leaving, expertise: only this university',
    ),
    terms: field('analysis.history', 'terms', 'N', 'terms: number of terms'),
    normalised: field('analysis.network', 'normalised', '', 'network: betweenness as a share of all pairs'),
    by: oneOf('MEASURE', 'network: measure to rank by (default: betweenness)', rankings),
    exact: field(
      'analysis.network',
      'exact',
      '',
      'network: compute everything from every record, may take long',
    ),
    seed: field(
      'analysis.network',
      'seed',
      'N',
      'network: random seed of communities, samples and random removal',
    ),
  },
  async run(context, args) {
    const { model, university, normalised, exact, seed, terms } = args;
    const { output } = context;
    await withWorkspace(context, args, 'analyze', async (open) => {
      if (model === 'legacy') {
        const result = await call(open, 'analysis.legacy', { university }, context);
        return output.result(result, () => legacyLines(result));
      }
      if (model === 'factor') {
        const { compare, validate } = args;
        const input = { model: args['factor-model'], compare, from_bonds: args['from-bonds'] };
        const result = await call(open, 'analysis.factor', input, context);
        return output.result(result, () => factorLines(result, validate, output.width));
      }
      if (model === 'universities') {
        const result = await call(open, 'analysis.universities', {}, context);
        return output.result(result, () => universityLines(result, output.width));
      }
      if (model === 'leaving') {
        const result = await call(open, 'analysis.leaving', { university }, context);
        const titles = titlesIn(
          open,
          result.by_team.flatMap(({ team }) => team?.id ?? []),
        );
        return output.result(result, () => leavingLines(result, titles, output.width));
      }
      if (model === 'expertise') {
        const result = await call(open, 'analysis.expertise', { university }, context);
        return output.result(result, () => expertiseLines(result, output.width));
      }
      if (model === 'terms') {
        const result = await call(open, 'analysis.history', { terms }, context);
        return output.result(result, () => historyLines(result, output.width));
      }
      const result = await call(open, 'analysis.network', { normalised, exact, seed }, context);
      const titles = titlesIn(
        open,
        result.nodes.map(({ id }) => id),
      );
      return output.result(result, () =>
        networkLines(result, { titles, by: args.by ?? 'betweenness' }, output.width),
      );
    });
  },
});
