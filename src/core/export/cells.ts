import type { ListColumn, ListWords } from '#shared/contract/export-list.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { joinNames } from '#shared/domain/name-lists.ts';
import { isDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { shownTitles, titlesKey } from '#shared/domain/references.ts';
import { recordTimes } from '../model/interchange/columns.ts';

/** Cached per minute: offsets change only at whole minutes (St. John's changed at 00:01). */
const minute = 60_000;

/**
 * A function from times (ISO 8601) to the local time in a time zone, in milliseconds since 1970 without offset; null for invalid text. An
 * unknown zone is UTC.
 */
export function clockIn(zone: string): (moment: string) => number | null {
  const format = zoneFormat(zone);
  let known = { start: Number.NaN, ahead: 0 };
  return (moment) => {
    const at = Date.parse(moment);
    if (Number.isNaN(at)) return null;
    if (!format) return at;
    const start = Math.floor(at / minute) * minute;
    if (start !== known.start) known = { start, ahead: wallAt(format, start) - start };
    return at + known.ahead;
  };
}

/** Local time at a whole second. */
function wallAt(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
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
export function wallText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
}

/** One cell: text, a number, empty, a time (milliseconds of local time, read as UTC), or a date (ISO 8601). */
export type Cell = string | number | null | { wall: number } | { day: string };

export type ToRow = (record: EntityRecord) => Cell[];

/** The cells of records for `columns`; with `raw` as they are stored. */
export function rowsOf(columns: readonly ListColumn[], words: ListWords, raw: boolean): ToRow {
  const clock = clockIn(words.zone);
  const read = columns.map((column) => readerOf(column, words, raw, clock));
  return (record) => read.map((cell) => cell(record));
}

function readerOf(
  { key, id, values }: ListColumn,
  words: ListWords,
  raw: boolean,
  clock: (moment: string) => number | null,
): (record: EntityRecord) => Cell {
  if (key === 'id') return (record) => record.id;
  if (key === 'title') return (record) => record.title;
  if (recordTimes.has(key)) {
    return (record) => {
      const moment = record[key as 'created_at' | 'updated_at' | 'deleted_at'];
      const wall = raw || moment === null ? null : clock(moment);
      return wall === null ? moment : { wall };
    };
  }
  const own = ownNameOf(key);
  return (record) => {
    const value = own === null ? (record.payload[key] ?? record.derived[key]) : record.payload[own];
    const field = raw || id ? undefined : fieldOf(record.type, key);
    if (field?.kind === 'references') return joinNames(shownTitles(record.derived[titlesKey(field)])) || null;
    if (field?.kind === 'reference') {
      // A missing record keeps its id: an empty cell would look like no reference.
      return named(record.derived[titlesKey(field)] ?? value, values);
    }
    if (!raw && typeof value === 'boolean') return value ? words.yes : words.no;
    if (!raw && own !== null && typeof value === 'string' && isDay(value)) return { day: value };
    return raw ? plain(value) : named(value, values);
  };
}

function named(value: Json | undefined, values: Readonly<Record<string, string>>): Cell {
  return typeof value === 'string' && Object.hasOwn(values, value) ? (values[value] as string) : plain(value);
}

function plain(value: Json | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
}
