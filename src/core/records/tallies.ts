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

interface Part {
  numbers: number;
  result: number;
}

interface Tally {
  value: Cell;
  count: number;
  parts: (Part | null)[];
}

export interface Group {
  value: Cell;
  count: number;
  /** Null if no record of the group has a number. */
  summaries: (number | null)[];
}

const slice = 2000;

const joined = {
  sum: (a: number, b: number) => a + b,
  mean: (a: number, b: number) => a + b,
  min: Math.min,
  max: Math.max,
} as const;

const isEmpty = ({ value }: Tally): boolean => value === null || value === '';

/** In custom fields, values that are not days come after days. */
const isOther = (own: boolean, { value }: Tally): number =>
  Number(own && !(typeof value === 'string' && isDay(value)));

/** Sorts groups by name like a list, empty values last. */
function orderBy(nameOf: (value: Cell) => Cell, own: boolean): (a: Tally, b: Tally) => number {
  return (a, b) =>
    Number(isEmpty(a)) - Number(isEmpty(b)) ||
    isOther(own, a) - isOther(own, b) ||
    compareCells(sortCell(nameOf(a.value)), sortCell(nameOf(b.value))) ||
    compareCells(a.value, b.value);
}

/** Counts groups of records in parts. */
export class Tallies {
  readonly #of: readonly Summary['of'][];
  readonly #own: boolean;
  readonly #tallies = new Map<Cell, Tally>();

  /** `own`: groups of a custom field. */
  constructor(of: readonly Summary['of'][], own = false) {
    this.#of = of;
    this.#own = own;
  }

  get size(): number {
    return this.#tallies.size;
  }

  add(row: TallyRow): void {
    const { value, count } = row;
    const known = this.#tallies.get(value);
    const tally = known ?? { value, count: 0, parts: this.#of.map(() => null) };
    if (!known) this.#tallies.set(value, tally);
    tally.count += count;
    for (const [place, of] of this.#of.entries()) {
      const [numbers, result] = [row[`n${place}`] ?? 0, row[`s${place}`] ?? null];
      if (numbers === 0 || result === null) continue;
      const before = tally.parts[place];
      tally.parts[place] = before
        ? { numbers: before.numbers + numbers, result: joined[of](before.result, result) }
        : { numbers, result };
    }
  }

  /** The first `limit` groups by name; `nameOf` returns the name of a value. Yields the number visited. */
  *first(limit: number, nameOf: (value: Cell) => Cell): Generator<number, Group[], void> {
    const order = orderBy(nameOf, this.#own);
    let best: Tally[] = [];
    let waiting: Tally[] = [];
    let done = 0;
    for (const tally of this.#tallies.values()) {
      waiting.push(tally);
      done += 1;
      if (waiting.length < slice) continue;
      best = [...best, ...waiting].toSorted(order).slice(0, limit);
      waiting = [];
      yield done;
    }
    return [...best, ...waiting]
      .toSorted(order)
      .slice(0, limit)
      .map((tally) => this.#group(tally));
  }

  #group({ value, count, parts }: Tally): Group {
    const summaries = parts.map((part, place) => {
      if (!part) return null;
      return this.#of[place] === 'mean' ? part.result / part.numbers : part.result;
    });
    return { value, count, summaries };
  }
}
