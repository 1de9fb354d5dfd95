import { foldText } from '#shared/domain/fold.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { betweenEnds, boundValue, comparesDays, fieldExpression } from '../filters.ts';
import type { NameIndex } from '../name-index.ts';
import { titleColumn } from '../names.ts';
import { ownExpression, searchedExpression } from '../custom-fields.ts';
import { tallyExpression } from '../tallies.ts';
import { compareCells } from './cell.ts';
import type { Cell } from './cell.ts';
import type { TableColumns } from './table.ts';

export type Test = (slot: number) => boolean;

function valueTest(table: TableColumns, expression: string, passes: (cell: Cell) => boolean): Test {
  const { values, codes } = table.column(expression);
  const verdicts = values.map(passes);
  return (slot) => verdicts[codes[slot] as number] as boolean;
}

const kindsOf = (cells: readonly Cell[]): Set<string> =>
  new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell));

/** The column of a filter. Throws INVALID for a field that the type does not have. */
export function filterExpression(type: EntityType, { field, op }: Pick<Filter, 'field' | 'op'>): string {
  const expression = fieldExpression(type, field);
  return op === 'contains' ? searchedExpression(type, field, expression) : expression;
}

/** A filter as a test of rows. Null if SQLite's own rules are needed: mixed kinds, incomparable values, tallies. */
export function filterTest(
  table: TableColumns,
  names: NameIndex,
  type: EntityType,
  { field, op, value }: Filter,
): Test | null {
  if (tallyExpression(type, field) !== null) return null;
  if (op === 'not_gte') {
    const reached = filterTest(table, names, type, { field, op: 'gte', value });
    return reached && ((slot) => !reached(slot));
  }
  const expression = fieldExpression(type, field);
  if (op === 'empty') return valueTest(table, expression, (cell) => cell === null || cell === '');
  if (op === 'not_empty') return valueTest(table, expression, (cell) => cell !== null && cell !== '');
  if (op === 'is' && value === null) return valueTest(table, expression, (cell) => cell === null);
  if (op === 'is_not' && value === null) return valueTest(table, expression, (cell) => cell !== null);
  if (op === 'contains') return containsTest(table, names, type, field, value);
  const operands = (op === 'in' && Array.isArray(value) ? value : [value]).map((one) =>
    boundValue(one, field),
  );
  if (operands.length === 0 || operands.includes(undefined)) return null;
  const cells = operands as Cell[];
  // SQLite does not convert between kinds for values that come from a function.
  const own = ownExpression(type, field) !== null;
  if (!own && kindsOf([...table.column(expression).values, ...cells]).size > 1) return null;
  const [first] = cells as [Cell];
  if (op === 'is') return valueTest(table, expression, (cell) => cell === first);
  if (op === 'is_not') return valueTest(table, expression, (cell) => cell !== first);
  if (op === 'in') return valueTest(table, expression, (cell) => cells.includes(cell));
  const sign = op === 'gte' ? 1 : -1;
  const days = own && comparesDays({ op, value });
  return valueTest(
    table,
    expression,
    (cell) =>
      cell !== null &&
      (!own || (typeof cell === 'string') === (typeof first === 'string')) &&
      compareCells(cell, first) * sign >= 0 &&
      (!days || (typeof cell === 'string' && isDay(cell))),
  );
}

function containsTest(
  table: TableColumns,
  names: NameIndex,
  type: EntityType,
  field: string,
  value: unknown,
): Test | null {
  // As stored, even if the field compares figures as numbers.
  const text = typeof value === 'string' ? value : boundValue(value, field);
  if (text === undefined) return null;
  const word = foldText(String(text));
  const expression = filterExpression(type, { field, op: 'contains' });
  const kind = fieldOf(type, field)?.kind;
  const isNamed = (id: Json): boolean =>
    typeof id === 'string' && (names.folded(id)?.includes(word) ?? false);
  return valueTest(table, expression, (cell) => {
    if (kind === 'reference') return isNamed(cell);
    if (kind === 'references')
      return typeof cell === 'string' && referencedIds(JSON.parse(cell) as Json).some(isNamed);
    return typeof cell === 'string' && foldText(cell).includes(word);
  });
}

/** The title contains the word. The title of an interface consists of those of its ends. */
export function wordTest(table: TableColumns, names: NameIndex, type: EntityType, word: string): Test {
  const operands = foldText(word);
  if (type !== 'interface') {
    const { folded, codes } = table.column(`r.${titleColumn(type)}`);
    const verdicts = folded.map((title) => title.includes(operands));
    return (slot) => verdicts[codes[slot] as number] as boolean;
  }
  if (betweenEnds.includes(operands)) return () => true;
  const endTest = (side: string): Test =>
    valueTest(table, side, (cell) => {
      return typeof cell === 'string' && (names.folded(cell) ?? foldText(cell)).includes(operands);
    });
  const [from, to] = [endTest('r.from_id'), endTest('r.to_id')];
  return (slot) => from(slot) || to(slot);
}
