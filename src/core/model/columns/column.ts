import { compareCells, foldCell, sortCell } from './cell.ts';
import type { Cell } from './cell.ts';

/** The rank of each number in an order; equal ones share a rank. */
export function ranksIn(order: readonly number[], areEqual: (a: number, b: number) => boolean): Uint32Array {
  const ranks = new Uint32Array(order.length);
  let rank = 0;
  for (let index = 0; index < order.length; index += 1) {
    const code = order[index] as number;
    if (index > 0 && !areEqual(order[index - 1] as number, code)) rank += 1;
    ranks[code] = rank;
  }
  return ranks;
}

/** Up to this many values are inserted one by one, which needs fewer comparisons than sorting. */
const maxInsertions = 100;

function insertSorted(
  order: number[],
  newCodes: readonly number[],
  compare: (a: number, b: number) => number,
): void {
  if (newCodes.length > maxInsertions) {
    // Both parts are sorted, so the sort only merges them.
    for (const code of newCodes.toSorted(compare)) order.push(code);
    order.sort(compare);
    return;
  }
  for (const code of newCodes) {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(order[middle] as number, code) <= 0) low = middle + 1;
      else high = middle;
    }
    order.splice(low, 0, code);
  }
}

/** A column in memory: each distinct value once, and each row's value number. Tests run once per distinct value. */
export class Column {
  readonly values: Cell[] = [];
  readonly codes: number[] = [];
  readonly #codeByCell = new Map<Cell, number>();
  readonly #foldedValues: string[] = [];
  /** The sort keys of the values, and the order of the values. The newest values can be missing from both. */
  readonly #sortKeys: Cell[] = [];
  readonly #order: number[] = [];
  #ranks: Uint32Array = new Uint32Array();

  constructor(cells: Iterable<Cell>) {
    for (const cell of cells) this.codes.push(this.#encode(cell));
  }

  set(slot: number, cell: Cell): void {
    this.codes[slot] = this.#encode(cell);
  }

  /** The distinct values folded; '' for values that are not text. */
  get foldedValues(): readonly string[] {
    for (const cell of this.values.slice(this.#foldedValues.length)) this.#foldedValues.push(foldCell(cell));
    return this.#foldedValues;
  }

  /** Computes `foldedValues` ahead, `valuesPerStep` values at a step. */
  *foldAhead(valuesPerStep: number): Generator<void, void, void> {
    for (
      let start = this.#foldedValues.length;
      start < this.values.length;
      start = this.#foldedValues.length
    ) {
      for (const cell of this.values.slice(start, start + valuesPerStep))
        this.#foldedValues.push(foldCell(cell));
      yield;
    }
  }

  /** The rank of each distinct value in text order; equal ones share a rank. */
  get textRanks(): Uint32Array {
    if (this.#ranks.length < this.values.length) for (const _ of this.orderAhead(Infinity)) continue;
    return this.#ranks;
  }

  /** Computes `textRanks` ahead, `valuesPerStep` values at a step. */
  *orderAhead(valuesPerStep: number): Generator<void, void, void> {
    const keys = this.#sortKeys;
    const compareByKey = (a: number, b: number): number => compareCells(keys[a] as Cell, keys[b] as Cell);
    while (this.#order.length < this.values.length) {
      const newValues = this.values.slice(this.#order.length, this.#order.length + valuesPerStep);
      insertSorted(
        this.#order,
        newValues.map((cell) => keys.push(sortCell(cell)) - 1),
        compareByKey,
      );
      yield;
    }
    this.#ranks = ranksIn(this.#order, (a, b) => keys[a] === keys[b]);
  }

  #encode(cell: Cell): number {
    const existing = this.#codeByCell.get(cell);
    if (existing !== undefined) return existing;
    const code = this.values.push(cell) - 1;
    this.#codeByCell.set(cell, code);
    return code;
  }
}
