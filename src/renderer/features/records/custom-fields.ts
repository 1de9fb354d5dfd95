import { isDay } from '#shared/domain/days.ts';
import type { Field } from '#shared/domain/entities.ts';
import { say } from '../../i18n/setup.ts';
import { dayShown, numberLocale } from '../../text/formats.ts';
import { typedDay } from '../../text/typed-day.ts';
import type { Json } from '#shared/domain/json.ts';
import { valueText } from '../../text/values.ts';
import { formatNumber } from './form/values.ts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { compareOwnNames } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';

/** As what a text that somebody types into a field of dates will be read; null where it stays as it is. */
export function readAs({ kind }: Pick<Field, 'kind'>, text: string): string | null {
  if (kind !== 'date' || isDay(text.trim())) return null;
  const day = typedDay(text);
  return day === null ? null : say('own:readAs', { day: dayShown(day), stored: day });
}

const long = 60;

/** As what the value of an own field is edited in one record: as what it is, and where there is none as the others of its field. */
export function editedAs(field: Field, value: Json | undefined): Field {
  return field.own ? { ...field, kind: kindFor(field.kind, value) } : field;
}

function kindFor(kind: Field['kind'], value: Json | undefined): Field['kind'] {
  if (value === undefined || value === null) return kind === 'json' ? 'text' : kind;
  if (typeof value === 'object') return 'json';
  // A figure among days is none of them, and a day may take its place.
  if (typeof value === 'number' && kind === 'date') return kind;
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  if (value.length > long || value.includes('\n')) return 'longtext';
  // A figure that came as text among numbers is one of them, and what is no day among days may become one.
  return kind === 'number' || kind === 'date' ? kind : 'text';
}

/**
 * The value of an own field as it was brought along: nobody knows whether a figure is an amount, a year or a room, so its digits stay
 * together. Of a field of days a day is written as this seat writes days.
 */
export function ownText(value: Json | undefined, kind?: string): string {
  if (kind === 'date' && typeof value === 'string' && isDay(value)) return dayShown(value);
  return typeof value === 'number' ? formatNumber(value, numberLocale()) : valueText(value);
}

/** The same list each time, so that nothing is drawn again for types without own fields. */
const none: readonly OwnField[] = [];

const optionsOf = (type: EntityType, enabled: boolean) => ({
  queryKey: keys.ownFields(type),
  queryFn: ({ signal }: { signal: AbortSignal }) => api.entities.ownFields({ type }, { signal }),
  enabled,
});

/**
 * The own fields that live records of the type have, by name, as far as they are known. They are read only where they are `wanted`:
 * by a list as soon as its rows are there, and by the form of a record. Everything else goes by what was read.
 */
export function useOwnFields(type: EntityType, wanted = false): readonly OwnField[] {
  const { data } = useQuery(optionsOf(type, wanted));
  return data === undefined || data.length === 0 ? none : data;
}

/** Whether the own fields of the type have been read, be it before what changed just now. */
export function useOwnFieldsRead(type: EntityType): boolean {
  return useQuery(optionsOf(type, false)).data !== undefined;
}

/** The own fields of several types, each name once, by name; of several kinds it is a text. Read as soon as they are `wanted`. */
export function useOwnFieldsOf(types: readonly EntityType[], wanted: boolean): readonly OwnField[] {
  const found = useQueries({ queries: types.map((type) => optionsOf(type, wanted)) });
  const fields = new Map<string, OwnField>();
  for (const field of found.flatMap(({ data }) => data ?? [])) {
    const known = fields.get(field.name);
    fields.set(field.name, known && known.kind !== field.kind ? { ...field, kind: 'text' } : field);
  }
  return [...fields.values()].sort((a, b) => compareOwnNames(a.name, b.name));
}
