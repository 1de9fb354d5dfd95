import type { ListColumn, ListWords } from '#shared/contract/export-list.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { isDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { isOwnName, ownNameOf } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { tallySources } from '../../model/tallies.ts';
import { clockIn } from './zone.ts';

/** One cell: text, a number, nothing, a moment as the milliseconds that a clock in the wanted zone shows, read as UTC, or a day (ISO 8601). */
export type Cell = string | number | null | { wall: number } | { day: string };

/** Turns a record into the cells of a row. */
export type ToRow = (record: EntityRecord) => Cell[];

const moments: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'deleted_at']);

/** True when a record of the type can say something under this key. Beside fields there is what is computed on reading. */
export function isColumn(type: EntityType, key: string): boolean {
  const own = ownNameOf(key);
  return (
    (own !== null && isOwnName(type, own)) ||
    fieldOf(type, key) !== undefined ||
    key === 'id' ||
    key === 'title' ||
    moments.has(key) ||
    isDerived(type, key)
  );
}

/** What is computed besides tallies. */
const derived: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  student: ['status'],
  interface: ['is_cross_university', 'from_university', 'to_university', 'from_type', 'to_type'],
};

function isDerived(type: EntityType, key: string): boolean {
  return tallySources(type, key) !== null || (derived[type]?.includes(key) ?? false);
}

/** The cells of records as `columns` ask for them; with `raw` as they are stored. */
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
  if (moments.has(key)) {
    return (record) => {
      const moment = record[key as 'created_at' | 'updated_at' | 'deleted_at'];
      const wall = raw || moment === null ? null : clock(moment);
      return wall === null ? moment : { wall };
    };
  }
  const own = ownNameOf(key);
  const titleKey = `${key.replace(/_id$/, '')}_title`;
  return (record) => {
    const value = own === null ? (record.payload[key] ?? record.derived[key]) : record.payload[own];
    if (!raw && !id && fieldOf(record.type, key)?.kind === 'reference') {
      // What is gone without a trace keeps its id: an empty cell would say that nothing was named.
      return named(record.derived[titleKey] ?? value, values);
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
