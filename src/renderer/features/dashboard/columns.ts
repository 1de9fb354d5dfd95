import type { UniversityCounts, UniversityRow } from '#shared/contract/dashboards.ts';
import { numberText } from '../../text/values.ts';
import { lossShare, partText, shareText, successCounts, successShare } from './figures.ts';

export const columnKeys = [
  'teams',
  'faculty',
  'students',
  'projects',
  'within',
  'across',
  'shared',
  'loss',
  'undocumented',
  'leaving',
  'gaps',
  'outcomes',
] as const;
export type ColumnKey = (typeof columnKeys)[number];

interface Column {
  text: (counts: UniversityCounts) => string;
  /** The sort value; null if unknown. */
  value: (counts: UniversityCounts) => number | null;
}

const countColumn = (valueOf: (counts: UniversityCounts) => number): Column => ({
  value: valueOf,
  text: (counts) => numberText(valueOf(counts)),
});
const shareColumn = (valueOf: Column['value']): Column => ({
  value: valueOf,
  text: (counts) => shareText(valueOf(counts)),
});

export const dashboardColumns: Readonly<Record<ColumnKey, Column>> = {
  teams: countColumn(({ teams }) => teams),
  faculty: countColumn(({ faculty }) => faculty),
  students: countColumn(({ students }) => students),
  projects: countColumn(({ projects }) => projects),
  within: countColumn(({ links }) => links.within),
  across: countColumn(({ links }) => links.across),
  shared: countColumn(({ links }) => links.shared),
  loss: shareColumn(lossShare),
  undocumented: shareColumn(({ undocumented }) => undocumented),
  leaving: countColumn(({ leaving }) => leaving),
  gaps: {
    value: ({ cohorts }) => (cohorts.judged === 0 ? null : cohorts.gaps / cohorts.judged),
    text: ({ cohorts }) => partText(cohorts.gaps, cohorts.judged),
  },
  outcomes: {
    value: ({ outcomes }) => successShare(outcomes),
    text: ({ outcomes }) => {
      const { succeeded, recorded } = successCounts(outcomes);
      return partText(succeeded, recorded);
    },
  },
};

export interface Order {
  column: ColumnKey | 'name';
  descending: boolean;
}

/** Sorts by a column, unknown values last. `rows` must be sorted by name. */
export function sortRows(rows: readonly UniversityRow[], { column, descending }: Order): UniversityRow[] {
  if (column === 'name') return descending ? rows.toReversed() : [...rows];
  const { value: valueOf } = dashboardColumns[column];
  return rows.toSorted((a, b) => {
    const [valueA, valueB] = [valueOf(a), valueOf(b)];
    if (valueA === null || valueB === null) return Number(valueA === null) - Number(valueB === null);
    return descending ? valueB - valueA : valueA - valueB;
  });
}
