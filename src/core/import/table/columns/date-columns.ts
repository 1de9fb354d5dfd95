import type { SheetChoices } from '#shared/contract/sheets.ts';
import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { dayOrders, numericFormat, isDay, isDayWithTime, parseDay, fixedOrder } from '#shared/domain/days.ts';
import type { DayOrder, DaySeparator, DayByOrder } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Cells, Mapping } from '../choices.ts';
import { cellText, isBlank } from '../cell.ts';
import type { Cell, Line } from '../cell.ts';
import { readCell } from '../values.ts';
import type { Reading } from '../values.ts';

/** The dates of a column that are written in numbers with one separator; each separator has an order of its own. */
interface DateNotation {
  /** Position of the day; null until the user decides. */
  order: DayOrder | null;
  /** Whether the user chose the order. */
  isChosen: boolean;
  /** Number of dates: all, those that an order can read, and those that only that order can read (with a four-digit year). */
  count: number;
  countByOrder: Record<DayOrder, number>;
  onlyByOrder: Record<DayOrder, number>;
  /** An example: a value that both orders can read, if any. */
  example: string;
  isExampleAmbiguous: boolean;
  /** The first value with a two-digit year, or ''. */
  shortYearExample: string;
  hasFullYear: boolean;
}

/** A date field's column, or a custom column of which most values are dates. */
export interface DateColumn {
  column: number;
  /** Number of values that are read as dates, and of those that are not (yet). */
  dateCount: number;
  otherCount: number;
  notations: ReadonlyMap<DaySeparator, DateNotation>;
}

const rowsPerYield = 500;

interface ColumnTally {
  certainCount: number;
  nonDateCount: number;
  notations: Map<DaySeparator, DateNotation>;
}

/** Finds the columns of dates. Yields the number of rows read. */
export function* findDates(
  rows: readonly Line[],
  { customFields, fields }: Pick<Mapping, 'customFields' | 'fields'>,
  cells: Cells,
  { dates: chosenOrders, skip }: Pick<SheetChoices, 'dates' | 'skip'>,
): Generator<number, ReadonlyMap<number, DateColumn>, void> {
  const dateColumns = new Map<number, DateColumn>();
  const skippedLines = new Set(skip);
  const dateFieldColumns = new Set(
    fields.flatMap(({ column, field }) => (field.kind === 'date' ? [column] : [])),
  );
  for (const column of [...dateFieldColumns, ...customFields.map((one) => one.column)]) {
    const isDeclared = dateFieldColumns.has(column);
    const choice = chosenOrders[column] ?? {};
    if (choice === 'none' && !isDeclared) continue;
    const orders = choice === 'none' ? {} : choice;
    const tally: ColumnTally = { certainCount: 0, nonDateCount: 0, notations: new Map() };
    for (const [index, row] of rows.entries()) {
      if (!skippedLines.has(row.line)) tallyCell(cells.peekAt(row, column).cell, tally);
      if (index % rowsPerYield === rowsPerYield - 1) yield index;
    }
    const { certainCount, nonDateCount, notations } = tally;
    const pointNotation = notations.get('.');
    // "1.2.10" can be a version. If all dates are like it, no order is chosen, and "10.15.10" shows that they are not dates.
    const isDoubtful =
      !isDeclared &&
      orders['.'] === undefined &&
      certainCount === 0 &&
      notations.size === 1 &&
      pointNotation?.hasFullYear === false;
    if (isDoubtful && pointNotation.countByOrder.day_first < pointNotation.count) continue;
    let [numericCount, readCount] = [0, 0];
    for (const [separator, notation] of notations) {
      notation.isChosen = orders[separator] !== undefined;
      notation.order = orders[separator] ?? (isDoubtful ? null : orderOf(separator, notation));
      numericCount += notation.count;
      readCount += notation.order === null ? 0 : notation.countByOrder[notation.order];
    }
    if (!isDeclared && certainCount + numericCount <= nonDateCount) continue;
    const dateCount = certainCount + readCount;
    dateColumns.set(column, {
      column,
      dateCount,
      otherCount: certainCount + numericCount + nonDateCount - dateCount,
      notations,
    });
  }
  return dateColumns;
}

function tallyCell(cell: Cell, tally: ColumnTally): void {
  if (isBlank(cell)) return;
  const text = cellText(cell);
  const dayByOrder = typeof cell === 'string' ? parseDay(text) : null;
  const numericParts = numericFormat(text);
  if (!dayByOrder) tally.nonDateCount += 1;
  else if (!numericParts) tally.certainCount += 1;
  else {
    const notation = tally.notations.get(numericParts.separator) ?? newNotation(text);
    tally.notations.set(numericParts.separator, notation);
    tallyDate(text, dayByOrder, numericParts.hasShortYear, notation);
  }
}

const newNotation = (example: string): DateNotation => ({
  order: null,
  isChosen: false,
  count: 0,
  countByOrder: { day_first: 0, month_first: 0 },
  onlyByOrder: { day_first: 0, month_first: 0 },
  example,
  isExampleAmbiguous: false,
  shortYearExample: '',
  hasFullYear: false,
});

function tallyDate(
  text: string,
  { day_first, month_first }: DayByOrder,
  isShortYear: boolean,
  notation: DateNotation,
): void {
  notation.count += 1;
  notation.hasFullYear ||= !isShortYear;
  if (isShortYear && notation.shortYearExample === '') notation.shortYearExample = text;
  if (day_first !== null) notation.countByOrder.day_first += 1;
  if (month_first !== null) notation.countByOrder.month_first += 1;
  if (!isShortYear && month_first === null) notation.onlyByOrder.day_first += 1;
  if (!isShortYear && day_first === null) notation.onlyByOrder.month_first += 1;
  if (
    notation.isExampleAmbiguous ||
    isShortYear ||
    day_first === null ||
    month_first === null ||
    day_first === month_first
  )
    return;
  notation.isExampleAmbiguous = true;
  notation.example = text;
}

/** The order that unambiguous values agree on; else the usual order for the separator. */
function orderOf(separator: DaySeparator, { onlyByOrder }: DateNotation): DayOrder | null {
  const provenOrders = dayOrders.filter((order) => onlyByOrder[order] > 0);
  return provenOrders.length === 1 ? (provenOrders[0] as DayOrder) : fixedOrder(separator);
}

/** The result of reading a cell of a column of dates; `example` is the value that a problem shows. */
export type DateReading = Reading & { example?: string };

/** Reads one cell of a column of dates. Ambiguous values and other texts stay as they are. */
export function readDate({ notations }: DateColumn, cell: Cell): DateReading {
  const text = cellText(cell);
  const dayByOrder = typeof cell === 'string' ? parseDay(text) : null;
  if (!dayByOrder) return { problem: { code: 'not_a_date', action: 'kept' } };
  const numericParts = numericFormat(text);
  const notation = numericParts === null ? undefined : notations.get(numericParts.separator);
  if (numericParts === null || notation === undefined) {
    const day = dayByOrder.day_first as string;
    const isReported = !isDay(text) && !/^\d{4}-/.test(text);
    return isReported
      ? { value: day, problem: { code: 'converted', action: 'converted', becomes: day } }
      : { value: day };
  }
  const { order, isChosen, shortYearExample, example } = notation;
  if (order === null) return { example, problem: { code: 'date_order', action: 'kept' } };
  const day = dayByOrder[order];
  if (day === null) return { problem: { code: 'not_a_date', action: 'kept' } };
  // If the user did not choose the order, or the century is unknown, all such values share one problem with an example.
  if (isChosen && !numericParts.hasShortYear) return { value: day };
  const shownValue = numericParts.hasShortYear ? shortYearExample : example;
  const becomes = parseDay(shownValue)?.[order] ?? day;
  return { value: day, example: shownValue, problem: { code: 'date_read', action: 'converted', becomes } };
}

/**
 * Reads one cell of a date field. A date that only one order allows is read in that order, whatever the column's order. Other text is kept;
 * a date with a time is accepted.
 */
export function readDateField(field: Field, cell: Cell, dates: DateColumn): DateReading {
  const plainReading = readCell(field, cell, { decimalComma: false });
  if (plainReading.isUnfit || isDayWithTime(cellText(cell))) return plainReading;
  const dateReading = readDate(dates, cell);
  if (dateReading.value !== undefined) return dateReading;
  return plainReading.problem ? plainReading : { ...plainReading, ...dateReading };
}

/** The orders by which a value can be read. */
export function ordersOf(value: string): SheetProblem['suggestions'] {
  const dayByOrder = parseDay(value);
  return dayOrders.flatMap((order) => (dayByOrder?.[order] == null ? [] : [{ value: order, label: value }]));
}
