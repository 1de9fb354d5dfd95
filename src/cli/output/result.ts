import type { z } from 'zod';
import { displayRuleOf } from '#shared/contract/display-rules.ts';
import { labelOf, formatPercent } from '../format.ts';
import { tableLines, valueText } from './table.ts';
import type { Column } from './table.ts';

type Fields = Readonly<Record<string, unknown>>;
type Schema = z.ZodType | undefined;

/** Fields that only programs need. `op_id` has a line of its own. */
const omittedKeys: ReadonlySet<string> = new Set(['head', 'op_id', 'dry', 'hash', 'seen']);

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
  hasName(value) && Object.keys(value).every((key) => referenceKeys.has(key));
const isRows = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.some((row) => isFields(row) && !isReference(row));
const hasName = (value: Fields): boolean =>
  typeof value['name'] === 'string' || typeof value['title'] === 'string';
/** Whether the value is numbers by type or table. An object whose schema declares fields is not. */
const isCounts = (schema: Schema, value: Fields): boolean =>
  !(schema && 'shape' in unwrapSchema(schema)) &&
  Object.keys(value).length > 0 &&
  Object.values(value).every((count) => Number.isInteger(count));
const displayLabel = (schema: Schema): string | undefined =>
  schema && (displayRuleOf(schema).label ?? displayRuleOf(unwrapSchema(schema)).label);
const hasTextRule = (schema: Schema): boolean =>
  schema !== undefined && displayRuleOf(unwrapSchema(schema)).text !== undefined;

/**
 * Prints the result of an operation by its schema: rows as a table of the declared columns, other fields as `Label: value`. Empty fields are omitted.
 */
export function resultLines(schema: Schema, result: unknown, width = Infinity): string[] {
  if (Array.isArray(result))
    return result.length === 0 ? ['None.'] : rowLines(elementOf(schema), result as Fields[], width);
  if (!isFields(result)) return [plainText(schema, '', result)];
  const opId = result['op_id'];
  return [
    ...objectLines(schema, result, width),
    ...(opId === null ? ['Nothing to change.'] : []),
    ...(typeof opId === 'string' && result['dry'] !== true ? ['Undo with "frames undo".'] : []),
  ];
}

const maxInlineFields = 4;

/** Lines of all fields of an object. Each table stands between empty lines, after its label. */
function objectLines(schema: Schema, value: Fields, width: number): string[] {
  const lines: string[] = [];
  for (const [key, fieldValue] of Object.entries(value)) {
    if (omittedKeys.has(key) || fieldValue === undefined) continue;
    const fieldSchema = fieldOf(schema, key);
    if (fieldValue === null ? absentText(fieldSchema) === '' : isHiddenText(fieldSchema, key, fieldValue))
      continue;
    const label = displayLabel(fieldSchema) ?? labelOf(key);
    const hasInnerLines =
      isFields(fieldValue) &&
      !hasTextRule(fieldSchema) &&
      !isReference(fieldValue) &&
      !isCounts(fieldSchema, fieldValue);
    if (isRows(fieldValue) && !hasTextRule(elementOf(fieldSchema))) {
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
      lines.push(`${label}:`, ...rowLines(elementOf(fieldSchema), fieldValue, width), '');
    } else if (hasInnerLines) {
      const innerLines = objectLines(fieldSchema, fieldValue, width - 2);
      const isFlat = Object.values(fieldValue).every((innerValue) => typeof innerValue !== 'object');
      if (innerLines.length === 0) lines.push(`${label}: none`);
      else if (isFlat && innerLines.length <= maxInlineFields)
        lines.push(`${label}: ${innerLines.join(', ').replaceAll(': ', ' ')}`);
      else lines.push(`${label}:`, ...innerLines.map((line) => (line === '' ? '' : `  ${line}`)));
    } else
      lines.push(
        `${label}: ${plainText(fieldSchema, key, fieldValue) || (absentText(fieldSchema) ?? 'none')}`,
      );
  }
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** What null says can depend on the field, so the schema that allows null can say it. */
const absentText = (schema: Schema): string | undefined =>
  schema && (displayRuleOf(schema).absent ?? displayRuleOf(unwrapSchema(schema)).absent);
const isHiddenText = (schema: Schema, key: string, value: unknown): boolean =>
  hasTextRule(schema) && plainText(schema, key, value) === '';

/** A table of objects, by the columns that their schema declares, else all plain fields. */
export function rowLines(schema: Schema, rows: readonly Fields[], width = Infinity): string[] {
  const declaredColumns = schema && displayRuleOf(unwrapSchema(schema)).columns;
  const keys =
    declaredColumns ??
    [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !omittedKeys.has(key));
  const columns = keys.map((column): Column<Fields> => {
    const [path, title] =
      typeof column === 'string' ? [column, labelOf(column.split('.').at(-1) ?? '')] : column;
    const pathKeys = path.split('.');
    const cellSchema = pathKeys.reduce<Schema>(fieldOf, schema);
    const cellValue = (row: Fields): unknown =>
      pathKeys.reduce<unknown>((part, key) => (isFields(part) ? part[key] : undefined), row);
    const hasNumbers = rows.some((row) => typeof cellValue(row) === 'number');
    return {
      title,
      ...(hasNumbers && { align: 'right' }),
      cell: (row) => plainText(cellSchema, pathKeys.at(-1) ?? '', cellValue(row)),
    };
  });
  return tableLines(columns, rows, width);
}

/** Formats a value in one line; '' for null, undefined, and objects whose fields have lines of their own. */
function plainText(schema: Schema, key: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  const { text, unit } = schema ? displayRuleOf(unwrapSchema(schema)) : {};
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
  return schema && !('shape' in unwrapSchema(schema)) ? JSON.stringify(value) : '';
}

function numberText(unit: 'share' | 'percent' | 'bytes' | undefined, key: string, value: number): string {
  if (unit === 'share') return formatPercent(value);
  if (unit === 'percent') return `${Number(value.toFixed(1))} %`;
  // Years and seeds are written without thousands separators.
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

function unwrapSchema(schema: z.ZodType): z.ZodType {
  const { innerType } = definitionOf(schema);
  return innerType ? unwrapSchema(innerType) : schema;
}

const elementOf = (schema: Schema): Schema => schema && definitionOf(unwrapSchema(schema)).element;

function fieldOf(schema: Schema, key: string): Schema {
  if (!schema) return undefined;
  const innerSchema = unwrapSchema(schema);
  return (
    (innerSchema as { shape?: Readonly<Record<string, z.ZodType>> }).shape?.[key] ??
    definitionOf(innerSchema).valueType
  );
}
