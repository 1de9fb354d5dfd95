import { longestCell } from '#shared/contract/export-list.ts';
import { columnLetters } from '../column-letters.ts';
import { megabytes } from '../megabytes.ts';
import type { Cell } from './cells.ts';
import { sheetStart, styles, workbookParts, xmlText } from './xlsx-parts.ts';
import { refusal } from '../refuse.ts';
import { largestEntry, zipPieces } from './zip.ts';

const dayLength = 86_400_000;
/** Day 0 of spreadsheets, 1899-12-30, in days before 1970. */
const epoch = 25_569;
/** Below it spreadsheets count days that never were; such a moment is written as text. */
const firstSafe = Date.UTC(1900, 2, 1);

function textCell(place: string, text: string, style = ''): string {
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

/** Cuts a text that is too long for a cell, never within a character, and tells of it. */
function fitting(text: string, onCut: () => void): string {
  if (text.length <= longestCell) return text;
  onCut();
  return `${text
    .slice(0, longestCell - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

function cellXml(place: string, cell: Cell, onCut: () => void): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') return textCell(place, fitting(cell, onCut));
  if ('day' in cell) {
    const start = Date.parse(`${cell.day}T00:00:00Z`);
    if (start < firstSafe) return textCell(place, cell.day);
    return `<c r="${place}" s="${styles.day}"><v>${start / dayLength + epoch}</v></c>`;
  }
  if (cell.wall < firstSafe) return textCell(place, new Date(cell.wall).toISOString());
  return `<c r="${place}" s="${styles.moment}"><v>${cell.wall / dayLength + epoch}</v></c>`;
}

const shown = (cell: Cell): number =>
  cell === null
    ? 0
    : typeof cell === 'object'
      ? 'day' in cell
        ? 10
        : 19
      : (String(cell).split('\n', 1)[0]?.length ?? 0);

/** How wide each column is, in characters: as its label and the first rows need, within reason. */
function widths(labels: readonly string[], rows: readonly Cell[][]): string {
  const columns = labels.map((label, index) => {
    const longest = rows.reduce((most, row) => Math.max(most, shown(row[index] ?? null)), label.length + 3);
    const number = index + 1;
    return `<col min="${number}" max="${number}" width="${Math.min(60, longest + 2)}" customWidth="1"/>`;
  });
  return `<cols>${columns.join('')}</cols>`;
}

const frozen =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

export interface Sheet {
  name: string;
  labels: readonly string[];
  batches: Iterable<readonly Cell[][]>;
  /** Called for each cell whose text had to be cut. */
  onCut: () => void;
  /** What the file is called, for saying that it would be too large. */
  file: string;
  /** Bytes of the sheet, unpacked: as many as the format can say. Less in tests. */
  most?: number;
}

function* sheetPieces({ labels, batches, onCut }: Sheet): Generator<string, void, void> {
  const letters = labels.map((_, index) => columnLetters(index));
  const header = labels.map((label, index) =>
    textCell(`${letters[index]}1`, fitting(label, onCut), ` s="${styles.header}"`),
  );
  let row = 1;
  let start = true;
  const begin = (first: readonly Cell[][]): string =>
    `${sheetStart}${frozen}${widths(labels, first)}<sheetData><row r="1">${header.join('')}</row>`;
  for (const rows of batches) {
    const lines = rows.map((cells) => {
      row += 1;
      const inside = cells.map((cell, index) => cellXml(`${letters[index]}${row}`, cell, onCut)).join('');
      return `<row r="${row}">${inside}</row>`;
    });
    yield (start ? begin(rows) : '') + lines.join('');
    start = false;
  }
  const all = `A1:${letters.at(-1)}${row}`;
  yield `${start ? begin([]) : ''}</sheetData><autoFilter ref="${all}"/></worksheet>`;
}

/**
 * A spreadsheet file (Office Open XML) of one sheet, in pieces: a bold header that stays while one scrolls and can be filtered by,
 * numbers as numbers, moments and days as such. Texts are texts: a cell that begins with = is not computed. Throws BAD_FILE, reason too_large,
 * where the sheet would be larger than the format can hold.
 */
export function xlsxPieces(sheet: Sheet): Generator<Buffer, void, void> {
  const content = sheetPieces(sheet);
  const { most = largestEntry, file } = sheet;
  const refuse = (): never => {
    throw refusal(
      'too_large',
      `${file} would need a sheet of more than ${megabytes(most)}, which no spreadsheet file holds. Narrow the list, show fewer columns, or choose CSV.`,
    );
  };
  const parts = [...workbookParts(sheet.name), { name: 'xl/worksheets/sheet1.xml', content }];
  return zipPieces(parts, { most, refuse });
}
