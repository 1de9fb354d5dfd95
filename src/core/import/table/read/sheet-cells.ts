import { clause } from '#shared/texts/sentence.ts';
import { formatMegabytes, maxSheetColumns, fileRefusal } from '../../../kernel/files/refusal.ts';
import { columnLetters, cutTo } from '../../../model/interchange/headings.ts';
import { Notices } from '../../notices.ts';
import { tooManyRowsFault, tooManyColumnsFault } from './csv.ts';
import { maxCellLength, maxMerges, maxRows, maxSheetCharacters } from './limits.ts';
import { isBlank } from '../cell.ts';
import type { Cell, Line } from '../cell.ts';
import type { Merge, RawSheet } from './table.ts';
import { openWorkbook, readStrings, unescapeCharacters } from './workbook.ts';
import type { Workbook } from './workbook.ts';
import { parseXml } from '../../../kernel/files/xml.ts';
import { openZip } from '../../../kernel/files/zip.ts';
import type { XmlHandler } from '../../../kernel/files/xml.ts';

const maxRowNumber = 1_048_576;

export type CellSources = Pick<Workbook, 'from1904' | 'styles'> & { strings: readonly string[] };

/** A workbook whose sheets are unpacked when read. */
export interface OpenedWorkbook {
  sheets: readonly string[];
  /** Number of hidden sheets, the last ones of `sheets`. */
  hiddenSheets: number;
  textOf: (sheet: number) => string;
  /** The cells of a sheet's text. */
  cellsIn: (text: string, rowLimit?: number) => Generator<number, WorkbookSheet, void>;
}

/** A sheet with its hidden rows, by line, and its hidden columns. */
export interface WorkbookSheet extends RawSheet {
  hidden: { rows: ReadonlySet<number>; columns: ReadonlySet<number> };
}

/** The visible part of a sheet. */
export function withoutHidden({ hidden, ...sheet }: WorkbookSheet): RawSheet {
  const lines = sheet.lines
    .filter(({ line }) => !hidden.rows.has(line))
    .map(({ line, cells }) => ({
      line,
      cells: cells.map((cell, column) => (hidden.columns.has(column) ? null : cell)),
    }))
    .filter(({ cells }) => !cells.every(isBlank));
  const columns = [...hidden.columns].filter((column) =>
    sheet.lines.some(({ cells }) => !isBlank(cells[column])),
  );
  const notices = new Notices();
  notices.addAll(sheet.notices);
  if (hidden.rows.size > 0) notices.add('hidden_rows', { count: hidden.rows.size });
  if (columns.length > 0)
    notices.add('hidden_columns', {
      count: columns.length,
      params: {
        columns: columns
          .toSorted((a, b) => a - b)
          .map(columnLetters)
          .join(', '),
      },
    });
  return { ...sheet, lines, notices: notices.list() };
}

/** Opens the workbook `file` and reads its shared texts. Yields progress. Throws BAD_FILE. */
export function* readWorkbook(bytes: Buffer, file: string): Generator<number, OpenedWorkbook, void> {
  const zip = openZip(bytes, file);
  const workbook = openWorkbook(zip);
  const { sheets, stringsPart } = workbook;
  const sharedTexts = stringsPart === null ? '' : zip.text(stringsPart);
  const sources = { ...workbook, strings: sharedTexts === '' ? [] : yield* readStrings(sharedTexts, file) };
  return {
    sheets: sheets.map(({ name }) => name),
    hiddenSheets: sheets.filter(({ isHidden }) => isHidden).length,
    textOf: (sheet) => zip.text((sheets[sheet] as { part: string }).part),
    cellsIn: (text, rowLimit) => readCells(text, file, sources, rowLimit),
  };
}

/** Reads the cells of one sheet of the workbook `file`, at most `rowLimit` rows. Yields progress. Throws BAD_FILE. */
export function* readCells(
  text: string,
  file: string,
  sources: CellSources,
  rowLimit = Infinity,
): Generator<number, WorkbookSheet, void> {
  const reader = new CellReader(sources);
  for (const offset of parseXml(text, file, reader)) {
    if (reader.lines.length >= rowLimit) break;
    yield offset;
  }
  const notices = new Notices();
  const { formulas, merges } = reader;
  if (formulas.count > 0)
    notices.add('formula_without_value', {
      count: formulas.count,
      where: { line: formulas.line },
      params: { cell: formulas.cell },
    });
  const { hiddenRows: rows, hiddenColumns } = reader;
  const width = reader.lines.reduce((max, { cells }) => Math.max(max, cells.length), 0);
  const columns = new Set(
    Array.from({ length: width }, (_, column) => column).filter((column) =>
      hiddenColumns.some(([first, last]) => first <= column && column <= last),
    ),
  );
  return {
    lines: reader.lines,
    merges,
    notices: notices.list(),
    decimalComma: false,
    hidden: { rows, columns },
  };
}

interface OpenCell {
  column: number;
  type: string;
  style: number;
  parts: string[];
  hasFormula: boolean;
}

class CellReader implements XmlHandler {
  readonly lines: Line[] = [];
  readonly merges: Merge[] = [];
  /** The number of formulas that were never calculated, and the first such cell. */
  readonly formulas = { count: 0, line: 0, cell: '' };
  readonly hiddenRows = new Set<number>();
  readonly hiddenColumns: [first: number, last: number][] = [];
  readonly #workbook: CellSources;
  #row = 0;
  #isHiddenRow = false;
  #nextColumn = 0;
  #cells: Cell[] = [];
  #cell: OpenCell | null = null;
  #characters = 0;
  #isInValue = false;
  #isPhonetic = false;

  constructor(workbook: CellSources) {
    this.#workbook = workbook;
  }

  open(tag: string, attributes: Readonly<Record<string, string>>): void {
    const { r: address, t: type = 'n', s: style = '0', hidden = '' } = attributes;
    const isHidden = ['1', 'true'].includes(hidden);
    if (tag === 'row') {
      const rowNumber = Number(address ?? this.#row + 1);
      if (!Number.isInteger(rowNumber) || rowNumber <= this.#row || rowNumber > maxRowNumber)
        throw damagedRowFault(this.#row);
      this.#row = rowNumber;
      this.#isHiddenRow = isHidden;
      this.#nextColumn = 0;
      this.#cells = [];
    } else if (tag === 'col') {
      // Some programs hide all columns behind the last one.
      if (isHidden) this.hiddenColumns.push([Number(attributes.min) - 1, Number(attributes.max) - 1]);
    } else if (tag === 'c') {
      const column = address === undefined ? this.#nextColumn : columnOf(address);
      this.#nextColumn = column + 1;
      this.#cell = { column, type, style: Number(style), parts: [], hasFormula: false };
    } else if (tag === 'f' && this.#cell) this.#cell.hasFormula = true;
    else if (tag === 'mergeCell') this.#addMerge(attributes.ref ?? '');
    else if (tag === 'rPh') this.#isPhonetic = true;
    // A formula is in <f>, its result in <v>.
    else if (tag === 'v' || (tag === 't' && !this.#isPhonetic)) this.#isInValue = this.#cell !== null;
  }

  text(value: string): void {
    if (this.#isInValue && value !== '') this.#cell?.parts.push(value);
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isInValue = false;
    else if (name === 'rPh') this.#isPhonetic = false;
    else if (name === 'c' && this.#cell) this.#storeCell(this.#cell);
    else if (name === 'row') this.#endRow();
  }

  #storeCell(cell: OpenCell): void {
    this.#cell = null;
    const value = this.#valueOf(cell);
    if (cell.hasFormula && cell.parts.length === 0 && cell.type !== 'str') {
      if (this.formulas.count === 0)
        Object.assign(this.formulas, { line: this.#row, cell: `${columnLetters(cell.column)}${this.#row}` });
      this.formulas.count += 1;
    }
    if (isBlank(value)) return;
    if (cell.column >= maxSheetColumns || cell.column < 0) {
      throw tooManyColumnsFault(this.#row);
    }
    if (typeof value === 'string') this.#characters += value.length;
    if (this.#characters > maxSheetCharacters) throw tooMuchTextFault(this.#row);
    while (this.#cells.length < cell.column) this.#cells.push(null);
    this.#cells[cell.column] = value;
  }

  #addMerge(ref: string): void {
    const [, from = '', line = '', to = '', lastLine = ''] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/i.exec(ref) ?? [];
    const merge = {
      line: Number(line),
      lastLine: Number(lastLine),
      column: columnOf(from),
      lastColumn: columnOf(to),
    };
    if (merge.line < 1 || merge.lastLine < merge.line || merge.lastColumn < merge.column) return;
    if (this.merges.length >= maxMerges) throw tooManyMergesFault();
    this.merges.push(merge);
  }

  #endRow(): void {
    if (this.#cells.length === 0) return;
    if (this.#isHiddenRow) this.hiddenRows.add(this.#row);
    if (this.lines.length >= maxRows) throw tooManyRowsFault();
    this.lines.push({ line: this.#row, cells: this.#cells });
    this.#cells = [];
  }

  #valueOf({ type, style, parts }: OpenCell): Cell {
    const raw = parts.length === 1 ? (parts[0] as string) : parts.join('');
    if (type === 's') return cutCell(this.#workbook.strings[Number(raw)] ?? '');
    if (type === 'inlineStr' || type === 'str') return cutCell(unescapeCharacters(raw));
    if (type === 'e') return cutCell(raw);
    if (type === 'd') return cutCell(raw.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, ''));
    if (raw === '') return null;
    if (type === 'b') return raw === '1' || raw === 'true';
    const number = Number(raw);
    // A number that a double cannot hold is an identifier.
    if (!Number.isFinite(number) || (/^-?\d{16,}$/.test(raw) && String(number) !== raw)) return cutCell(raw);
    const numberStyle = this.#workbook.styles[style] ?? 'number';
    if (typeof numberStyle === 'object') return applyDigits(number, numberStyle.digits);
    if (numberStyle === 'percent' && Math.abs(number) < 1e12) return `${roundDecimals(number * 100)}%`;
    return numberStyle === 'date' ? (dateText(number, this.#workbook.from1904) ?? number) : number;
  }
}

/** A number in its format: 12 as 000012, 12345 as 12-345; unchanged if the format does not apply. */
function applyDigits(number: number, format: string): Cell {
  if (!Number.isSafeInteger(number) || number < 0) return number;
  const digitCount = format.replaceAll(/[^0]/g, '').length;
  const digits = String(number).padStart(digitCount, '0');
  let digitIndex = digits.length - digitCount;
  const formatted = format.replaceAll('0', () => digits.charAt(digitIndex++));
  return digits.length > digitCount
    ? formatted.replace(/\d/, `${digits.slice(0, digits.length - digitCount)}$&`)
    : formatted;
}

/** A cell's text, cut to the limit; half a surrogate pair becomes the replacement character. */
const cutCell = (text: string): string => cutTo(text, maxCellLength).toWellFormed();

const tooMuchTextFault = (row: number) =>
  fileRefusal(
    'too_large',
    { why: clause('sheetText', { limit: formatMegabytes(maxSheetCharacters) }) },
    { line: row },
  );

const tooManyMergesFault = () => fileRefusal('too_large', { why: clause('merges', { count: maxMerges }) });

const damagedRowFault = (row: number) =>
  fileRefusal('damaged_workbook', { why: clause('afterRow') }, { line: row });

/** The column of an address such as B12, from 0; -1 if invalid. */
function columnOf(address: string): number {
  let column = 0;
  for (let index = 0; index < address.length; index++) {
    // The letter's place in the alphabet, ignoring case.
    const letter = (address.charCodeAt(index) | 32) - 96;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
    if (column > maxRowNumber) break;
  }
  return column - 1;
}

/** Rounded, without errors of binary arithmetic. */
const roundDecimals = (value: number): number => Math.round(value * 1e6) / 1e6;

const dayMs = 86_400_000;
/** Day zero of spreadsheets, correct from March 1900 on. */
const dayZero = Date.UTC(1899, 11, 30);
const daysUntil1904 = 1462;
/** 31 December 9999. */
const lastDay = 2_958_465;
/** Spreadsheets count 29 February 1900, which did not exist; earlier days are shifted by one day. */
const nonexistentDay = 60;

/** A spreadsheet's day number as text: `2026-05-15`, with time `2026-05-15 13:30`, time alone `13:30`; null if invalid. */
export function dateText(serial: number, from1904: boolean): string | null {
  const days = serial + (from1904 ? daysUntil1904 : 0);
  if (serial < 0 || days > lastDay) return null;
  const shift = !from1904 && days < nonexistentDay ? 1 : 0;
  const text = new Date(Math.round((dayZero + (days + shift) * dayMs) / 1000) * 1000).toISOString();
  const time = text.slice(11, 16);
  if (serial < 1) return time;
  const day = !from1904 && Math.floor(days) === nonexistentDay ? '1900-02-29' : text.slice(0, 10);
  return serial === Math.floor(serial) ? day : `${day} ${time}`;
}
