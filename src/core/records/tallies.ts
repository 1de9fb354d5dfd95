import type { Summary } from '#shared/contract/bulk.ts';
import { isDay } from '#shared/domain/days.ts';
import { compareCells, sortCell } from '../model/columns/cell.ts';
import type { Cell } from '../model/columns/cell.ts';

/** A part of the tally of one group: its count, and for each summary the number of values (`n`) and the result (`s`). */
export interface TallyRow {
  value: Cell;
  count: number;
  [summary: `${'n' | 's'}${number}`]: number | null;
}

interface PartialResult {
  numberCount: number;
  /** Of a mean, the sum. */
  result: number;
}

interface Tally {
  value: Cell;
  count: number;
  parts: (PartialResult | null)[];
}

export interface Group {
  value: Cell;
  count: number;
  /** Null if no record of the group has a number. */
  summaries: (number | null)[];
}

const batchSize = 2000;

const combineResults = {
  sum: (a: number, b: number) => a + b,
  mean: (a: number, b: number) => a + b,
  min: Math.min,
  max: Math.max,
} as const;

const isEmpty = ({ value }: Tally): boolean => value === null || value === '';

/** In custom fields, values that are not days are sorted after days. */
const nonDayRank = (isCustom: boolean, { value }: Tally): number =>
  Number(isCustom && !(typeof value === 'string' && isDay(value)));

/** Sorts groups by name like a list, empty values last. */
function groupOrder(nameOf: (value: Cell) => Cell, isCustom: boolean): (a: Tally, b: Tally) => number {
  return (a, b) =>
    Number(isEmpty(a)) - Number(isEmpty(b)) ||
    nonDayRank(isCustom, a) - nonDayRank(isCustom, b) ||
    compareCells(sortCell(nameOf(a.value)), sortCell(nameOf(b.value))) ||
    compareCells(a.value, b.value);
}

/** Adds up the tallies of groups, which arrive in parts. */
export class Tallies {
  readonly #functions: readonly Summary['of'][];
  readonly #isCustom: boolean;
  readonly #tallies = new Map<Cell, Tally>();

  /** `isCustom`: groups of a custom field. */
  constructor(functions: readonly Summary['of'][], isCustom = false) {
    this.#functions = functions;
    this.#isCustom = isCustom;
  }

  get size(): number {
    return this.#tallies.size;
  }

  add(row: TallyRow): void {
    const { value, count } = row;
    const existing = this.#tallies.get(value);
    const tally = existing ?? { value, count: 0, parts: this.#functions.map(() => null) };
    if (!existing) this.#tallies.set(value, tally);
    tally.count += count;
    for (const [index, functionName] of this.#functions.entries()) {
      const [numberCount, result] = [row[`n${index}`] ?? 0, row[`s${index}`] ?? null];
      if (numberCount === 0 || result === null) continue;
      const previous = tally.parts[index];
      tally.parts[index] = previous
        ? {
            numberCount: previous.numberCount + numberCount,
            result: combineResults[functionName](previous.result, result),
          }
        : { numberCount, result };
    }
  }

  /** The first `limit` groups by name; `nameOf` returns the name of a value. Yields the number visited. */
  *firstGroups(limit: number, nameOf: (value: Cell) => Cell): Generator<number, Group[], void> {
    const order = groupOrder(nameOf, this.#isCustom);
    let firstTallies: Tally[] = [];
    let batch: Tally[] = [];
    let done = 0;
    for (const tally of this.#tallies.values()) {
      batch.push(tally);
      done += 1;
      if (batch.length < batchSize) continue;
      firstTallies = [...firstTallies, ...batch].toSorted(order).slice(0, limit);
      batch = [];
      yield done;
    }
    return [...firstTallies, ...batch]
      .toSorted(order)
      .slice(0, limit)
      .map((tally) => this.#group(tally));
  }

  #group({ value, count, parts }: Tally): Group {
    const summaries = parts.map((part, index) => {
      if (!part) return null;
      return this.#functions[index] === 'mean' ? part.result / part.numberCount : part.result;
    });
    return { value, count, summaries };
  }
}
