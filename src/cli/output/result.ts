import type { z } from 'zod';
import { howShown } from '#shared/contract/shown.ts';
import { labelOf, percent } from '../phrases.ts';
import { tableLines, valueText } from './table.ts';
import type { Column } from './table.ts';

type Fields = Readonly<Record<string, unknown>>;
type Schema = z.ZodType | undefined;

/** Fields that only programs need. `op_id` has a line of its own. */
const hidden: ReadonlySet<string> = new Set(['head', 'op_id', 'dry', 'hash', 'seen']);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const referenceKeys: ReadonlySet<string> = new Set([
  'id',
  'type',
  'title',
  'name',
  'university',
  'university_id',
]);
const isReference = (value: Fields): boolean =>
  isNamed(value) && Object.keys(value).every((key) => referenceKeys.has(key));
const isRows = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.some((row) => isFields(row) && !isReference(row));
const isNamed = (value: Fields): boolean =>
  typeof value['name'] === 'string' || typeof value['title'] === 'string';
/** Numbers by type or table; an object with fields of its own is none. */
const isCounts = (schema: Schema, value: Fields): boolean =>
  !(schema && 'shape' in bareOf(schema)) &&
  Object.keys(value).length > 0 &&
  Object.values(value).every((count) => Number.isInteger(count));
const hasText = (schema: Schema): boolean =>
  schema !== undefined && howShown(bareOf(schema)).text !== undefined;

/**
 * Prints the result of an operation by its schema: rows as a table of the declared columns, other fields as `Label: value`. Empty fields
 * are omitted.
 */
export function resultLines(schema: Schema, result: unknown, width = Infinity): string[] {
  if (Array.isArray(result))
    return result.length === 0 ? ['None.'] : rowLines(elementOf(schema), result as Fields[], width);
  if (!isFields(result)) return [plainText(schema, '', result)];
  const undo = result['op_id'];
  return [
    ...fieldLines(schema, result, width),
    ...(undo === null ? ['Nothing to change.'] : []),
    ...(typeof undo === 'string' && result['dry'] !== true ? ['Undo with "frames undo".'] : []),
  ];
}

/** Lines of all fields of an object. Each table stands between empty lines, after its label. */
function fieldLines(schema: Schema, value: Fields, width: number): string[] {
  const lines: string[] = [];
  for (const [key, part] of Object.entries(value)) {
    if (hidden.has(key) || part === undefined) continue;
    const of = fieldOf(schema, key);
    if (part !== null && hasText(of) && plainText(of, key, part) === '') continue;
    const label = labelOf(key);
    if (isRows(part) && !hasText(elementOf(of))) {
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
      lines.push(`${label}:`, ...rowLines(elementOf(of), part, width), '');
    } else if (isFields(part) && !hasText(of) && !isReference(part) && !isCounts(of, part)) {
      const inner = fieldLines(of, part, width - 2);
      if (Object.values(part).every((value) => typeof value !== 'object') && inner.length <= 4)
        lines.push(`${label}: ${inner.join(', ').replaceAll(': ', ' ')}`);
      else lines.push(`${label}:`, ...inner.map((line) => (line === '' ? '' : `  ${line}`)));
    } else lines.push(`${label}: ${plainText(of, key, part) || 'none'}`);
  }
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** A table of objects, by the columns that their schema declares, else all plain fields. */
export function rowLines(schema: Schema, rows: readonly Fields[], width = Infinity): string[] {
  const declared = schema && howShown(bareOf(schema)).columns;
  const keys =
    declared ?? [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !hidden.has(key));
  const columns = keys.map((column): Column<Fields> => {
    const [path, title] =
      typeof column === 'string' ? [column, labelOf(column.split('.').at(-1) ?? '')] : column;
    const steps = path.split('.');
    const of = steps.reduce<Schema>(fieldOf, schema);
    const valueOf = (row: Fields): unknown =>
      steps.reduce<unknown>((part, key) => (isFields(part) ? part[key] : undefined), row);
    const isNumber = rows.some((row) => typeof valueOf(row) === 'number');
    return {
      title,
      ...(isNumber && { align: 'right' }),
      cell: (row) => plainText(of, steps.at(-1) ?? '', valueOf(row)),
    };
  });
  return tableLines(columns, rows, width);
}

/** A value in one line; '' for one that has none. */
function plainText(schema: Schema, key: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  const { text, unit } = schema ? howShown(bareOf(schema)) : {};
  if (text) return text(value);
  if (typeof value === 'number') return numberText(unit, key, value);
  if (Array.isArray(value)) {
    const parts = value.map((part) => plainText(elementOf(schema), key, part));
    return parts.filter((part) => part !== '').join(', ');
  }
  if (!isFields(value)) return valueText(value, key);
  const name = value['title'] ?? value['name'];
  if (typeof name === 'string') return typeof value['id'] === 'string' ? `${name} (${value['id']})` : name;
  if (isCounts(schema, value)) return valueText(value, key);
  return schema && !('shape' in bareOf(schema)) ? JSON.stringify(value) : '';
}

function numberText(unit: 'share' | 'percent' | 'bytes' | undefined, key: string, value: number): string {
  if (unit === 'share') return percent(value);
  if (unit === 'percent') return `${Number(value.toFixed(1))} %`;
  if (/year$|^seed$/.test(key)) return String(value);
  return valueText(
    Number.isInteger(value) ? value : Number(value.toFixed(3)),
    unit === 'bytes' ? 'bytes' : key,
  );
}

interface Definition {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
}
const definitionOf = (schema: z.ZodType): Definition => schema.def;

function bareOf(schema: z.ZodType): z.ZodType {
  const { innerType } = definitionOf(schema);
  return innerType ? bareOf(innerType) : schema;
}

const elementOf = (schema: Schema): Schema => schema && definitionOf(bareOf(schema)).element;

function fieldOf(schema: Schema, key: string): Schema {
  if (!schema) return undefined;
  const bare = bareOf(schema);
  return (
    (bare as { shape?: Readonly<Record<string, z.ZodType>> }).shape?.[key] ?? definitionOf(bare).valueType
  );
}
