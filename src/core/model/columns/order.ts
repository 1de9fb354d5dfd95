import type { Sort } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { sortTerm } from '../filters.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { NameIndex } from '../name-index.ts';
import { compareCells, sortCell } from './cell.ts';
import type { Cell } from './cell.ts';
import { ranksIn } from './column.ts';
import type { TableColumns } from './table.ts';

/** With more distinct values than this, SQLite sorts faster; not for plain text, whose order is kept in memory. */
const maxDistinctValues = 12_000;

/** The rank of each value; equal ones share a rank. */
function ranksOf(values: readonly Cell[]): Uint32Array {
  const compare = (a: number, b: number): number => compareCells(values[a] as Cell, values[b] as Cell);
  return ranksIn(values.map((_, code) => code).sort(compare), (a, b) => values[a] === values[b]);
}

const isEmpty = (cell: Cell): boolean => cell === null || cell === '';

/** Sorts slots by the rank of their value, stably, by counting. */
function countingSort(slots: Uint32Array, rankAt: (slot: number) => number, rankCount: number): Uint32Array {
  const starts = new Uint32Array(rankCount + 1);
  for (const slot of slots) starts[rankAt(slot) + 1] = (starts[rankAt(slot) + 1] as number) + 1;
  for (let rank = 1; rank <= rankCount; rank += 1)
    starts[rank] = (starts[rank] as number) + (starts[rank - 1] as number);
  const sorted = new Uint32Array(slots.length);
  for (const slot of slots) {
    const rank = rankAt(slot);
    sorted[starts[rank] as number] = slot;
    starts[rank] = (starts[rank] as number) + 1;
  }
  return sorted;
}

function sortByCount(slots: Uint32Array, counts: Uint32Array, direction: Sort['direction']): Uint32Array {
  const maxCount = counts.reduce((max, count) => Math.max(max, count), 0);
  const countAt = (slot: number): number => counts[slot] as number;
  return countingSort(
    slots,
    direction === 'asc' ? countAt : (slot) => maxCount - countAt(slot),
    maxCount + 1,
  );
}

/**
 * The slots in the order of a list: references by title, text by `sortKey`, ties by row number in the direction of the last term. In both
 * directions, days of a custom field come first and empty values last. `countsOf` returns tallies by slot; null for a field that is not a
 * tally. Returns null if SQLite sorts faster.
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
      sorted = sortByCount(sorted, counts, sort.direction);
      continue;
    }
    const term = sortTerm(type, sort.field);
    const column = table.column(term.expression);
    const { values, codes } = column;
    const isPlainText = term.isText && !term.isReference;
    if (values.length > maxDistinctValues && !isPlainText) return null;
    const cells = term.isReference
      ? values.map((cell) => (typeof cell === 'string' ? names.title(cell) : null))
      : values;
    const ranks = isPlainText ? column.textRanks : ranksOf(term.isText ? cells.map(sortCell) : cells);
    const maxRank = ranks.reduce((max, rank) => Math.max(max, rank), 0);
    // Days come before everything else.
    const nonDayStart = term.daySql === null ? 0 : maxRank + 1;
    const sortRanks = ranks.map((rank, code) => {
      const cell = cells[code] as Cell;
      if (term.isOptional && isEmpty(cell)) return nonDayStart + maxRank + 1;
      const directedRank = sort.direction === 'asc' ? rank : maxRank - rank;
      return typeof cell === 'string' && isDay(cell) ? directedRank : nonDayStart + directedRank;
    });
    sorted = countingSort(
      sorted,
      (slot) => sortRanks[codes[slot] as number] as number,
      nonDayStart + maxRank + 2,
    );
  }
  return sorted;
}
