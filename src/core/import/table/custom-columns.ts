import type { SheetChoices, SheetProblem } from '#shared/contract/sheets.ts';
import { dayOrders, figuresOf, isDay, isDayWithTime, readDay, usualOrder } from '#shared/domain/days.ts';
import type { DayOrder, DaySign, WrittenDay } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import { plainNumber } from '#shared/domain/own-fields.ts';
import type { Cells, Mapping } from './choices.ts';
import { cellText, isBlank } from './table.ts';
import type { Cell, Line } from './table.ts';
import { readCell } from './values.ts';
import type { Reading, Writing } from './values.ts';

/** Dates of a column in numbers with one separator; each separator has its own order. */
interface Way {
  /** Position of the day; null until the user decides. */
  order: DayOrder | null;
  /** Decided by the user, or by values that only one order allows. */
  isDecided: boolean;
  /** Number of dates: in total, by each order, and by that order only (with a four-digit year). */
  all: number;
  ordered: Record<DayOrder, number>;
  only: Record<DayOrder, number>;
  /** An example: a value that both orders can read, if any. */
  example: string;
  either: boolean;
  /** The first value with a two-digit year, or ''. */
  short: string;
  long: boolean;
}

/** A date field's column, or a custom column of which most values are dates. */
export interface DateColumn {
  column: number;
  /** Values that are read as dates, and those that are not (yet). */
  days: number;
  others: number;
  ways: ReadonlyMap<DaySign, Way>;
}

const piece = 500;

interface Looked {
  certain: number;
  rest: number;
  ways: Map<DaySign, Way>;
}

/** The columns of dates, with the number of their values that are dates. Yields rows read. */
export function* findDates(
  rows: readonly Line[],
  { own, fields }: Pick<Mapping, 'own' | 'fields'>,
  cells: Cells,
  { dates: chosen, skip }: Pick<SheetChoices, 'dates' | 'skip'>,
): Generator<number, ReadonlyMap<number, DateColumn>, void> {
  const found = new Map<number, DateColumn>();
  const left = new Set(skip);
  const declared = new Set(fields.flatMap(({ column, field }) => (field.kind === 'date' ? [column] : [])));
  for (const column of [...declared, ...own.map((one) => one.column)]) {
    const isDeclared = declared.has(column);
    const choice = chosen[column] ?? {};
    if (choice === 'none' && !isDeclared) continue;
    const orders = choice === 'none' ? {} : choice;
    const looked: Looked = { certain: 0, rest: 0, ways: new Map() };
    for (const [at, row] of rows.entries()) {
      if (!left.has(row.line)) look(cells.look(row, column).cell, looked);
      if (at % piece === piece - 1) yield at;
    }
    const { certain, rest, ways } = looked;
    const dots = ways.get('.');
    // "1.2.10" may be a version: if all dates look so, nothing decides, and "10.15.10" shows that they are none.
    const doubtful =
      !isDeclared && orders['.'] === undefined && certain === 0 && ways.size === 1 && dots?.long === false;
    if (doubtful && dots.ordered.day_first < dots.all) continue;
    let [figures, read] = [0, 0];
    for (const [sign, way] of ways) {
      way.isDecided = orders[sign] !== undefined;
      way.order = orders[sign] ?? (doubtful ? null : orderOf(sign, way));
      figures += way.all;
      read += way.order === null ? 0 : way.ordered[way.order];
    }
    if (!isDeclared && certain + figures <= rest) continue;
    const days = certain + read;
    found.set(column, { column, days, others: certain + figures + rest - days, ways });
  }
  return found;
}

function look(cell: Cell, looked: Looked): void {
  if (isBlank(cell)) return;
  const text = cellText(cell);
  const written = typeof cell === 'string' ? readDay(text) : null;
  const figures = figuresOf(text);
  if (!written) looked.rest += 1;
  else if (!figures) looked.certain += 1;
  else {
    const way = looked.ways.get(figures.sign) ?? newWay(text);
    looked.ways.set(figures.sign, way);
    lookAt(text, written, figures.short, way);
  }
}

const newWay = (example: string): Way => ({
  order: null,
  isDecided: false,
  all: 0,
  ordered: { day_first: 0, month_first: 0 },
  only: { day_first: 0, month_first: 0 },
  example,
  either: false,
  short: '',
  long: false,
});

function lookAt(text: string, { day_first, month_first }: WrittenDay, short: boolean, way: Way): void {
  way.all += 1;
  way.long ||= !short;
  if (short && way.short === '') way.short = text;
  if (day_first !== null) way.ordered.day_first += 1;
  if (month_first !== null) way.ordered.month_first += 1;
  if (!short && month_first === null) way.only.day_first += 1;
  if (!short && day_first === null) way.only.month_first += 1;
  if (way.either || short || day_first === null || month_first === null || day_first === month_first) return;
  way.either = true;
  way.example = text;
}

/** The order that unambiguous values agree on; else the usual one of the notation. */
function orderOf(sign: DaySign, { only }: Way): DayOrder | null {
  const shown = dayOrders.filter((order) => only[order] > 0);
  return shown.length === 1 ? (shown[0] as DayOrder) : usualOrder(sign);
}

/** A cell of a column of dates; `about` is the example for its notation. */
export type ReadDay = Reading & { about?: string };

/** Reads one cell of a column of dates. Ambiguous values and other texts stay as they are. */
export function readDate({ ways }: DateColumn, cell: Cell): ReadDay {
  const text = cellText(cell);
  const written = typeof cell === 'string' ? readDay(text) : null;
  if (!written) return { problem: { code: 'not_a_date', action: 'kept' } };
  const figures = figuresOf(text);
  const way = figures === null ? undefined : ways.get(figures.sign);
  if (figures === null || way === undefined) {
    const day = written.day_first as string;
    const isReported = !isDay(text) && !/^\d{4}-/.test(text);
    return isReported
      ? { value: day, problem: { code: 'converted', action: 'converted', becomes: day } }
      : { value: day };
  }
  const { order, isDecided, short, example } = way;
  if (order === null) return { about: example, problem: { code: 'date_order', action: 'kept' } };
  const day = written[order];
  if (day === null) return { problem: { code: 'not_a_date', action: 'kept' } };
  // Undecided, or the century is unknown: one problem for all.
  if (isDecided && !figures.short) return { value: day };
  const about = figures.short ? short : example;
  const becomes = readDay(about)?.[order] ?? day;
  return { value: day, about, problem: { code: 'date_read', action: 'converted', becomes } };
}

/**
 * Reads one cell of a date field. A date that only one order allows is taken whatever the column's order. Other text is kept; a date with a
 * time is accepted.
 */
export function readDateField(field: Field, cell: Cell, writing: Writing, dates: DateColumn): ReadDay {
  const single = readCell(field, cell, writing);
  if (single.aside || isDayWithTime(cellText(cell))) return single;
  const ordered = readDate(dates, cell);
  if (ordered.value !== undefined) return ordered;
  return single.problem ? single : { ...single, ...ordered };
}

/** The orders by which a value can be read. */
export function ordersOf(value: string): SheetProblem['suggestions'] {
  const written = readDay(value);
  return dayOrders.flatMap((order) => (written?.[order] == null ? [] : [{ value: order, label: value }]));
}

/** The custom columns of numbers, each with the function that reads a value. */
export type NumberColumns = ReadonlyMap<number, (text: string) => number | null>;

const withPoint = (text: string): number | null =>
  plainNumber(/^-?[1-9]\d{0,2}(?:,\d{3})+\.\d+$/.test(text) ? text.replaceAll(',', '') : text);

const withComma = (text: string): number | null =>
  /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/.test(text)
    ? plainNumber(text.replaceAll('.', '').replace(',', '.'))
    : null;

/**
 * The custom columns with nothing but numbers in the table's notation. Codes and telephone numbers (leading 0 or +) are not numbers. Yields
 * rows read.
 */
export function* findNumbers(
  rows: readonly Line[],
  columns: readonly number[],
  cells: Cells,
  { decimalComma }: Writing,
): Generator<number, NumberColumns, void> {
  const found = new Map<number, (text: string) => number | null>();
  for (const column of columns) {
    let [filled, point, comma, telling] = [0, true, true, decimalComma];
    for (const [at, row] of rows.entries()) {
      const { cell } = cells.look(row, column);
      if (at % 500 === 499) yield at;
      if (cell === null || typeof cell === 'number') continue;
      const text = cellText(cell);
      filled += 1;
      point &&= typeof cell === 'string' && withPoint(text) !== null;
      comma &&= typeof cell === 'string' && withComma(text) !== null;
      // "1,234" may be a thousand: other values show that the comma is decimal.
      telling ||= /,\d+$/.test(text) && !/,\d{3}$/.test(text);
      if (!point && !comma) break;
    }
    if (filled === 0) continue;
    const isComma = comma && telling && (decimalComma || !point);
    if (isComma || point) found.set(column, isComma ? withComma : withPoint);
  }
  return found;
}

/** The notation of a table's numbers. */
export interface NumberWriting {
  decimalComma: boolean;
  /** If the table is ambiguous or inconsistent: the first ambiguous number, as "1,250" or "1.200". */
  doubtful: { line: number; column: number; field: string; value: string } | null;
}

const singleSign = /^[^\d.,]*(\d+)([.,])(\d+)[^\d.,]*$/;

/** The decimal separator of a number; null if it has none or is ambiguous. */
function decimalIn(text: string): ',' | '.' | 'either' | null {
  const signs = text.replaceAll(/[^.,]/g, '');
  if (signs === '') return null;
  const last = signs.at(-1) as ',' | '.';
  if (new Set(signs).size === 2) return last;
  // Several of one kind separate thousands.
  if (signs.length > 1) return last === ',' ? '.' : ',';
  const [, whole = '', , decimals = ''] = singleSign.exec(text) ?? [];
  if (whole === '') return null;
  return decimals.length === 3 && whole.length <= 3 && !whole.startsWith('0') ? 'either' : last;
}

/** The notation of a table's numbers: chosen, or shown by unambiguous numbers, or suggested by the delimiter. */
export function findNumberWriting(
  rows: readonly Line[],
  { fields }: Mapping,
  cells: Cells,
  { decimals, suggested }: Pick<SheetChoices, 'decimals'> & { suggested: boolean },
): NumberWriting {
  if (decimals !== 'guess') return { decimalComma: decimals === 'comma', doubtful: null };
  const shown = new Set<',' | '.'>();
  let doubtful: NumberWriting['doubtful'] = null;
  for (const { column, field } of fields) {
    if (field.kind !== 'number') continue;
    for (const row of rows) {
      const { cell } = cells.look(row, column);
      if (typeof cell !== 'string') continue;
      const value = cellText(cell);
      const decimal = decimalIn(value);
      if (decimal === 'either') doubtful ??= { line: row.line, column, field: field.key, value };
      else if (decimal !== null) shown.add(decimal);
    }
  }
  if (shown.size !== 1) return { decimalComma: suggested, doubtful };
  return { decimalComma: shown.has(','), doubtful: null };
}
