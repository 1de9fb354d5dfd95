import type { SheetType } from '#shared/contract/sheets.ts';
import { isColumn } from '../list-export/cells.ts';
import { readNumber } from './numbers.ts';
import { cellText } from './table.ts';
import type { Cell } from './table.ts';
import { readYesNo } from './values.ts';
import { knownValue, plain } from './words.ts';

/** A moment as programs write it: the day in any order, and a time or none. */
const moment = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ,]+\d{1,2}:\d{2}.*)?$/;

const isMoment = (cell: Cell): boolean => moment.test(cellText(cell));
const isTally = (cell: Cell): boolean =>
  /^\d+$/.test(String(readNumber(cellText(cell), undefined, false)?.value));
const isStage = (cell: Cell): boolean => knownValue('lifecycle', cellText(cell)) !== null;

interface Kept {
  /** Its headings in exported lists, in English and German. */
  headings: readonly string[];
  why: 'times' | 'computed';
  /** Whether a value can be one: another column may be called the same. */
  fits: (cell: Cell) => boolean;
}

const tally = (...headings: string[]): Kept => ({ headings, why: 'computed', fits: isTally });
const time = (...headings: string[]): Kept => ({ headings, why: 'times', fits: isMoment });

/** What a list shows and no field holds: FRAMES keeps it by itself, or computes it. */
const kept: Readonly<Record<string, Kept>> = {
  created_at: time('Created', 'Angelegt'),
  updated_at: time('Changed', 'Geändert'),
  deleted_at: time('Deleted', 'Gelöscht'),
  links: tally('Links', 'Verbindungen'),
  teams: tally('Teams'),
  faculty: tally('Faculty', 'Lehrende'),
  students: tally('Students', 'Studierende'),
  projects: tally('Projects', 'Projekte'),
  outcomes: tally('Outcomes', 'Ergebnisse'),
  status: { headings: ['Status'], why: 'computed', fits: isStage },
  is_cross_university: {
    headings: ['Across universities', 'Zwischen Universitäten'],
    why: 'computed',
    fits: (cell) => readYesNo(cell) !== null,
  },
  from_university: { headings: ['From university', 'Von Universität'], why: 'computed', fits: () => true },
  to_university: { headings: ['To university', 'Nach Universität'], why: 'computed', fits: () => true },
};

const byHeading = new Map(
  Object.entries(kept).flatMap(([key, one]) =>
    // By its key a command heads it.
    [key, ...one.headings].map((heading) => [plain(heading), { key, ...one }] as const),
  ),
);

/** Why a column of records of that type stays out unless somebody wants it; null when it need not. */
export function keptByFrames(type: SheetType, heading: string, cells: readonly Cell[]): Kept['why'] | null {
  const known = byHeading.get(plain(heading));
  if (!known || cells.length === 0 || !isColumn(type, known.key)) return null;
  return cells.every((cell) => known.fits(cell)) ? known.why : null;
}
