import type { ColumnTarget, SheetChoices, SheetType, ValueRule } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import { asOwnName } from '#shared/domain/own-fields.ts';
import { invalidFault } from '../../model/validate.ts';
import { asStored } from '../../model/interchange/headings.ts';
import { ownName, targetFields } from './guess.ts';
import { cellText, isBlank } from './table.ts';
import type { Cell, Line } from './table.ts';

export interface FieldColumn {
  column: number;
  field: Field;
}

/** What the columns of a table become. */
export interface Mapping {
  type: SheetType;
  id: number | null;
  /** In reading order: the university first, as other names may depend on it. */
  fields: readonly FieldColumn[];
  own: readonly { column: number; name: string }[];
  idOf: ReadonlyMap<string, number>;
  nameParts: readonly number[];
  /** Columns with the university of a link's source and target. */
  universityOf: Readonly<Record<'from' | 'to', number | null>>;
}

/**
 * Checks the selected columns; `ownNames` are existing custom fields. Throws INVALID if two columns become one field, or one becomes a
 * field that the type lacks.
 */
export function mappingOf(
  { type, columns }: Pick<SheetChoices, 'type' | 'columns'>,
  width: number,
  ownNames: readonly string[],
): Mapping {
  const known = new Map(targetFields(type).map((field) => [field.key, field]));
  const fields: FieldColumn[] = [];
  const own: { column: number; name: string }[] = [];
  const ids: FieldColumn[] = [];
  let id: number | null = null;
  const parts = new Map<'first' | 'last', number>();
  const universityOf: Record<'from' | 'to', number | null> = { from: null, to: null };
  const seen = new Set<string>();
  for (const [column, target] of columns.slice(0, width).entries()) {
    const key = keyOf(target);
    if (key === null) continue;
    if (seen.has(key))
      throw invalidFault([
        { path: `columns.${column}`, code: 'twice', message: `${key} is chosen for two columns` },
      ]);
    seen.add(key);
    if (target.to === 'id') id = column;
    else if (target.to === 'name_part') parts.set(target.part, column);
    else if (target.to === 'university_of') {
      const ends = target.field === 'both' ? (['from', 'to'] as const) : [target.field];
      for (const end of ends) universityOf[end] ??= column;
    } else if (target.to === 'own')
      own.push({ column, name: asStored(ownName(type, target.name), ownNames) });
    else if (target.to === 'field' || target.to === 'id_of') {
      const field = known.get(target.field);
      if (!field || (target.to === 'id_of' && field.kind !== 'reference')) {
        throw invalidFault([
          {
            path: `columns.${column}`,
            code: 'unknown_field',
            message: `a ${type} has no field ${target.field}`,
          },
        ]);
      }
      (target.to === 'field' ? fields : ids).push({ column, field });
    }
  }
  // Ids without a column of names are the reference.
  const idOf = new Map<string, number>();
  for (const one of ids) {
    if (fields.some(({ field }) => field.key === one.field.key)) idOf.set(one.field.key, one.column);
    else fields.push(one);
  }
  const late = ({ field }: FieldColumn): number => (field.key === 'university_id' ? 0 : 1);
  const nameParts = (['first', 'last'] as const).flatMap((part) => parts.get(part) ?? []);
  return {
    type,
    id,
    own,
    idOf,
    nameParts,
    universityOf,
    fields: fields.toSorted((a, b) => late(a) - late(b)),
  };
}

function keyOf(target: ColumnTarget): string | null {
  if (target.to === 'ignore') return null;
  if (target.to === 'id') return 'id';
  if (target.to === 'name_part') return `name ${target.part}`;
  if (target.to === 'university_of') return `university of ${target.field}`;
  if (target.to === 'id_of') return `id of ${target.field}`;
  return target.to === 'field' ? target.field : `own ${asOwnName(target.name)}`;
}

/** One cell after corrections. */
export interface CellChoice {
  cell: Cell;
  rule: ValueRule | undefined;
  /** Text of the cell that means empty ("N/A"). */
  placeholder?: string;
}

/** A table's cells after the user's corrections: of single cells first, then of values in a column. */
export class Cells {
  readonly #single = new Map<string, string>();
  readonly #rules = new Map<number, Map<string, ValueRule>>();
  readonly used = new Set<ValueRule>();
  readonly #isEmpty: (column: number, text: string) => boolean;
  readonly #synonymous: readonly number[];

  /**
   * `counts` says which rules apply; others are ignored. `isEmpty` says which texts of a column mean empty. A rule for one of the columns
   * in `synonymous` applies to all of them.
   */
  constructor(
    { cells, values }: Pick<SheetChoices, 'cells' | 'values'>,
    counts: (rule: ValueRule) => boolean = () => true,
    isEmpty: (column: number, text: string) => boolean = () => false,
    synonymous: readonly number[] = [],
  ) {
    this.#isEmpty = isEmpty;
    this.#synonymous = synonymous;
    for (const { line, column, value } of cells) this.#single.set(`${line} ${column}`, value);
    for (const rule of values) {
      if (!counts(rule)) continue;
      const ofColumn = this.#rules.get(rule.column) ?? new Map<string, ValueRule>();
      ofColumn.set(rule.value, rule);
      this.#rules.set(rule.column, ofColumn);
    }
  }

  #ruleFor(column: number, text: string): ValueRule | undefined {
    const own = this.#rules.get(column)?.get(text);
    if (own || !this.#synonymous.includes(column)) return own;
    for (const other of this.#synonymous) {
      const rule = this.#rules.get(other)?.get(text);
      if (rule) return rule;
    }
    return undefined;
  }

  /** The cell of a row; null if blank. */
  at(row: Line, column: number): CellChoice {
    const choice = this.look(row, column);
    const { rule } = choice;
    if (rule) this.used.add(rule);
    return choice;
  }

  /** One of several names in a cell, with its rule. */
  nameAt(column: number, name: string): CellChoice {
    const rule = this.#ruleFor(column, name);
    if (rule) this.used.add(rule);
    return {
      cell: rule && !(rule.create && rule.becomes === rule.value) ? rule.becomes || null : name,
      rule,
    };
  }

  /** The same, without counting as used. */
  look({ line, cells }: Line, column: number): CellChoice {
    const single = this.#single.size > 0 ? this.#single.get(`${line} ${column}`) : undefined;
    const given = single === undefined ? (cells[column] ?? null) : single;
    const rule = this.#ruleFor(column, cellText(given));
    // A created name keeps the spelling of its row.
    const cell = rule && !(rule.create && rule.becomes === rule.value) ? rule.becomes : given;
    if (isBlank(cell)) return { cell: null, rule };
    const text = cellText(cell);
    if (rule === undefined && this.#isEmpty(column, text)) return { cell: null, rule, placeholder: text };
    return { cell, rule };
  }
}
