import type { Result } from '../args/option.ts';
import { tableLines } from '../output/table.ts';
import { amount, countOf } from '../phrases.ts';
import { percent } from './dashboard-lines.ts';

/** Most rows to print. */
export const mostNodes = 20;

type Network = Result<'analysis.network'>;

export const rankings = [
  'betweenness',
  'weighted-betweenness',
  'closeness',
  'eigenvector',
  'degree',
  'in-degree',
  'out-degree',
  'core',
] as const;
type Ranking = (typeof rankings)[number];
type Measure = 'weighted_betweenness' | 'in_degree' | 'out_degree' | Exclude<Ranking, `${string}-${string}`>;

export function networkLines(
  result: Network,
  { titles, by }: { titles: Readonly<Record<string, string>>; by: Ranking },
  width: number | undefined,
): string[] {
  const { nodes, bridges, modularity, coupling, components, robustness, propagation } = result;
  const measure = by.replace('-', '_') as Measure;
  const ranked = nodes.toSorted((a, b) => b[measure] - a[measure]).slice(0, mostNodes);
  const titleOf = (id: string): string => titles[id] ?? id;
  return [
    ...tableLines(
      [
        { title: 'Title', cell: ({ id }) => titleOf(id) },
        { title: 'Degree', align: 'right', cell: ({ degree }) => String(degree) },
        { title: 'In-degree', align: 'right', cell: ({ in_degree: count }) => String(count) },
        { title: 'Out-degree', align: 'right', cell: ({ out_degree: count }) => String(count) },
        { title: 'Betweenness', align: 'right', cell: ({ betweenness }) => betweenness.toFixed(3) },
        {
          title: 'Weighted betweenness',
          align: 'right',
          cell: (node) => node.weighted_betweenness.toFixed(3),
        },
        { title: 'Closeness', align: 'right', cell: ({ closeness }) => closeness.toFixed(3) },
        { title: 'Eigenvector', align: 'right', cell: ({ eigenvector }) => eigenvector.toFixed(3) },
        { title: 'Core', align: 'right', cell: ({ core }) => String(core) },
        { title: 'Community', align: 'right', cell: ({ community }) => String(community) },
        { title: 'Articulation point', cell: ({ articulation }) => (articulation ? 'yes' : '') },
      ],
      ranked,
      width,
    ),
    '',
    `Modularity: ${modularity.declared.toFixed(3)} by university, ${modularity.found.toFixed(3)} best possible grouping. Links: ${coupling.within} within modules, ${coupling.between} between.`,
    `${amount(nodes.length, 'record')} (${ranked.length} shown), ${amount(components, 'component')}, ${amount(bridges.length, 'bridge')}.`,
    ...accuracyLines(result),
    ...(nodes.length > 0 ? ['', ...robustnessLines(robustness, nodes.length, titleOf, width)] : []),
    ...(nodes.length > 0 ? ['', ...propagationLines(propagation, nodes.length, titleOf, width)] : []),
  ];
}

/** States the sample size of the measures and their error. */
function accuracyLines({
  nodes,
  sources,
  weighted_sources: weightedSources,
  exact,
  error,
}: Network): string[] {
  if (nodes.length === 0) return [];
  if (exact) return ['Exact: computed from every record.'];
  const sampled = (count: number): boolean => count < nodes.length;
  const errors = [
    ...(sampled(sources)
      ? [
          `Betweenness and closeness are estimated from ${amount(sources, 'record')}: error up to ${percent(error.betweenness)} and ${percent(error.closeness)} of the largest value (95 % interval).`,
        ]
      : []),
    ...(sampled(weightedSources)
      ? [
          `Weighted betweenness is estimated from ${amount(weightedSources, 'record')}: error up to ${percent(error.weighted_betweenness)}.`,
        ]
      : []),
  ];
  return [...errors, 'Add --exact to compute everything from every record.'];
}

function robustnessLines(
  { curve, halved, first, runs, rounds, removals, sources }: Network['robustness'],
  size: number,
  titleOf: (id: string) => string,
  width: number | undefined,
): string[] {
  const fewest = Math.min(halved.betweenness, halved.degree);
  return [
    ...tableLines(
      [
        { title: 'Removed', align: 'right', cell: ({ removed }) => String(removed) },
        { title: 'By betweenness', align: 'right', cell: ({ betweenness }) => percent(betweenness) },
        { title: 'By degree', align: 'right', cell: ({ degree }) => percent(degree) },
        {
          title: `Mean of ${amount(runs, 'random order')}`,
          align: 'right',
          cell: ({ random }) => percent(random),
        },
      ],
      curve,
      width,
    ),
    '',
    'Values are the share of records in the largest component.',
    `Removing ${amount(fewest, 'record')} halves it (${halved.random} if removed at random): ${first.map(titleOf).join(', ')}${first.length < fewest ? ', …' : ''}.`,
    ...(rounds < removals || sources < size
      ? [
          `Betweenness was computed ${amount(rounds, 'time')} for ${amount(removals, 'removal')}, each time from at most ${amount(sources, 'record')}.`,
        ]
      : []),
  ];
}

function propagationLines(
  { spreads, tried, unknown }: Network['propagation'],
  size: number,
  titleOf: (id: string) => string,
  width: number | undefined,
): string[] {
  return [
    ...tableLines(
      [
        { title: 'A failure of', cell: ({ id }) => titleOf(id) },
        { title: 'Puts at risk', align: 'right', cell: ({ value }) => percent(value) },
        { title: 'Reaches', align: 'right', cell: ({ reached }) => String(reached) },
      ],
      spreads,
      width,
    ),
    '',
    'At risk: likelihood times impact along paths of up to three links, as a share of all other records.',
    ...(tried < size ? [`Only failures of the ${amount(tried, 'strongest record')} were calculated.`] : []),
    ...(unknown > 0 ? [`${countOf(unknown, 'interface')} could not be rated.`] : []),
  ];
}
