import { isDay } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import { say } from '../../i18n/setup.ts';
import { formatDay, numberLocale } from '../../text/formats.ts';
import { parseTypedDay } from '../../text/typed-day.ts';
import type { Json } from '#shared/domain/json.ts';
import { valueText } from '../../text/values.ts';
import { formatNumber } from './form/values.ts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { compareCustomNames } from '#shared/domain/custom-fields.ts';
import type { CustomField } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { queryFor } from '../../stores/queries.ts';

/** The interpretation of a text typed into a date field; null if the text is stored unchanged. */
export function interpretedText({ kind }: Pick<Field, 'kind'>, text: string): string | null {
  if (kind !== 'date' || isDay(text.trim())) return null;
  const day = parseTypedDay(text);
  return day === null ? null : say('own:readAs', { day: formatDay(day), stored: day });
}

const maxLineLength = 60;

/** The field with the kind for editing this value: a custom field is edited by the kind of its value, if it has one. */
export function fieldForValue(field: Field, value: Json | undefined): Field {
  return field.own ? { ...field, kind: kindFor(field.kind, value) } : field;
}

function kindFor(kind: Field['kind'], value: Json | undefined): Field['kind'] {
  if (value === undefined || value === null) return kind === 'json' ? 'text' : kind;
  if (typeof value === 'object') return 'json';
  // In a date field a number is invalid, but a day can replace it.
  if (typeof value === 'number' && kind === 'date') return kind;
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  if (value.length > maxLineLength || value.includes('\n')) return 'longtext';
  // Text in a numeric or date field can be corrected to that kind.
  return kind === 'number' || kind === 'date' ? kind : 'text';
}

/** The text of a custom field's value. Numbers have no separators, because they can be years or rooms. */
export function customValueText(value: Json | undefined, kind?: string): string {
  if (kind === 'date' && typeof value === 'string' && isDay(value)) return formatDay(value);
  return typeof value === 'number' ? formatNumber(value, numberLocale()) : valueText(value);
}

/** A constant, so that types without custom fields do not re-render. */
const noFields: readonly CustomField[] = [];

const queryOptions = (type: EntityType, enabled: boolean) => ({
  ...queryFor('entities.customFields', { type }),
  enabled,
});

/** The known custom fields of the type's visible records, by name; queried only if `enabled`. */
export function useCustomFields(type: EntityType, enabled = false): readonly CustomField[] {
  const { data } = useQuery(queryOptions(type, enabled));
  return data === undefined || data.length === 0 ? noFields : data;
}

/** Whether the custom fields of the type have been read, even if they changed since. */
export function useCustomFieldsLoaded(type: EntityType): boolean {
  return useQuery(queryOptions(type, false)).data !== undefined;
}

/** The custom fields of several types by name, without duplicates; text if the kinds differ. Queried if `enabled`. */
export function useCustomFieldsOf(types: readonly EntityType[], enabled: boolean): readonly CustomField[] {
  const queries = useQueries({ queries: types.map((type) => queryOptions(type, enabled)) });
  const fields = new Map<string, CustomField>();
  for (const field of queries.flatMap(({ data }) => data ?? [])) {
    const earlier = fields.get(field.name);
    fields.set(field.name, earlier && earlier.kind !== field.kind ? { ...field, kind: 'text' } : field);
  }
  return [...fields.values()].sort((a, b) => compareCustomNames(a.name, b.name));
}
