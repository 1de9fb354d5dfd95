import { fieldsOf } from '#shared/domain/entities.ts';
import { isOwnName, ownNameOf, plainNumber, reservedKeys } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const pathOf = (key: string): string => literal(`$.${JSON.stringify(key)}`);

/** The SQL of the stored value of a custom field in a row `r`, and its path; null if the type has no such field. */
function stored(type: EntityType, field: string): { value: string; path: string } | null {
  const name = ownNameOf(field);
  if (name === null || !isOwnName(type, name)) return null;
  return { value: `(r.payload ->> ${pathOf(name)})`, path: pathOf(name) };
}

/** The SQL by which a custom field of a row `r` is sorted, grouped and compared; null for other fields. */
export function ownExpression(type: EntityType, field: string): string | null {
  const own = stored(type, field);
  if (!own) return null;
  const { value } = own;
  return `iif(typeof(${value}) = 'text' AND ${value} GLOB '[-0-9]*', own_number(${value}), ${value})`;
}

/** The SQL that tells whether a custom field of a row `r` holds a day (1 or 0); null for other fields. */
export function dayExpression(type: EntityType, field: string): string | null {
  const own = stored(type, field);
  if (!own) return null;
  return `(coalesce(${own.value} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', 0) AND own_day(${own.value}))`;
}

/** The SQL of the text that is searched for words: a custom field as stored, otherwise `expression`. */
export function searchedExpression(type: EntityType, field: string, expression: string): string {
  const own = stored(type, field);
  return own ? `CAST(${own.value} AS TEXT)` : expression;
}

/** The SQL of a custom field of a row `r` that distinguishes booleans from numbers; null for other fields. */
export function shownExpression(type: EntityType, field: string): string | null {
  const value = ownExpression(type, field);
  if (value === null) return null;
  const kind = `json_type(r.payload, ${stored(type, field)?.path})`;
  return `iif(${kind} IN ('true', 'false'), ${kind}, ${value})`;
}

/** The SQL of the custom fields of a row `r`: its payload without the declared fields, mostly empty. */
export function shapeExpression(type: EntityType): string {
  const known = [...fieldsOf(type).map(({ key }) => key), ...reservedKeys].map(pathOf);
  const rest = `json_remove(r.payload, ${known.join(', ')})`;
  return `iif(${rest} = '{}', NULL, own_shape(${rest}, ${literal(type)}))`;
}

/** The value that a filter compares with: figures as numbers for custom fields, as the field itself is read. */
export function comparedAs(field: string, value: string): string | number {
  return ownNameOf(field) === null ? value : (plainNumber(value) ?? value);
}
