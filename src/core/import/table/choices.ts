import { issueWithCode } from '#shared/texts/issues.ts';
import type { ColumnTarget, NamePart, SheetChoices, SheetType, ValueRule } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import { toCustomName } from '#shared/domain/custom-fields.ts';
import { invalidFault } from '../../model/validate.ts';
import { storedFieldName } from '../../model/interchange/headings.ts';
import { targetFields } from './columns/column-targets.ts';
import { customFieldName } from './columns/custom-headings.ts';
import { cellText, isBlank } from './cell.ts';
import type { Cell, Line } from './cell.ts';

export interface FieldColumn {
  column: number;
  field: Field;
  /** Whether the field is 100 % minus the value. */
  isRest: boolean;
}

/** The meaning of a table's columns: the column numbers of each target. */
export interface Mapping {
  type: SheetType;
  recordIdColumn: number | null;
  /** In reading order: the university first, because it decides between equal names. */
  fields: readonly FieldColumn[];
  customFields: readonly { column: number; name: string }[];
  idColumns: ReadonlyMap<string, number>;
  namePartColumns: readonly number[];
  /** The one of these with titles; undefined for none. */
  titleColumn: number | undefined;
  /** Columns with the university of a link's source and target. */
  universityColumns: Readonly<Record<'from' | 'to', number | null>>;
  directionColumn: number | null;
  /** Columns with the type of a link's source and target. */
  typeColumns: Readonly<Record<'from' | 'to', number | null>>;
}

/**
 * Checks the selected columns; `customNames` are existing custom fields. Throws INVALID if two columns become one field, or a column
 * becomes a field that the type lacks, or the rest of a field that is no share.
 */
export function mappingOf(
  { type, columns }: Pick<SheetChoices, 'type' | 'columns'>,
  width: number,
  customNames: readonly string[],
): Mapping {
  const fieldsByKey = new Map(targetFields(type).map((field) => [field.key, field]));
  const fields: FieldColumn[] = [];
  const customFields: { column: number; name: string }[] = [];
  const idTargets: FieldColumn[] = [];
  let recordIdColumn: number | null = null;
  let directionColumn: number | null = null;
  const typeColumns: Record<'from' | 'to', number | null> = { from: null, to: null };
  const columnByPart = new Map<NamePart, number>();
  const universityColumns: Record<'from' | 'to', number | null> = { from: null, to: null };
  const usedKeys = new Set<string>();
  for (const [column, target] of columns.slice(0, width).entries()) {
    const key = keyOf(target);
    if (key === null) continue;
    if (usedKeys.has(key))
      throw invalidFault([issueWithCode(`columns.${column}`, 'twice', 'field_twice', { field: key })]);
    usedKeys.add(key);
    if (target.to === 'id') recordIdColumn = column;
    else if (target.to === 'direction') directionColumn = column;
    else if (target.to === 'type_of') typeColumns[target.field] = column;
    else if (target.to === 'name_part') columnByPart.set(target.part, column);
    else if (target.to === 'university_of') {
      const ends = target.field === 'both' ? (['from', 'to'] as const) : [target.field];
      for (const end of ends) universityColumns[end] ??= column;
    } else if (target.to === 'own')
      customFields.push({ column, name: storedFieldName(customFieldName(type, target.name), customNames) });
    else if (target.to === 'field' || target.to === 'id_of' || target.to === 'rest_of') {
      const { to, field: chosenField } = target;
      const field = fieldsByKey.get(chosenField);
      const isRest = to === 'rest_of';
      if (!field || (to === 'id_of' && field.kind !== 'reference') || (isRest && field.unit !== 'percent')) {
        const problem = field && isRest ? 'no_share_target' : 'unknown_target';
        throw invalidFault([
          issueWithCode(`columns.${column}`, 'unknown_field', problem, { field: chosenField }),
        ]);
      }
      (to === 'id_of' ? idTargets : fields).push({ column, field, isRest });
    }
  }
  // A column of ids without a column of names is itself the reference.
  const idColumns = new Map<string, number>();
  for (const reference of idTargets) {
    if (fields.some(({ field }) => field.key === reference.field.key))
      idColumns.set(reference.field.key, reference.column);
    else fields.push(reference);
  }
  const readingOrder = ({ field }: FieldColumn): number => (field.key === 'university_id' ? 0 : 1);
  // A salutation is no part of a name, and no field holds it.
  const namePartColumns = (['title', 'first', 'prefix', 'last'] as const).flatMap(
    (part) => columnByPart.get(part) ?? [],
  );
  return {
    type,
    recordIdColumn,
    customFields,
    idColumns,
    namePartColumns,
    titleColumn: columnByPart.get('title'),
    universityColumns,
    directionColumn,
    typeColumns,
    fields: fields.toSorted((a, b) => readingOrder(a) - readingOrder(b)),
  };
}

function keyOf(target: ColumnTarget): string | null {
  if (target.to === 'ignore') return null;
  if (target.to === 'id' || target.to === 'direction') return target.to;
  if (target.to === 'name_part') return `name ${target.part}`;
  if (target.to === 'type_of') return `type of ${target.field}`;
  if (target.to === 'university_of') return `university of ${target.field}`;
  if (target.to === 'id_of') return `id of ${target.field}`;
  return target.to === 'own' ? `own ${toCustomName(target.name)}` : target.field;
}

/** Whether a rule creates a record of the name in the cell, so that each row keeps its spelling. */
export const keepsSpelling = ({ create, value, becomes }: ValueRule): boolean => create && becomes === value;

export interface CorrectedCell {
  cell: Cell;
  rule: ValueRule | undefined;
  /** Text of the cell that means empty ("N/A"). */
  placeholder?: string;
}

/** A table's cells after the user's corrections: of single cells first, then of values in a column. */
export class Cells {
  readonly #corrections = new Map<string, string>();
  readonly #rules = new Map<number, Map<string, ValueRule>>();
  readonly usedRules = new Set<ValueRule>();
  readonly #isEmpty: (column: number, text: string) => boolean;
  readonly #sharedRuleColumns: readonly number[];

  /**
   * `isApplied` says which rules apply; others are ignored. `isEmpty` says which texts of a column mean empty. A rule for one of
   * `sharedRuleColumns` applies to all of them.
   */
  constructor(
    { cells, values }: Pick<SheetChoices, 'cells' | 'values'>,
    isApplied: (rule: ValueRule) => boolean = () => true,
    isEmpty: (column: number, text: string) => boolean = () => false,
    sharedRuleColumns: readonly number[] = [],
  ) {
    this.#isEmpty = isEmpty;
    this.#sharedRuleColumns = sharedRuleColumns;
    for (const { line, column, value } of cells) this.#corrections.set(`${line} ${column}`, value);
    for (const rule of values) {
      if (!isApplied(rule)) continue;
      const columnRules = this.#rules.get(rule.column) ?? new Map<string, ValueRule>();
      columnRules.set(rule.value, rule);
      this.#rules.set(rule.column, columnRules);
    }
  }

  #ruleFor(column: number, text: string): ValueRule | undefined {
    const columnRule = this.#rules.get(column)?.get(text);
    if (columnRule || !this.#sharedRuleColumns.includes(column)) return columnRule;
    for (const otherColumn of this.#sharedRuleColumns) {
      const rule = this.#rules.get(otherColumn)?.get(text);
      if (rule) return rule;
    }
    return undefined;
  }

  /** The corrected cell of a row; null if blank. Marks its rule as used. */
  cellAt(row: Line, column: number): CorrectedCell {
    const correctedCell = this.peekAt(row, column);
    const { rule } = correctedCell;
    if (rule) this.usedRules.add(rule);
    return correctedCell;
  }

  /** One of several names in a cell, corrected. Marks its rule as used. */
  nameAt(column: number, name: string): CorrectedCell {
    const rule = this.#ruleFor(column, name);
    if (rule) this.usedRules.add(rule);
    return {
      cell: rule && !keepsSpelling(rule) ? rule.becomes || null : name,
      rule,
    };
  }

  /** Like `cellAt`, but does not mark the rule as used. */
  peekAt({ line, cells }: Line, column: number): CorrectedCell {
    const correction = this.#corrections.size > 0 ? this.#corrections.get(`${line} ${column}`) : undefined;
    const original = correction === undefined ? (cells[column] ?? null) : correction;
    const rule = this.#ruleFor(column, cellText(original));
    const cell = rule && !keepsSpelling(rule) ? rule.becomes : original;
    if (isBlank(cell)) return { cell: null, rule };
    const text = cellText(cell);
    if (rule === undefined && this.#isEmpty(column, text)) return { cell: null, rule, placeholder: text };
    return { cell, rule };
  }
}
