import { compareCells, foldCell, sortCell } from './cell.ts';
import type { Cell } from './cell.ts';

/** The rank of each number in an order; equal ones share a rank. */
export function placesIn(order: readonly number[], equal: (a: number, b: number) => boolean): Uint32Array {
  const places = new Uint32Array(order.length);
  let place = 0;
  for (let index = 0; index < order.length; index += 1) {
    const code = order[index] as number;
    if (index > 0 && !equal(order[index - 1] as number, code)) place += 1;
    places[code] = place;
  }
  return places;
}

/** Up to this many values are inserted one by one, which compares less than sorting. */
const few = 100;

function addTo(order: number[], added: readonly number[], compare: (a: number, b: number) => number): void {
  if (added.length > few) {
    // Both parts are sorted, so the sort only merges them.
    for (const code of added.toSorted(compare)) order.push(code);
    order.sort(compare);
    return;
  }
  for (const code of added) {
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
  readonly #codeOf = new Map<Cell, number>();
  readonly #folded: string[] = [];
  /** The sort keys of the values, and their order. The newest values may be missing from both. */
  readonly #keys: Cell[] = [];
  readonly #order: number[] = [];
  #places: Uint32Array = new Uint32Array();

  constructor(cells: Iterable<Cell>) {
    for (const cell of cells) this.codes.push(this.#encode(cell));
  }

  set(slot: number, cell: Cell): void {
    this.codes[slot] = this.#encode(cell);
  }

  /** The distinct values folded; '' for values that are no text. */
  get folded(): readonly string[] {
    for (const cell of this.values.slice(this.#folded.length)) this.#folded.push(foldCell(cell));
    return this.#folded;
  }

  /** Does the work of `folded`, `piece` values at a step. */
  *foldAhead(piece: number): Generator<void, void, void> {
    for (let at = this.#folded.length; at < this.values.length; at = this.#folded.length) {
      for (const cell of this.values.slice(at, at + piece)) this.#folded.push(foldCell(cell));
      yield;
    }
  }

  /** The rank of each distinct value in text order; equal ones share a rank. */
  get textPlaces(): Uint32Array {
    if (this.#places.length < this.values.length) for (const _ of this.orderAhead(Infinity)) continue;
    return this.#places;
  }

  /** Does the work of `textPlaces`, `piece` values at a step. */
  *orderAhead(piece: number): Generator<void, void, void> {
    const keys = this.#keys;
    const byKey = (a: number, b: number): number => compareCells(keys[a] as Cell, keys[b] as Cell);
    while (this.#order.length < this.values.length) {
      const run = this.values.slice(this.#order.length, this.#order.length + piece);
      addTo(
        this.#order,
        run.map((cell) => keys.push(sortCell(cell)) - 1),
        byKey,
      );
      yield;
    }
    this.#places = placesIn(this.#order, (a, b) => keys[a] === keys[b]);
  }

  #encode(cell: Cell): number {
    const known = this.#codeOf.get(cell);
    if (known !== undefined) return known;
    const code = this.values.push(cell) - 1;
    this.#codeOf.set(cell, code);
    return code;
  }
}
