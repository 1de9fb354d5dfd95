import type { ListColumn, ListWords } from '#shared/contract/export-list.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { joinNames } from '#shared/domain/name-lists.ts';
import { isDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import { shownTitles, titlesKey } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { recordTimes } from '../model/interchange/columns.ts';

/** Cached per minute: offsets change only at whole minutes (St. John's changed at 00:01). */
const minuteMs = 60_000;

/**
 * Returns a function from times (ISO 8601) to the local time in a time zone, in milliseconds since 1970 without offset; null for invalid
 * text. An unknown zone is UTC.
 */
export function createClock(zone: string): (isoTime: string) => number | null {
  const format = zoneFormat(zone);
  let cached = { start: Number.NaN, ahead: 0 };
  return (isoTime) => {
    const time = Date.parse(isoTime);
    if (Number.isNaN(time)) return null;
    if (!format) return time;
    const start = Math.floor(time / minuteMs) * minuteMs;
    if (start !== cached.start) cached = { start, ahead: localTimeAt(format, start) - start };
    return time + cached.ahead;
  };
}

/** Local time at a whole second. */
function localTimeAt(format: Intl.DateTimeFormat, time: number): number {
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

function zoneFormat(zone: string): Intl.DateTimeFormat | null {
  if (zone === 'UTC') return null;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...numeric, ...time, timeZone: zone });
  } catch {
    return null;
  }
}

/** `2026-11-20 11:34:35`, which spreadsheets read as a time. */
export function localTimeText(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** One cell: text, a number, a boolean, empty, a time (milliseconds of local time, read as UTC), or a date (ISO 8601). */
export type Cell = string | number | boolean | null | { wall: number } | { day: string };

export type ToRow = (record: EntityRecord) => Cell[];

/** With `raw` values are as stored; else titles, labels and, in CSV, words for booleans. */
export interface CellForm {
  raw: boolean;
  format: 'csv' | 'xlsx';
}

/** Returns a function that gives the cells of a record for `columns`. */
export function createToRow(columns: readonly ListColumn[], words: ListWords, form: CellForm): ToRow {
  const clock = createClock(words.zone);
  const readers = columns.map((column) => readerOf(column, words, form, clock));
  return (record) => readers.map((reader) => reader(record));
}

function readerOf(
  { key, id, values }: ListColumn,
  words: ListWords,
  { raw, format }: CellForm,
  clock: (isoTime: string) => number | null,
): (record: EntityRecord) => Cell {
  if (key === 'id') return (record) => record.id;
  if (key === 'title') return (record) => record.title;
  if (recordTimes.has(key)) {
    return (record) => {
      const isoTime = record[key as 'created_at' | 'updated_at' | 'deleted_at'];
      const localMs = raw || isoTime === null ? null : clock(isoTime);
      return localMs === null ? isoTime : { wall: localMs };
    };
  }
  const customName = customNameOf(key);
  return (record) => {
    const value =
      customName === null ? (record.payload[key] ?? record.derived[key]) : record.payload[customName];
    const field = raw || id ? undefined : fieldOf(record.type, key);
    if (field?.kind === 'references') return joinNames(shownTitles(record.derived[titlesKey(field)])) || null;
    if (field?.kind === 'reference') {
      // A missing record keeps its id: an empty cell would look like no reference.
      return valueLabel(record.derived[titlesKey(field)] ?? value, values);
    }
    if (typeof value === 'boolean' && !raw && format === 'csv') return value ? words.yes : words.no;
    return (
      typedCell(record.type, customName === null ? key : null, value) ??
      (raw ? plainValue(value) : valueLabel(value, values))
    );
  };
}

/** A boolean, or the day in a field of dates or a custom field (`key` null or unknown); null for other values. */
export function typedCell(type: EntityType, key: string | null, value: Json | undefined): Cell {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || !isDay(value)) return null;
  const field = key === null ? undefined : fieldOf(type, key);
  return field === undefined || field.kind === 'date' ? { day: value } : null;
}

function valueLabel(value: Json | undefined, values: Readonly<Record<string, string>>): Cell {
  return typeof value === 'string' && Object.hasOwn(values, value)
    ? (values[value] as string)
    : plainValue(value);
}

function plainValue(value: Json | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
}
