import type { SheetType } from '#shared/contract/sheets.ts';
import { isColumn } from '../../../model/interchange/columns.ts';
import { parseNumberText } from '#shared/domain/number-text.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { knownValue } from '../synonyms.ts';
import { cellText } from '../cell.ts';
import type { Cell } from '../cell.ts';
import { readYesNo } from '../values.ts';

/** A time as programs write it: a date in any order, with or without a time of day. */
const timePattern = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ,]+\d{1,2}:\d{2}.*)?$/;

const isTimestamp = (cell: Cell): boolean => timePattern.test(cellText(cell));
const isCount = (cell: Cell): boolean => /^\d+$/.test(String(parseNumberText(cellText(cell))?.values['.']));
const isLifecycle = (cell: Cell): boolean => knownValue('lifecycle', cellText(cell)) !== null;

interface ReadOnlyColumn {
  headings: readonly string[];
  why: 'times' | 'computed';
  /** Checks a value, because other columns can have this name. */
  matches: (cell: Cell) => boolean;
}

const countColumn = (...headings: string[]): ReadOnlyColumn => ({
  headings,
  why: 'computed',
  matches: isCount,
});
const timeColumn = (...headings: string[]): ReadOnlyColumn => ({
  headings,
  why: 'times',
  matches: isTimestamp,
});

/** Columns of exported lists that cannot be imported, because FRAMES records or computes them. */
const readOnlyColumns: Readonly<Record<string, ReadOnlyColumn>> = {
  created_at: timeColumn('Created', 'Erstellt', 'Angelegt'),
  updated_at: timeColumn('Changed', 'Geändert'),
  deleted_at: timeColumn('Deleted', 'Gelöscht'),
  links: countColumn('Links', 'Verbindungen'),
  teams: countColumn('Teams'),
  faculty: countColumn('Faculty', 'Lehrende'),
  students: countColumn('Students', 'Studierende'),
  projects: countColumn('Projects', 'Projekte'),
  outcomes: countColumn('Outcomes', 'Ergebnisse'),
  status: { headings: ['Status'], why: 'computed', matches: isLifecycle },
  is_cross_university: {
    headings: ['Across universities', 'Zwischen Universitäten'],
    why: 'computed',
    matches: (cell) => readYesNo(cell) !== null,
  },
  from_university: { headings: ['From university', 'Von Universität'], why: 'computed', matches: () => true },
  to_university: { headings: ['To university', 'Nach Universität'], why: 'computed', matches: () => true },
};

const readOnlyByHeading = new Map(
  Object.entries(readOnlyColumns).flatMap(([key, column]) =>
    // Commands use keys as headings.
    [key, ...column.headings].map((heading) => [plainHeading(heading), { key, ...column }] as const),
  ),
);

/** Why a column is ignored by default for that type, or null. */
export function readOnlyReason(
  type: SheetType,
  heading: string,
  cells: readonly Cell[],
): ReadOnlyColumn['why'] | null {
  const readOnly = readOnlyByHeading.get(plainHeading(heading));
  if (!readOnly || cells.length === 0 || !isColumn(type, readOnly.key)) return null;
  return cells.every((cell) => readOnly.matches(cell)) ? readOnly.why : null;
}
