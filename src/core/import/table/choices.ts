import type { ColumnTarget, SheetChoices, SheetType, ValueRule } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import { asOwnName } from '#shared/domain/own-fields.ts';
import { invalid } from '../../model/validate.ts';
import { asStored } from '../../model/interchange/headings.ts';
import { ownName, targetFields } from './guess.ts';
import { cellText, isBlank } from './table.ts';
import type { Cell, Line } from './table.ts';

export interface FieldColumn {
  column: number;
  field: Field;
}

/** What the columns of a table become, looked up once. */
export interface Mapping {
  type: SheetType;
  id: number | null;
  /** In the order in which they are read: the university first, as other names may depend on it. */
  fields: readonly FieldColumn[];
  own: readonly { column: number; name: string }[];
  idOf: ReadonlyMap<string, number>;
  nameParts: readonly number[];
  /** The columns that name the university of a link's source and target. */
  universityOf: Readonly<Record<'from' | 'to', number | null>>;
}

/** Checks the columns of a choice; `ownNames` are the own fields that are here. Throws INVALID where two become one field, or one becomes what the type has not. */
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
      throw invalid([
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
        throw invalid([
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
  // Ids that stand beside no names are the reference itself.
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

/** One cell as the person wants it read. */
export interface CellChoice {
  cell: Cell;
  /** The rule for the value, when there is one. */
  rule: ValueRule | undefined;
  /** What stands in the cell and says that there is nothing ("N/A"). */
  placeholder?: string;
}

/** The cells of a table after what the person corrected: single cells first, then values wherever they are in a column. */
export class Cells {
  readonly #single = new Map<string, string>();
  readonly #rules = new Map<number, Map<string, ValueRule>>();
  readonly used = new Set<ValueRule>();
  readonly #isEmpty: (column: number, text: string) => boolean;
  readonly #alike: readonly number[];

  /**
   * `counts` says which rules lead somewhere; the others are as if nobody had made them. `isEmpty` says which texts of a column stand for
   * nothing. A rule for one of the columns in `alike` counts in all of them.
   */
  constructor(
    { cells, values }: Pick<SheetChoices, 'cells' | 'values'>,
    counts: (rule: ValueRule) => boolean = () => true,
    isEmpty: (column: number, text: string) => boolean = () => false,
    alike: readonly number[] = [],
  ) {
    this.#isEmpty = isEmpty;
    this.#alike = alike;
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
    if (own || !this.#alike.includes(column)) return own;
    for (const other of this.#alike) {
      const rule = this.#rules.get(other)?.get(text);
      if (rule) return rule;
    }
    return undefined;
  }

  /** The cell of a row; a blank one is null. */
  at(row: Line, column: number): CellChoice {
    const wanted = this.look(row, column);
    const { rule } = wanted;
    if (rule) this.used.add(rule);
    return wanted;
  }

  /** One of several names in a cell, with the rule for it. */
  nameAt(column: number, name: string): CellChoice {
    const rule = this.#ruleFor(column, name);
    if (rule) this.used.add(rule);
    return {
      cell: rule && !(rule.create && rule.becomes === rule.value) ? rule.becomes || null : name,
      rule,
    };
  }

  /** The same, without being noted as used. */
  look({ line, cells }: Line, column: number): CellChoice {
    const single = this.#single.size > 0 ? this.#single.get(`${line} ${column}`) : undefined;
    const given = single === undefined ? (cells[column] ?? null) : single;
    const rule = this.#ruleFor(column, cellText(given));
    // A name that is made as it is said keeps the writing of its row.
    const cell = rule && !(rule.create && rule.becomes === rule.value) ? rule.becomes : given;
    if (isBlank(cell)) return { cell: null, rule };
    const text = cellText(cell);
    if (rule === undefined && this.#isEmpty(column, text)) return { cell: null, rule, placeholder: text };
    return { cell, rule };
  }
}
