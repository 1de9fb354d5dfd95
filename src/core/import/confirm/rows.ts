import { readFileBytes } from '../../kernel/files/read-file.ts';
import { refuseOwnFile } from '../../kernel/files/own-files.ts';
import { maxSheetBytes, fileRefusal } from '../../kernel/files/refusal.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { readWorkbook } from '../table/read/sheet-cells.ts';
import { cellText } from '../table/cell.ts';
import type { Line } from '../table/cell.ts';
import { addedLinkPrefix, columnOfHeading } from './sheet-texts.ts';
import type { Column } from './sheet-texts.ts';

/** An answered row; blank cells are ''. */
export interface AnswerRow {
  sheet: string;
  line: number;
  cells: Readonly<Record<Column, string>>;
  /** The id of the row's link; null for a link to be added. */
  link: string | null;
  /** The sheet's team, if known. */
  team: string | null;
}

export interface AnswerFile {
  name: string;
  sha256: string;
  rows: AnswerRow[];
}

/** Number of lines that can hold the headings, because people write above them. */
const headerSearchLines = 20;

/** The indexes of a confirm sheet's columns, and the line of headings; null without the columns for id and answer. */
function findColumns(
  lines: readonly Line[],
): { line: number; columnIndexes: ReadonlyMap<Column, number> } | null {
  for (const { line, cells } of lines.slice(0, headerSearchLines)) {
    const columnIndexes = new Map<Column, number>();
    for (const [index, cell] of cells.entries()) {
      const column = columnOfHeading(cellText(cell));
      if (column !== undefined && !columnIndexes.has(column)) columnIndexes.set(column, index);
    }
    if (columnIndexes.has('id') && columnIndexes.has('answer')) return { line, columnIndexes };
  }
  return null;
}

/** Whether the lines are those of a sheet that FRAMES wrote for confirming links. */
export const isConfirmSheet = (lines: readonly Line[]): boolean => findColumns(lines) !== null;

const blankCells: AnswerRow['cells'] = {
  other: '',
  kind: '',
  bond: '',
  loss: '',
  bearers: '',
  documented: '',
  answer: '',
  new_bond: '',
  new_loss: '',
  by: '',
  shown: '',
  id: '',
};

/** Columns of a row for a new link that say nothing about the link. */
const prefilled: ReadonlySet<string> = new Set<Column>(['kind', 'by', 'shown', 'id']);

/** The rows of a confirm sheet without blank added rows. The first name under "Answered by" applies to rows without one. */
function rowsOf(sheet: string, lines: readonly Line[]): AnswerRow[] | null {
  const header = findColumns(lines);
  if (!header) return null;
  const allRows = lines
    .filter(({ line }) => line > header.line)
    .map(({ line, cells }) => {
      const texts = [...header.columnIndexes].map(
        ([column, index]) => [column, cellText(cells[index])] as const,
      );
      return { line, cells: { ...blankCells, ...Object.fromEntries(texts) } };
    });
  const teams = new Set(
    allRows
      .map(({ cells: { id } }) => id)
      .flatMap((id) => (id.startsWith(addedLinkPrefix) ? [id.slice(addedLinkPrefix.length)] : [])),
  );
  const onlyTeam = teams.size === 1 ? [...teams][0] : undefined;
  const signer = allRows.find(({ cells }) => cells.by !== '')?.cells.by ?? '';
  return allRows.flatMap(({ line, cells }): AnswerRow[] => {
    const isAdded = cells.id === '' || cells.id.startsWith(addedLinkPrefix);
    const isBlank = Object.entries(cells).every(([column, text]) => text === '' || prefilled.has(column));
    if (isAdded && isBlank) return [];
    const team =
      (cells.id.startsWith(addedLinkPrefix) ? cells.id.slice(addedLinkPrefix.length) : onlyTeam) ?? null;
    return [
      { sheet, line, cells: { ...cells, by: cells.by || signer }, link: isAdded ? null : cells.id, team },
    ];
  });
}

/** Reads all confirm sheets of a workbook. Throws BAD_FILE, reason no_answers if there are none; CANCELLED. */
export async function readRows(
  { files }: Pick<Services, 'files'>,
  path: string,
  pace: Pace,
): Promise<AnswerFile> {
  pace.onProgress?.({ kind: 'progress', step: 'reading', done: 0, total: null });
  await refuseOwnFile(path, files);
  const { bytes, name, sha256 } = await readFileBytes(path, { signal: pace.signal, maxBytes: maxSheetBytes });
  const { sheets, textOf, cellsIn } = await runSteps(pace, 'reading', readWorkbook(bytes, name));
  const rows: AnswerRow[] = [];
  let hasConfirmSheet = false;
  for (const [index, sheet] of sheets.entries()) {
    const { lines } = await runSteps(pace, 'reading', cellsIn(textOf(index)));
    const sheetRows = rowsOf(sheet, lines);
    hasConfirmSheet ||= sheetRows !== null;
    rows.push(...(sheetRows ?? []));
  }
  if (!hasConfirmSheet) {
    throw fileRefusal('no_answers', { file: name });
  }
  return { name, sha256, rows };
}
