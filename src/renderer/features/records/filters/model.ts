import type { Filter } from '#shared/contract/entities.ts';
import { isDay } from '#shared/domain/days.ts';
import { shownFieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { customFieldKey, customNameOf } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import { stateFields } from '#shared/domain/states.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ListView } from '#shared/address/view.ts';
import { nameField } from '#shared/domain/title.ts';
import { say } from '../../../i18n/setup.ts';
import { dayText, shortDateTime } from '../../../text/formats.ts';
import { choiceName, fieldName } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { customValueText } from '../custom-fields.ts';
import { dayOf, isMoment, spanOf } from './typed/days.ts';
import { typedNumber } from '../form/values.ts';

export type Operator = Filter['op'];
/** `between` becomes two filters, at least and at most. */
export type Comparison = Operator | 'between';

/** A field for filters. A moment is a time in ISO 8601 that is compared by day. */
export type FilterField = Pick<Field, 'key' | 'to' | 'unit' | 'list' | 'whole' | 'min' | 'max' | 'own'> & {
  kind: Field['kind'] | 'moment';
};

const timeFields: readonly FilterField[] = [
  { key: 'created_at', kind: 'moment' },
  { key: 'updated_at', kind: 'moment' },
];

function customFilterField({ name, kind }: CustomField): FilterField {
  return { key: customFieldKey(name), kind, own: true };
}

/** The fields that a list of the type can be filtered by: declared and custom ones, a derived state, and times. */
export function filterFields(
  type: EntityType,
  customFields: readonly CustomField[] = [],
): readonly FilterField[] {
  const fields = shownFieldsOf(type).filter((field) => field.kind !== 'json');
  const state = stateFields[type];
  const states: FilterField[] = state ? [{ key: state.key, kind: 'choice', list: state.list }] : [];
  const customFilterFields = customFields.filter((field) => field.kind !== 'json').map(customFilterField);
  return [...fields, ...states, ...timeFields, ...customFilterFields];
}

/** The field of a filter; an unknown one is treated as text. */
export function filterField(
  type: EntityType,
  key: string,
  customFields: readonly CustomField[] = [],
): FilterField {
  const name = customNameOf(key);
  const unknownField = (): FilterField =>
    name === null ? { key, kind: 'text' } : customFilterField({ name, kind: 'text' });
  return filterFields(type, customFields).find((field) => field.key === key) ?? unknownField();
}

const operators: Readonly<Record<FilterField['kind'], readonly Comparison[]>> = {
  text: ['contains', 'in', 'empty', 'not_empty'],
  longtext: ['contains', 'empty', 'not_empty'],
  number: ['gte', 'lte', 'between', 'in', 'is_not', 'empty', 'not_empty'],
  boolean: ['is', 'empty', 'not_empty'],
  choice: ['in', 'is_not', 'contains', 'empty', 'not_empty'],
  reference: ['in', 'is_not', 'contains', 'empty', 'not_empty'],
  references: ['contains', 'empty', 'not_empty'],
  url: ['contains', 'empty', 'not_empty'],
  json: ['empty', 'not_empty'],
  moment: ['between', 'gte', 'lte'],
  // Invalid days are stored as text among dates.
  date: ['between', 'gte', 'lte', 'not_gte', 'in', 'contains', 'empty', 'not_empty'],
};

export function operatorsOf(field: FilterField): readonly Comparison[] {
  // Custom fields mostly have few values, so these are offered first.
  if (field.own && field.kind === 'text') return ['in', 'contains', 'empty', 'not_empty'];
  return operators[field.kind];
}

/** Days and moments: labelled since and until, not at least and at most. */
export const isTime = ({ kind }: FilterField): boolean => kind === 'moment' || kind === 'date';

export const needsValue = (op: Comparison): boolean => op !== 'empty' && op !== 'not_empty';

/** The filter of an edit, or null if incomplete. A list of one value becomes `is`. */
export function buildFilter(field: FilterField, op: Operator, value: Json | undefined): Filter | null {
  if (!needsValue(op)) return { field: field.key, op };
  if (op === 'in') {
    const values = Array.isArray(value) ? (value as Json[]) : [];
    if (values.length === 0) return null;
    return values.length === 1 ? filterOf(field, 'is', values[0]) : filterOf(field, 'in', values);
  }
  if (field.kind === 'number') {
    const number =
      typeof value === 'string' ? typedNumber(value, field) : typeof value === 'number' ? value : null;
    return number === null ? null : filterOf(field, op, number);
  }
  if (typeof value === 'string' && value.trim() === '') return null;
  return value === undefined ? null : filterOf(field, op, value);
}

function filterOf(field: FilterField, op: Operator, value: Json | undefined): Filter {
  return { field: field.key, op, value };
}

/** The values of an `is` or `in` filter; none for other filters. */
export function valuesOf(filter: Filter | null): readonly Json[] {
  if (!filter || (filter.op !== 'in' && filter.op !== 'is')) return [];
  const value = filter.value;
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as Json[]) : [value];
}

/** The comparison for editing: "is" is edited as "one of". */
export function editedOperator(field: FilterField, filter: Filter): Operator {
  return filter.op === 'is' && operatorsOf(field).includes('in') ? 'in' : filter.op;
}

/** A filter in edited form; a pair of at least and at most is a range. */
export interface FilterEdit {
  op: Comparison;
  value: Json | undefined;
}

/** The edited form of a chip's filters. Without filters, a new edit starts with the field's first comparison. */
export function editOf(field: FilterField, filters: readonly Filter[]): FilterEdit {
  const [first, second] = filters;
  if (!first) {
    const [op = 'is'] = operatorsOf(field);
    return { op, value: field.kind === 'boolean' ? true : undefined };
  }
  if (second) return { op: 'between', value: [first.value ?? null, second.value ?? null] };
  const op = editedOperator(field, first);
  return { op, value: op === 'in' || op === 'is_not' ? [...valuesOf({ ...first, op: 'in' })] : first.value };
}

/** For a moment, a typed day becomes its first or last instant. Other values stay. */
function boundOf(field: FilterField, value: Json | undefined, op: 'gte' | 'lte'): Json | undefined {
  if (field.kind !== 'moment' || typeof value !== 'string' || isMoment(value)) return value;
  const span = spanOf(value);
  return op === 'gte' ? span?.from : span?.until;
}

/** Whether the values of a comparison of days are days or empty; true for other comparisons. */
function hasValidDays(field: FilterField, { op, value }: FilterEdit): boolean {
  if (!isTime(field) || !['gte', 'lte', 'not_gte', 'between'].includes(op)) return true;
  return [value].flat().every((bound) => {
    const text = typeof bound === 'string' ? bound.trim() : '';
    return text === '' || isDay(text) || isMoment(text);
  });
}

function sortBounds([low, high]: readonly Json[]): readonly (Json | undefined)[] {
  const boundText = (bound: Json | undefined): string =>
    typeof bound === 'number' || typeof bound === 'string' ? String(bound) : '';
  const [lowText, highText] = [boundText(low), boundText(high)];
  if (lowText === '' || highText === '') return [low, high];
  const numbers = [Number(lowText), Number(highText)] as const;
  const isReversed = numbers.some(Number.isNaN) ? lowText > highText : numbers[0] > numbers[1];
  return isReversed ? [high, low] : [low, high];
}

/** The filters of an edit, or null if incomplete. */
export function buildFilters(field: FilterField, { op, value }: FilterEdit): readonly Filter[] | null {
  if (!hasValidDays(field, { op, value })) return null;
  const asList = (filter: Filter | null): readonly Filter[] | null => filter && [filter];
  if (op === 'gte' || op === 'lte') return asList(buildFilter(field, op, boundOf(field, value, op)));
  if (op === 'is_not' && Array.isArray(value)) return asList(buildFilter(field, op, (value as Json[])[0]));
  if (op !== 'between') return asList(buildFilter(field, op, value));
  const [low, high] = sortBounds(Array.isArray(value) ? (value as Json[]) : []);
  const bounds = [
    buildFilter(field, 'gte', boundOf(field, low, 'gte')),
    buildFilter(field, 'lte', boundOf(field, high, 'lte')),
  ].filter((filter) => filter !== null);
  return bounds.length === 0 ? null : bounds;
}

interface Chip {
  filters: readonly Filter[];
  /** The places of its filters in the list of all. */
  indexes: readonly number[];
}

const oppositeOps: Readonly<Partial<Record<Operator, Operator>>> = { gte: 'lte', lte: 'gte' };

/** A chip for each filter; the two bounds of a range share one, the lower bound first. */
export function chipsOf(filters: readonly Filter[]): readonly Chip[] {
  const usedIndexes = new Set<number>();
  return filters.flatMap((filter, index) => {
    if (usedIndexes.has(index)) return [];
    const oppositeOp = oppositeOps[filter.op];
    // Only the next bound of the field: of "≥ 5, ≥ 2, ≤ 5" the last two are the range.
    const pairIndex = filters.findIndex(
      ({ field, op }, otherIndex) =>
        otherIndex > index && field === filter.field && (op === 'gte' || op === 'lte'),
    );
    const second = filters[pairIndex];
    if (!second || second.op !== oppositeOp) return [{ filters: [filter], indexes: [index] }];
    usedIndexes.add(pairIndex);
    const isReversed = filter.op === 'lte';
    return [
      isReversed
        ? { filters: [second, filter], indexes: [pairIndex, index] }
        : { filters: [filter, second], indexes: [index, pairIndex] },
    ];
  });
}

export function replaceChip(
  filters: readonly Filter[],
  { indexes }: Chip,
  next: readonly Filter[],
): readonly Filter[] {
  const firstIndex = Math.min(...indexes);
  return filters.flatMap((filter, index) =>
    index === firstIndex ? next : indexes.includes(index) ? [] : [filter],
  );
}

export function filterValueText(field: FilterField, value: Json): string {
  if (field.own && value !== null) return customValueText(value, field.kind);
  if (typeof value === 'boolean') return say(value ? 'common:yes' : 'common:no');
  if (typeof value === 'number')
    return field.kind === 'boolean' ? say(value ? 'common:yes' : 'common:no') : numberText(value, field.unit);
  if (value === null) return say('common:none');
  if (typeof value !== 'string') return JSON.stringify(value);
  if (field.kind === 'moment') return momentText(value);
  return field.kind === 'choice' ? choiceName(value) : value;
}

/** The day of a moment, with its time unless it is the start or end of the day. */
function momentText(moment: string): string {
  if (!isMoment(moment)) return moment;
  const time = Date.parse(moment);
  const span = spanOf(dayOf(moment));
  return moment === span?.from || moment === span?.until ? dayText(time) : shortDateTime(time);
}

/** "Size ≥ 2", "Size 2 to 5", "Discipline: software, ground". `textOf` returns the text of a value. */
export function chipText(
  field: FilterField,
  filters: Filter | readonly Filter[],
  textOf: (value: Json) => string,
): string {
  const [filter, upperBound] = Array.isArray(filters) ? (filters as readonly Filter[]) : [filters as Filter];
  if (!filter) return '';
  const label = fieldName(field.key);
  if (upperBound) {
    const [from, until] = [textOf(filter.value ?? null), textOf(upperBound.value ?? null)];
    return from === until
      ? say('grid:opShort.is', { field: label, value: from })
      : say('views:between', { field: label, from, until });
  }
  const values = Array.isArray(filter.value) ? (filter.value as Json[]) : [filter.value as Json];
  const shownValue = needsValue(filter.op) ? values.map(textOf).join(', ') : '';
  if (isTime(field) && (filter.op === 'gte' || filter.op === 'lte'))
    return say(`views:chip.${filter.op === 'gte' ? 'since' : 'upTo'}`, { field: label, value: shownValue });
  return say(`grid:opShort.${filter.op === 'in' ? 'is' : filter.op}`, { field: label, value: shownValue });
}

/** The fields that a list can be grouped by: values that records share, not names and long texts. */
export function groupFields(
  type: EntityType,
  customFields: readonly CustomField[] = [],
): readonly FilterField[] {
  return filterFields(type, customFields).filter(
    ({ key, kind }) => kind !== 'longtext' && kind !== 'references' && key !== nameField(type),
  );
}

/** The field of a list's groups; null without groups and for deleted records. A custom field is valid even if no record has it. */
export function groupFieldOf(
  { type, group, deleted }: ListView,
  customFields: readonly CustomField[] = [],
): FilterField | null {
  if (group === '' || deleted === 'only') return null;
  if (customNameOf(group) !== null) return filterField(type, group, customFields);
  return groupFields(type).find(({ key }) => key === group) ?? null;
}
