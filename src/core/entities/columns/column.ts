import { fold } from '../../db/connection.ts';
import type { Cell } from './cell.ts';

/**
 * One column of a table in memory: each different value once, and for every row the number of its value. What is asked of the
 * values is asked of each different one, and the rows only look the answer up.
 */
export class Column {
  /** The different values, in the order in which they were met. */
  readonly values: Cell[] = [];
  /** For each row by its slot: which of `values` it has. */
  readonly codes: number[] = [];
  readonly #codeOf = new Map<Cell, number>();
  readonly #folded: string[] = [];

  constructor(cells: Iterable<Cell>) {
    for (const cell of cells) this.codes.push(this.#encode(cell));
  }

  set(slot: number, cell: Cell): void {
    this.codes[slot] = this.#encode(cell);
  }

  /** The different values as text without regard to case or accents, '' for what is no text. */
  get folded(): readonly string[] {
    for (const cell of this.values.slice(this.#folded.length)) this.#folded.push(fold(cell) ?? '');
    return this.#folded;
  }

  /** Does what `folded` needs, so many values at each step. */
  *foldAhead(piece: number): Generator<void, void, void> {
    for (let at = this.#folded.length; at < this.values.length; at = this.#folded.length) {
      for (const cell of this.values.slice(at, at + piece)) this.#folded.push(fold(cell) ?? '');
      yield;
    }
  }

  #encode(cell: Cell): number {
    const known = this.#codeOf.get(cell);
    if (known !== undefined) return known;
    const code = this.values.push(cell) - 1;
    this.#codeOf.set(cell, code);
    return code;
  }
}
