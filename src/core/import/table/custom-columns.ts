import type { SheetChoices, SheetProblem } from '#shared/contract/sheets.ts';
import { dayOrders, figuresOf, isDay, readDay, usualOrder } from '#shared/domain/days.ts';
import type { DayOrder, DaySign, WrittenDay } from '#shared/domain/days.ts';
import { plainNumber } from '#shared/domain/own-fields.ts';
import type { Cells, Mapping } from './choices.ts';
import { cellText, isBlank } from './table.ts';
import type { Cell, Line } from './table.ts';
import type { Reading, Writing } from './values.ts';

/** Days of a column that are written in figures with one sign between them: each such way has an order of its own. */
interface Way {
  /** Which figure is the day; null until somebody says it. */
  order: DayOrder | null;
  /** The person has said so; else it is what all who write so are agreed on, or what a value shows that only one order allows. */
  said: boolean;
  /** How many values are days by each order, and in all. */
  ordered: Record<DayOrder, number>;
  all: number;
  /** How many are days by that order only; with two figures of a year that says nothing. */
  only: Record<DayOrder, number>;
  /** The first value that is a day by that order; null where there is none. */
  examples: Record<DayOrder, string | null>;
  /** The first value that two orders read as two days, and the first with two figures of a year and with four. */
  either: string | null;
  short: string | null;
  long: string | null;
}

/** A column of one's own of which most values are days. */
export interface DateColumn {
  column: number;
  /** Values that are read as days, and those that are not (yet). */
  days: number;
  others: number;
  ways: ReadonlyMap<DaySign, Way>;
}

/** Rows looked at between two pauses. */
const piece = 500;

interface Looked {
  certain: number;
  rest: number;
  /** One of the rest is figures with dots between them, as versions are. */
  versions: boolean;
  ways: Map<DaySign, Way>;
}

/** Which columns of one's own hold days, and how many of their values are. Yields rows looked at. */
export function* findDates(
  rows: readonly Line[],
  { own }: Pick<Mapping, 'own'>,
  cells: Cells,
  { dates: chosen, skip }: Pick<SheetChoices, 'dates' | 'skip'>,
): Generator<number, ReadonlyMap<number, DateColumn>, void> {
  const found = new Map<number, DateColumn>();
  const left = new Set(skip);
  for (const { column } of own) {
    const said = chosen[column] ?? {};
    if (said === 'none') continue;
    const looked: Looked = { certain: 0, rest: 0, versions: false, ways: new Map() };
    for (const [at, row] of rows.entries()) {
      if (!left.has(row.line)) look(cells.look(row, column).cell, looked);
      if (at % piece === piece - 1) yield at;
    }
    const doubtful = said['.'] === undefined && mayBeVersions(looked);
    if (doubtful && areVersions(looked)) continue;
    const { certain, rest, ways } = looked;
    let [figures, read] = [0, 0];
    for (const [sign, way] of ways) {
      way.said = said[sign] !== undefined;
      way.order = said[sign] ?? (doubtful ? null : orderOf(sign, way));
      figures += way.all;
      read += way.order === null ? 0 : way.ordered[way.order];
    }
    if (certain + figures <= rest) continue;
    const days = certain + read;
    found.set(column, { column, days, others: certain + figures + rest - days, ways });
  }
  return found;
}

/** "1.2", "v1.2.10", "1.2.10-rc1". */
const version = /^v?\d+(?:\.\d+)+/i;

/** A day that no month has, "31.02.24": somebody's slip, and no version for that. */
function isSlip(text: string): boolean {
  const [, day = 0, month = 0] = /^(\d{1,2})\.(\d{1,2})\.\d{2}$/.exec(text.trim())?.map(Number) ?? [];
  return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/** "1.2.10" is a version as well as a day: where all days are written so, nothing says which. */
function mayBeVersions({ certain, ways }: Looked): boolean {
  const dots = ways.get('.');
  return certain === 0 && ways.size === 1 && dots !== undefined && dots.long === null;
}

/** Such values are versions where one among them is no day: "1.0.12". */
function areVersions({ versions, ways }: Looked): boolean {
  const dots = ways.get('.');
  return versions || (dots !== undefined && dots.ordered.day_first < dots.all);
}

function look(cell: Cell, looked: Looked): void {
  if (isBlank(cell)) return;
  const text = cellText(cell);
  const written = typeof cell === 'string' ? readDay(text) : null;
  const figures = figuresOf(text);
  if (!written) {
    looked.rest += 1;
    looked.versions ||= version.test(text) && !isSlip(text);
  } else if (!figures) looked.certain += 1;
  else {
    const way = looked.ways.get(figures.sign) ?? newWay();
    looked.ways.set(figures.sign, way);
    lookAt(text, written, figures.short, way);
  }
}

const newWay = (): Way => ({
  order: null,
  said: false,
  ordered: { day_first: 0, month_first: 0 },
  all: 0,
  only: { day_first: 0, month_first: 0 },
  examples: { day_first: null, month_first: null },
  either: null,
  short: null,
  long: null,
});

function lookAt(text: string, written: WrittenDay, short: boolean, way: Way): void {
  way.all += 1;
  if (short) way.short ??= text;
  else way.long ??= text;
  const { day_first, month_first } = written;
  if (!short && day_first !== null && month_first !== null && day_first !== month_first) way.either ??= text;
  for (const order of dayOrders) {
    if (written[order] === null) continue;
    way.ordered[order] += 1;
    way.examples[order] ??= text;
    const other = order === 'day_first' ? month_first : day_first;
    if (!short && other === null) way.only[order] += 1;
  }
}

/** The order that values show which only one allows, where they agree; else what all are agreed on who write so. */
function orderOf(sign: DaySign, { only }: Way): DayOrder | null {
  const shown = dayOrders.filter((order) => only[order] > 0);
  return shown.length === 1 ? (shown[0] as DayOrder) : usualOrder(sign);
}

/** What stands for all values of a way of writing: where the order is asked for or said, one that it is about. */
function exampleOf({ either, examples, order }: Way): string {
  const read = order === null ? null : examples[order];
  return either ?? read ?? examples.day_first ?? examples.month_first ?? '';
}

/** Reads one cell of a column of days. Nothing is guessed: what could be two days, and what is none, stays as it stands. */
export function readDate({ ways }: DateColumn, cell: Cell): Reading & { about?: string } {
  const text = cellText(cell);
  const written = typeof cell === 'string' ? readDay(text) : null;
  if (!written) return { problem: { code: 'not_a_date', action: 'kept' } };
  const figures = figuresOf(text);
  const way = figures === null ? undefined : ways.get(figures.sign);
  if (figures === null || way === undefined) {
    const day = written.day_first as string;
    const told = !isDay(text) && !/^\d{4}-/.test(text);
    return told
      ? { value: day, problem: { code: 'converted', action: 'converted', becomes: day } }
      : { value: day };
  }
  const { order, said, short } = way;
  if (order === null) return { about: exampleOf(way), problem: { code: 'date_order', action: 'kept' } };
  const day = written[order];
  if (day === null) return { problem: { code: 'not_a_date', action: 'kept' } };
  // Nobody has said it, or not in which century: one of all is told of.
  if (said && !figures.short) return { value: day };
  const about = (figures.short ? short : null) ?? exampleOf(way);
  const becomes = readDay(about)?.[order] ?? day;
  return { value: day, about, problem: { code: 'date_read', action: 'converted', becomes } };
}

/** By which orders days that are written as `value` is may be read, each with a value that it reads and with how many. */
export function ordersOf({ ways }: DateColumn, value: string): SheetProblem['suggestions'] {
  const way = ways.get(figuresOf(value)?.sign ?? '/');
  if (!way) return [];
  return dayOrders.flatMap((order) => {
    const label = way.either ?? way.examples[order];
    return label === null ? [] : [{ value: order, label, rows: way.ordered[order] }];
  });
}

/** Which orders a column is read by, each with a value and the day that it is. */
export function readOrders({ ways }: DateColumn): { order: DayOrder; value: string; day: string }[] {
  return [...ways.values()].flatMap((way) => {
    const { order } = way;
    const value = exampleOf(way);
    const day = order === null ? null : (readDay(value)?.[order] ?? null);
    return order === null || day === null ? [] : [{ order, value, day }];
  });
}

/** The custom columns that hold numbers, each with what reads one of its values. */
export type NumberColumns = ReadonlyMap<number, (text: string) => number | null>;

const withPoint = (text: string): number | null =>
  plainNumber(/^-?[1-9]\d{0,2}(?:,\d{3})+\.\d+$/.test(text) ? text.replaceAll(',', '') : text);

const withComma = (text: string): number | null =>
  /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/.test(text)
    ? plainNumber(text.replaceAll('.', '').replace(',', '.'))
    : null;

/**
 * Which custom columns hold nothing but numbers, in the notation of the file: a decimal comma where the table has such, or where the
 * column shows it. Codes and telephone numbers (leading 0 or +) are no numbers. Yields rows looked at.
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
      // "1,234" may be a thousand: other decimals say that the comma is a decimal one.
      telling ||= /,\d+$/.test(text) && !/,\d{3}$/.test(text);
      if (!point && !comma) break;
    }
    if (filled === 0) continue;
    const isComma = comma && telling && (decimalComma || !point);
    if (isComma || point) found.set(column, isComma ? withComma : withPoint);
  }
  return found;
}
