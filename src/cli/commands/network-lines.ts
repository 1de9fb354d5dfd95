import type { Result } from '../args/option.ts';
import { tableLines } from '../output/table.ts';
import { amount, countOf } from '../phrases.ts';
import { percent } from './dashboard-lines.ts';

/** So many rows are shown. */
export const mostNodes = 20;

type Network = Result<'analysis.network'>;

/** The measures of network science, with the names of records by their ids. */
export function networkLines(
  found: Network,
  titles: Readonly<Record<string, string>>,
  width: number | undefined,
): string[] {
  const { nodes, bridges, modularity, coupling, components, robustness, propagation, sources } = found;
  const ranked = nodes.toSorted((a, b) => b.betweenness - a.betweenness).slice(0, mostNodes);
  const titleOf = (id: string): string => titles[id] ?? id;
  return [
    ...tableLines(
      [
        { title: 'Title', cell: ({ id }) => titleOf(id) },
        { title: 'Degree', align: 'right', cell: ({ degree }) => String(degree) },
        { title: 'Betweenness', align: 'right', cell: ({ betweenness }) => betweenness.toFixed(3) },
        { title: 'Core', align: 'right', cell: ({ core }) => String(core) },
        { title: 'Community', align: 'right', cell: ({ community }) => String(community) },
        { title: 'Articulation', cell: ({ articulation }) => (articulation ? 'yes' : '') },
      ],
      ranked,
      width,
    ),
    '',
    `Modularity: ${modularity.declared.toFixed(3)} by university, ${modularity.found.toFixed(3)} best possible grouping. Links: ${coupling.within} within modules, ${coupling.between} between.`,
    `${amount(nodes.length, 'record')} (${ranked.length} shown), ${amount(components, 'component')}, ${amount(bridges.length, 'bridge')}.`,
    ...(sources < nodes.length ? [`Betweenness is estimated from ${amount(sources, 'record')}.`] : []),
    ...(nodes.length > 0 ? ['', ...robustnessLines(robustness, titleOf, width)] : []),
    ...(nodes.length > 0 ? ['', ...propagationLines(propagation, nodes.length, titleOf, width)] : []),
  ];
}

function robustnessLines(
  { curve, halved, first, runs, rounds, removals }: Network['robustness'],
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
    ...(rounds < removals
      ? [`Betweenness was computed ${amount(rounds, 'time')} for ${amount(removals, 'removal')}.`]
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
