import type { SheetChoices, ValueRule } from '#shared/contract/sheets.ts';
import { cellText, isBlank } from './table.ts';
import type { Cell, Line } from './table.ts';

/** One cell as the person wants it read. */
export interface Wanted {
  cell: Cell;
  /** The rule for the value, when there is one. */
  rule: ValueRule | undefined;
}

/** The cells of a table after what the person corrected: single cells first, then values wherever they are in a column. */
export class Cells {
  readonly #single = new Map<string, string>();
  readonly #rules = new Map<number, Map<string, ValueRule>>();
  readonly #used = new Map<ValueRule, number>();

  /** `counts` says which rules lead somewhere; the others are as if nobody had made them. */
  constructor(
    { cells, values }: Pick<SheetChoices, 'cells' | 'values'>,
    counts: (rule: ValueRule) => boolean = () => true,
  ) {
    for (const { line, column, value } of cells) this.#single.set(`${line} ${column}`, value);
    for (const rule of values) {
      if (!counts(rule)) continue;
      const ofColumn = this.#rules.get(rule.column) ?? new Map<string, ValueRule>();
      ofColumn.set(rule.value, rule);
      this.#rules.set(rule.column, ofColumn);
    }
  }

  /** The rules that rows had a value for, with how many cells each. */
  get used(): ReadonlyMap<ValueRule, number> {
    return this.#used;
  }

  /** The cell of a row; a blank one is null. */
  at(row: Line, column: number): Wanted {
    const wanted = this.look(row, column);
    const { rule } = wanted;
    if (rule) this.#used.set(rule, (this.#used.get(rule) ?? 0) + 1);
    return wanted;
  }

  /** The same, without being counted. */
  look({ line, cells }: Line, column: number): Wanted {
    const single = this.#single.size > 0 ? this.#single.get(`${line} ${column}`) : undefined;
    const given = single === undefined ? (cells[column] ?? null) : single;
    const rule = this.#rules.get(column)?.get(cellText(given));
    // A name that is made as it is said keeps the writing of its row.
    const cell = rule && !(rule.create && rule.becomes === rule.value) ? rule.becomes : given;
    return { cell: isBlank(cell) ? null : cell, rule };
  }
}
