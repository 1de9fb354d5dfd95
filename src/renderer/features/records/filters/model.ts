import type { Filter } from '#shared/contract/entities.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName, fieldName } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';

export type Operator = Filter['op'];

/** A field that a list can be filtered by. */
export type FilterField = Pick<Field, 'key' | 'kind' | 'to' | 'unit' | 'list'>;

const status: FilterField = { key: 'status', kind: 'choice', list: 'lifecycle' };

/** What a list of the type can be filtered by. */
export function filterFields(type: EntityType): readonly FilterField[] {
  const fields = fieldsOf(type).filter((field) => field.kind !== 'json');
  return type === 'student' ? [...fields, status] : fields;
}

/** The field of a filter; one that the type does not have is treated as text. */
export function filterField(type: EntityType, key: string): FilterField {
  return filterFields(type).find((field) => field.key === key) ?? { key, kind: 'text' };
}

const operators: Readonly<Record<Field['kind'], readonly Operator[]>> = {
  text: ['contains', 'in', 'empty', 'not_empty'],
  longtext: ['contains', 'empty', 'not_empty'],
  number: ['gte', 'lte', 'is', 'empty', 'not_empty'],
  boolean: ['is', 'empty', 'not_empty'],
  choice: ['in', 'is_not', 'contains', 'empty', 'not_empty'],
  reference: ['in', 'contains', 'empty', 'not_empty'],
  json: ['empty', 'not_empty'],
};

/** What a field can be compared by, the usual first. */
export function operatorsOf(field: FilterField): readonly Operator[] {
  return operators[field.kind];
}

export const needsValue = (op: Operator): boolean => op !== 'empty' && op !== 'not_empty';

/** The filter that somebody built, or null when it says nothing yet. One value of several is a plain "is". */
export function buildFilter(field: FilterField, op: Operator, value: Json | undefined): Filter | null {
  if (!needsValue(op)) return { field: field.key, op };
  if (op === 'in') {
    const values = Array.isArray(value) ? (value as Json[]) : [];
    if (values.length === 0) return null;
    return values.length === 1 ? filterOf(field, 'is', values[0]) : filterOf(field, 'in', values);
  }
  if (field.kind === 'number') {
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
    const number = Number(text);
    return text === '' || !Number.isFinite(number) ? null : filterOf(field, op, number);
  }
  if (typeof value === 'string' && value.trim() === '') return null;
  return value === undefined ? null : filterOf(field, op, value);
}

function filterOf(field: FilterField, op: Operator, value: Json | undefined): Filter {
  return { field: field.key, op, value };
}

/** The values of a filter that names one or several. */
export function valuesOf(filter: Filter | null): readonly Json[] {
  if (!filter || (filter.op !== 'in' && filter.op !== 'is')) return [];
  const value = filter.value;
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as Json[]) : [value];
}

/** How a filter is edited: several values of which one was chosen are still "one of". */
export function editedOperator(field: FilterField, filter: Filter): Operator {
  return filter.op === 'is' && operatorsOf(field).includes('in') ? 'in' : filter.op;
}

/** A value of a filter as text; references are ids here and are named by whoever draws them. */
export function filterValueText(field: FilterField, value: Json): string {
  if (typeof value === 'boolean') return say(value ? 'common:yes' : 'common:no');
  if (typeof value === 'number')
    return field.kind === 'boolean' ? say(value ? 'common:yes' : 'common:no') : numberText(value, field.unit);
  if (value === null) return say('common:none');
  return typeof value === 'string'
    ? field.kind === 'choice'
      ? choiceName(value)
      : value
    : JSON.stringify(value);
}

/** The chip of a filter: "Size ≥ 2", "Discipline: software, ground". `name` gives the words for a value. */
export function chipText(field: FilterField, filter: Filter, name: (value: Json) => string): string {
  const value = Array.isArray(filter.value) ? (filter.value as Json[]) : [filter.value as Json];
  const shown = needsValue(filter.op) ? value.map(name).join(', ') : '';
  const label = fieldName(field.key);
  return say(`grid:opShort.${filter.op}`, { field: label, value: shown });
}

/** The filters with one put in the place of another, added, or taken out. */
export function replaced(
  filters: readonly Filter[],
  at: number | null,
  next: Filter | null,
): readonly Filter[] {
  if (at === null) return next ? [...filters, next] : filters;
  return filters.flatMap((filter, index) => (index === at ? (next ?? []) : filter));
}
