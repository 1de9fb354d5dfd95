import { foldText } from '#shared/domain/fold.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { foldedSeparator, filterOperand, comparesDays, fieldExpression, isListedSize } from '../filters.ts';
import type { NameIndex } from '../name-index.ts';
import { titleColumn } from '../names.ts';
import { customExpression, searchExpression } from '../custom-fields.ts';
import { tallyExpression } from '../tallies.ts';
import { compareCells } from './cell.ts';
import type { Cell } from './cell.ts';
import type { TableColumns } from './table.ts';

export type SlotTest = (slot: number) => boolean;

function valueTest(table: TableColumns, expression: string, passes: (cell: Cell) => boolean): SlotTest {
  const { values, codes } = table.column(expression);
  const verdicts = values.map(passes);
  return (slot) => verdicts[codes[slot] as number] as boolean;
}

const kindsOf = (cells: readonly Cell[]): Set<string> =>
  new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell));

/** The column of a filter. Throws INVALID for a field that the type does not have. */
export function filterExpression(type: EntityType, { field, op }: Pick<Filter, 'field' | 'op'>): string {
  const expression = fieldExpression(type, field);
  return op === 'contains' ? searchExpression(type, field, expression) : expression;
}

/** Whether the field is the size of teams, and one that states none counts its students: a column does not follow other tables. */
export function countsListed(table: TableColumns, type: EntityType, field: string): boolean {
  if (!isListedSize(type, field)) return false;
  const { values, codes } = table.column('r.size');
  const unstated = values.indexOf(null);
  return unstated >= 0 && codes.some((code, slot) => code === unstated && table.visible[slot]);
}

/** A filter as a test of rows. Null if SQLite's own rules are needed: mixed kinds, incomparable values, counts of other records. */
export function filterTest(
  table: TableColumns,
  names: NameIndex,
  type: EntityType,
  { field, op, value }: Filter,
): SlotTest | null {
  if (tallyExpression(type, field) !== null || countsListed(table, type, field)) return null;
  if (op === 'not_gte') {
    const gteTest = filterTest(table, names, type, { field, op: 'gte', value });
    return gteTest && ((slot) => !gteTest(slot));
  }
  const expression = fieldExpression(type, field);
  if (op === 'empty') return valueTest(table, expression, (cell) => cell === null || cell === '');
  if (op === 'not_empty') return valueTest(table, expression, (cell) => cell !== null && cell !== '');
  if (op === 'is' && value === null) return valueTest(table, expression, (cell) => cell === null);
  if (op === 'is_not' && value === null) return valueTest(table, expression, (cell) => cell !== null);
  if (op === 'contains') return containsTest(table, names, type, field, value);
  const operands = (op === 'in' && Array.isArray(value) ? value : [value]).map((item) =>
    filterOperand(item, field),
  );
  if (operands.length === 0 || operands.includes(undefined)) return null;
  const cells = operands as Cell[];
  // SQLite does not convert between kinds for values that come from a function.
  const isCustom = customExpression(type, field) !== null;
  if (!isCustom && kindsOf([...table.column(expression).values, ...cells]).size > 1) return null;
  const [operand] = cells as [Cell];
  if (op === 'is') return valueTest(table, expression, (cell) => cell === operand);
  if (op === 'is_not') return valueTest(table, expression, (cell) => cell !== operand);
  if (op === 'in') return valueTest(table, expression, (cell) => cells.includes(cell));
  const sign = op === 'gte' ? 1 : -1;
  const mustBeDay = isCustom && comparesDays({ op, value });
  return valueTest(
    table,
    expression,
    (cell) =>
      cell !== null &&
      (!isCustom || (typeof cell === 'string') === (typeof operand === 'string')) &&
      compareCells(cell, operand) * sign >= 0 &&
      (!mustBeDay || (typeof cell === 'string' && isDay(cell))),
  );
}

function containsTest(
  table: TableColumns,
  names: NameIndex,
  type: EntityType,
  field: string,
  value: unknown,
): SlotTest | null {
  // Compares the text as written, even if the field compares numeric texts as numbers.
  const text = typeof value === 'string' ? value : filterOperand(value, field);
  if (text === undefined) return null;
  const word = foldText(String(text));
  const expression = filterExpression(type, { field, op: 'contains' });
  const kind = fieldOf(type, field)?.kind;
  const hasWordInTitle = (id: Json): boolean =>
    typeof id === 'string' && (names.foldedTitle(id)?.includes(word) ?? false);
  return valueTest(table, expression, (cell) => {
    if (kind === 'reference') return hasWordInTitle(cell);
    if (kind === 'references')
      return typeof cell === 'string' && referencedIds(JSON.parse(cell) as Json).some(hasWordInTitle);
    return typeof cell === 'string' && foldText(cell).includes(word);
  });
}

/** A test whether the title contains the word. The title of an interface consists of the titles of its source and target. */
export function wordTest(table: TableColumns, names: NameIndex, type: EntityType, word: string): SlotTest {
  const foldedWord = foldText(word);
  if (type !== 'interface') {
    const { foldedValues: folded, codes } = table.column(`r.${titleColumn(type)}`);
    const verdicts = folded.map((title) => title.includes(foldedWord));
    return (slot) => verdicts[codes[slot] as number] as boolean;
  }
  if (foldedSeparator.includes(foldedWord)) return () => true;
  const endTest = (side: string): SlotTest =>
    valueTest(table, side, (cell) => {
      return typeof cell === 'string' && (names.foldedTitle(cell) ?? foldText(cell)).includes(foldedWord);
    });
  const [from, to] = [endTest('r.from_id'), endTest('r.to_id')];
  return (slot) => from(slot) || to(slot);
}
