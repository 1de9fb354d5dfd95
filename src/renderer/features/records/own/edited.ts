import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';

/** From this length on, in UTF-16 units, a text has a box of several lines. */
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
