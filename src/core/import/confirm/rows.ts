import { readFileBytes } from '../../kernel/files/read-file.ts';
import { refuseOwnFile } from '../../kernel/files/own-files.ts';
import { largestSheet, fileRefusal } from '../../kernel/files/refusal.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { readWorkbook } from '../table/sheet-cells.ts';
import { cellText } from '../table/table.ts';
import type { Line } from '../table/table.ts';
import { addMark, columnNamed } from './sheet-texts.ts';
import type { Column } from './sheet-texts.ts';

/** An answered row; blank cells are ''. */
export interface AnswerRow {
  sheet: string;
  line: number;
  cells: Readonly<Record<Column, string>>;
  /** Its link; null for a link to be added. */
  link: string | null;
  /** The sheet's team, if known. */
  team: string | null;
}

export interface AnsweredFile {
  name: string;
  sha256: string;
  rows: AnswerRow[];
}

/** Lines in which the headings may be: people write above them. */
const searched = 20;

/** Positions of our columns and the line of headings; null if missing. */
function findColumns(lines: readonly Line[]): { line: number; places: ReadonlyMap<Column, number> } | null {
  for (const { line, cells } of lines.slice(0, searched)) {
    const places = new Map<Column, number>();
    for (const [at, cell] of cells.entries()) {
      const column = columnNamed(cellText(cell));
      if (column !== undefined && !places.has(column)) places.set(column, at);
    }
    if (places.has('id') && places.has('answer')) return { line, places };
  }
  return null;
}

/** Whether a sheet was made for confirming links. */
export const isHandedOut = (lines: readonly Line[]): boolean => findColumns(lines) !== null;

const noCells: AnswerRow['cells'] = {
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

/** The filled rows of a sheet. The name of the person may be written once. */
function rowsOf(sheet: string, lines: readonly Line[]): AnswerRow[] | null {
  const found = findColumns(lines);
  if (!found) return null;
  const all = lines
    .filter(({ line }) => line > found.line)
    .map(({ line, cells }) => {
      const texts = [...found.places].map(([column, at]) => [column, cellText(cells[at])] as const);
      return { line, cells: { ...noCells, ...Object.fromEntries(texts) } };
    });
  const teams = new Set(
    all
      .map(({ cells: { id } }) => id)
      .flatMap((id) => (id.startsWith(addMark) ? [id.slice(addMark.length)] : [])),
  );
  const only = teams.size === 1 ? [...teams][0] : undefined;
  const by = all.find(({ cells }) => cells.by !== '')?.cells.by ?? '';
  return all.flatMap(({ line, cells }): AnswerRow[] => {
    const isAdded = cells.id === '' || cells.id.startsWith(addMark);
    const { kind: _, by: _by, shown: _shown, id: _id, ...otherCells } = cells;
    if (isAdded && Object.values(otherCells).every((text) => text === '')) return [];
    const team = (cells.id.startsWith(addMark) ? cells.id.slice(addMark.length) : only) ?? null;
    return [{ sheet, line, cells: { ...cells, by: cells.by || by }, link: isAdded ? null : cells.id, team }];
  });
}

/** Reads all sheets of a workbook with our columns. Throws BAD_FILE, reason no_answers if none has them; CANCELLED. */
export async function readRows(
  { files }: Pick<Services, 'files'>,
  path: string,
  pace: Pace,
): Promise<AnsweredFile> {
  pace.onProgress?.({ kind: 'progress', step: 'reading', done: 0, total: null });
  await refuseOwnFile(path, files);
  const { bytes, name, sha256 } = await readFileBytes(path, { signal: pace.signal, limit: largestSheet });
  const { sheets, textOf, cellsIn } = await runSteps(pace, 'reading', readWorkbook(bytes, name));
  const rows: AnswerRow[] = [];
  let isOurs = false;
  for (const [at, sheet] of sheets.entries()) {
    const { lines } = await runSteps(pace, 'reading', cellsIn(textOf(at)));
    const found = rowsOf(sheet, lines);
    isOurs ||= found !== null;
    rows.push(...(found ?? []));
  }
  if (!isOurs) {
    throw fileRefusal('no_answers', { file: name });
  }
  return { name, sha256, rows };
}
