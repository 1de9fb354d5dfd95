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

const countColumn = (value: (counts: UniversityCounts) => number): Column => ({
  value,
  text: (counts) => numberText(value(counts)),
});
const shareColumn = (value: Column['value']): Column => ({
  value,
  text: (counts) => shareText(value(counts)),
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
  by: ColumnKey | 'name';
  descending: boolean;
}

/** Sorts by a column, unknown values last. `rows` must be sorted by name. */
export function sortRows(rows: readonly UniversityRow[], { by, descending }: Order): UniversityRow[] {
  if (by === 'name') return descending ? rows.toReversed() : [...rows];
  const { value } = dashboardColumns[by];
  return rows.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return descending ? other - one : one - other;
  });
}
