import { readNames } from '#core/model/names.ts';
import { field, flag, requiredOneOf, oneOf, resultSchemaOf, text } from '../args/option.ts';
import type { Input, OperationName, Result } from '../args/option.ts';
import { command } from '../command.ts';
import { callOperation } from '../operation.ts';
import { resultLines } from '../output/result.ts';
import { pointInTimeOptions, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';

const maxRows = 20;

const rankingMeasures = [
  'betweenness',
  'weighted-betweenness',
  'closeness',
  'eigenvector',
  'degree',
  'in-degree',
  'out-degree',
  'core',
] as const;
type Measure = keyof Omit<Result<'analysis.network'>['nodes'][number], 'id' | 'articulation'>;

const modelNames = ['legacy', 'factor', 'network', 'universities', 'leaving', 'expertise', 'terms'] as const;

/** Returns record titles by id, with the university if several have the same title. */
function titlesById(
  { core: { services } }: OpenWorkspace,
  ids: readonly string[],
): Readonly<Record<string, string>> {
  const records = [...readNames(services.read, ids).values()];
  const recordsByTitle = Map.groupBy(records, ({ title }) => title);
  const universities = readNames(
    services.read,
    records.flatMap((record) => record.university_id ?? []),
  );
  return Object.fromEntries(
    records.map(({ id, title, university_id: universityId }) => {
      const universityTitle = universities.get(universityId ?? '')?.title;
      const isRepeated = (recordsByTitle.get(title)?.length ?? 0) > 1;
      return [id, isRepeated && universityTitle ? `${title} (${universityTitle})` : title];
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
    'expertise: areas of expertise with the people who state them: first the needed ones at risk, then those of one person. until: the terms left ' +
      'of the student who stays longest, of a needed area. It names people whatever "frames ranking" ' +
      'says: it lists records and ranks nobody.',
    'terms: measures at the end of past terms and now.',
  ],
  examples: ['frames analyze --model network --workspace W --json'],
  parameters: {},
  options: {
    ...pointInTimeOptions,
    model: requiredOneOf('MODEL', 'Model to use', modelNames),
    'factor-model': text('ID', 'factor: model to use, by id or name (default: the active one)'),
    compare: text('ID', 'factor: second model to compare with, by id or name'),
    validate: flag('factor: compare the model with recorded outcomes'),
    'from-bonds': flag('factor: rate links without factor values by their bond'),
    university: field(
      'analysis.originalMeasures',
      'university',
      'ID',
      'legacy, leaving, expertise: only this university',
    ),
    terms: field('analysis.history', 'terms', 'N', 'terms: number of terms'),
    normalised: field('analysis.network', 'normalised', '', 'network: betweenness as a share of all pairs'),
    by: oneOf('MEASURE', 'network: measure to rank by (default: betweenness)', rankingMeasures),
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
    await withWorkspace(context, args, 'analyze', async (open) => {
      const print = async <N extends OperationName>(
        name: N,
        input: Input<N>,
        tableOf: (result: Result<N>) => object = (result) => result,
      ): Promise<void> => {
        const result = await callOperation(open, name, input, context);
        context.output.result(result, () =>
          resultLines(resultSchemaOf(name), tableOf(result), context.output.width),
        );
      };
      if (model === 'legacy') return print('analysis.originalMeasures', { university });
      if (model === 'universities') return print('analysis.universities', {});
      if (model === 'expertise') return print('analysis.expertise', { university }, expertiseTable);
      if (model === 'terms') return print('analysis.history', { terms });
      if (model === 'leaving')
        return print('analysis.leavingStudents', { university }, (result) => {
          const titles = titlesById(
            open,
            result.by_team.flatMap(({ team }) => team?.id ?? []),
          );
          const by_team = result.by_team.map(({ team, ...rest }) => ({
            team: team && { title: titles[team.id] ?? team.title },
            ...rest,
          }));
          return { ...result, by_team };
        });
      if (model === 'factor') {
        const { compare, validate } = args;
        const input = { model: args['factor-model'], compare, from_bonds: args['from-bonds'] };
        return print('analysis.factor', input, ({ interfaces, validation, ...result }) => ({
          ...result,
          interfaces: interfaces.slice(0, maxRows),
          unrated_interfaces: undefined,
          ...(validate && {
            validation: { ...validation, outcomes: validation.outcomes.slice(0, maxRows) },
          }),
        }));
      }
      const measure = (args.by ?? 'betweenness').replace('-', '_') as Measure;
      return print('analysis.network', { normalised, exact, seed }, (result) =>
        networkTable(
          result,
          measure,
          titlesById(
            open,
            result.nodes.map(({ id }) => id),
          ),
        ),
      );
    });
  },
});

function expertiseTable({ areas, people, ...result }: Result<'analysis.expertise'>): object {
  const peopleByArea = areas.map((): string[] => []);
  for (const person of people) for (const area of person.areas) peopleByArea[area]?.push(person.title);
  return {
    areas: areas.map(({ needed_by, ...area }, index) => ({
      ...area,
      needed_by: needed_by.map(({ title }) => title),
      names: peopleByArea[index],
    })),
    ...result,
  };
}

/** Replaces ids by titles, and keeps only the rows that rank first by `measure`. */
function networkTable(
  { nodes, bridges, robustness, propagation, ...result }: Result<'analysis.network'>,
  measure: Measure,
  titles: Readonly<Record<string, string>>,
): object {
  const rankedNodes = nodes.toSorted((a, b) => b[measure] - a[measure]).slice(0, maxRows);
  return {
    records: nodes.length,
    bridges: bridges.length,
    ...result,
    nodes: rankedNodes.map(({ id, ...node }) => ({ title: titles[id] ?? id, ...node })),
    robustness: { ...robustness, first: robustness.first.map((id) => titles[id] ?? id) },
    propagation: {
      ...propagation,
      spreads: propagation.spreads.map(({ id, ...spread }) => ({ title: titles[id] ?? id, ...spread })),
    },
  };
}
