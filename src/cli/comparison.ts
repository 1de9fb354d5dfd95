import type { Difference } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { field } from './args/option.ts';
import { pagingOptions } from './operation.ts';
import { differenceLines } from './output/differences.ts';
import { countPhrase, capitalise } from './format.ts';

export const comparisonDeclaration = {
  operation: 'compare.between',
  options: {
    type: field('compare.between', 'types', 'TYPE', 'Only records of this type'),
    search: field('compare.between', 'text', 'TEXT', 'Only records whose name or id contains this'),
    ...pagingOptions('compare.between'),
  },
} as const;

const classNames = {
  play: 'sandbox',
  live: 'live',
  both: 'both',
  same: 'same',
  conflict: 'conflict',
} as const;

/** How commands name the change of a record, and the numbers of changes. */
interface Naming {
  nameOf: (row: Difference) => string;
  counts: Readonly<Record<string, number>>;
}

function namingOf({ based, counts, actions }: Comparison): Naming {
  if (based === null) return { nameOf: ({ play }) => play ?? '', counts: actions };
  const namedCounts = Object.entries(counts).map(([kind, count]) => [
    classNames[kind as Difference['class']],
    count,
  ]);
  return {
    nameOf: (row) => `${classNames[row.class]} ${row.play ?? row.live ?? ''}`,
    counts: Object.fromEntries(namedCounts) as Record<string, number>,
  };
}

/** Formats a line per record, and per field of records in both states; then the number of each kind, and how to list the rest. */
export function comparisonLines(
  comparison: Comparison,
  { offset = 0 }: { offset?: number | undefined },
  { nameOf, counts }: Naming = namingOf(comparison),
): string[] {
  const { rows, matched, to, based } = comparison;
  const total = sumOf(counts);
  const countTexts = Object.entries(counts).flatMap(([kind, count]) =>
    count > 0 ? [`${count} ${kind}`] : [],
  );
  const remaining = matched - offset - rows.length;
  return [
    ...(to.another ? ['! The backup is from another workspace.'] : []),
    ...differenceLines(rows, nameOf, comparedFields, (difference) =>
      difference.class === 'conflict'
        ? ([
            ['was', difference.base],
            ['sandbox', difference.play],
            ['live', difference.live],
          ] as const)
        : ([
            ['', difference.base],
            ['', difference.class === 'live' ? difference.live : difference.play],
          ] as const),
    ),
    total === 0
      ? 'No differences.'
      : `${capitalise(countPhrase(total, 'difference'))}: ${countTexts.join(', ')}.`,
    ...(remaining > 0
      ? [`${countPhrase(remaining, 'record')} more. Use --offset ${offset + rows.length} to see them.`]
      : []),
    ...(based === 'none'
      ? ['! Live and the sandbox have no common history, so every difference is a conflict.']
      : []),
  ];
}

const comparedFields = ({ play, live, conflict, fields }: Difference): Difference['fields'] =>
  play === 'updated' || live === 'updated' || conflict === 'created' ? fields : [];
