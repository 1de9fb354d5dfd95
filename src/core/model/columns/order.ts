import type { Sort } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { sortTerm } from '../filters.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { NameIndex } from '../name-index.ts';
import { compareCells, sortCell } from './cell.ts';
import type { Cell } from './cell.ts';
import { placesIn } from './column.ts';
import type { TableColumns } from './table.ts';

/** With more distinct values than this, SQLite sorts faster. Text order stays in memory. */
const mostValues = 12_000;

/** The rank of each value; equal ones share a rank. */
function placesOf(values: readonly Cell[]): Uint32Array {
  const compare = (a: number, b: number): number => compareCells(values[a] as Cell, values[b] as Cell);
  return placesIn(values.map((_, code) => code).sort(compare), (a, b) => values[a] === values[b]);
}

const isNothing = (cell: Cell): boolean => cell === null || cell === '';

/** Sorts slots by the rank of their value, stably, by counting. */
function stable(slots: Uint32Array, placeAt: (slot: number) => number, places: number): Uint32Array {
  const starts = new Uint32Array(places + 1);
  for (const slot of slots) starts[placeAt(slot) + 1] = (starts[placeAt(slot) + 1] as number) + 1;
  for (let place = 1; place <= places; place += 1)
    starts[place] = (starts[place] as number) + (starts[place - 1] as number);
  const sorted = new Uint32Array(slots.length);
  for (const slot of slots) {
    const place = placeAt(slot);
    sorted[starts[place] as number] = slot;
    starts[place] = (starts[place] as number) + 1;
  }
  return sorted;
}

function byCount(slots: Uint32Array, counts: Uint32Array, direction: Sort['direction']): Uint32Array {
  const last = counts.reduce((most, count) => Math.max(most, count), 0);
  const asc = (slot: number): number => counts[slot] as number;
  return stable(slots, direction === 'asc' ? asc : (slot) => last - asc(slot), last + 1);
}

/**
 * The slots in the order of a list: references by title, text by `sortKey`, ties by row number in the direction of the last term, days of a
 * custom field first, empty values last in both directions. `countsOf` returns the tallies by slot, null for other fields. Null if SQLite
 * sorts faster.
 */
export function orderSlots(
  table: TableColumns,
  names: NameIndex,
  type: EntityType,
  sorts: readonly Sort[],
  slots: Uint32Array,
  countsOf: (field: string) => Uint32Array | null,
): Uint32Array | null {
  let sorted = sorts.at(-1)?.direction === 'desc' ? slots.toReversed() : slots;
  for (const sort of sorts.toReversed()) {
    const counts = countsOf(sort.field);
    if (counts) {
      sorted = byCount(sorted, counts, sort.direction);
      continue;
    }
    const term = sortTerm(type, sort.field);
    const column = table.column(term.expression);
    const { values, codes } = column;
    const plainText = term.text && !term.reference;
    if (values.length > mostValues && !plainText) return null;
    const cells = term.reference
      ? values.map((cell) => (typeof cell === 'string' ? names.title(cell) : null))
      : values;
    const places = plainText ? column.textPlaces : placesOf(term.text ? cells.map(sortCell) : cells);
    const last = places.reduce((most, place) => Math.max(most, place), 0);
    // Days come before everything else.
    const others = term.day === null ? 0 : last + 1;
    const seats = places.map((place, code) => {
      const cell = cells[code] as Cell;
      if (term.optional && isNothing(cell)) return others + last + 1;
      const seat = sort.direction === 'asc' ? place : last - place;
      return typeof cell === 'string' && isDay(cell) ? seat : others + seat;
    });
    sorted = stable(sorted, (slot) => seats[codes[slot] as number] as number, others + last + 2);
  }
  return sorted;
}
