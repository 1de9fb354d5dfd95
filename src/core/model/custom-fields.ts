import { fieldsOf } from '#shared/domain/entities.ts';
import { isOwnName, ownNameOf, plainNumber, reservedKeys } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The path of a key of the payload: SQLite reads it in quotes as JSON writes it. */
const pathOf = (key: string): string => literal(`$.${JSON.stringify(key)}`);

/** The SQL of an own field's value in a row `r` as it is stored, and its path; null when the field is none of the type. */
function stored(type: EntityType, field: string): { value: string; path: string } | null {
  const name = ownNameOf(field);
  if (name === null || !isOwnName(type, name)) return null;
  return { value: `(r.payload ->> ${pathOf(name)})`, path: pathOf(name) };
}

/**
 * The SQL of what an own field of a row `r` is sorted, grouped and compared by, by its name in lists (`own:Phase`); null when the field
 * is none of the type. Only texts that look like a figure are asked about.
 */
export function ownExpression(type: EntityType, field: string): string | null {
  const own = stored(type, field);
  if (!own) return null;
  const { value } = own;
  return `iif(typeof(${value}) = 'text' AND ${value} GLOB '[-0-9]*', own_number(${value}), ${value})`;
}

/**
 * The SQL that says whether an own field of a row `r` holds a day (1 or 0, also for nothing); null when the field is none of the type. Only
 * texts that look like one are asked about.
 */
export function dayExpression(type: EntityType, field: string): string | null {
  const own = stored(type, field);
  if (!own) return null;
  return `(coalesce(${own.value} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', 0) AND own_day(${own.value}))`;
}

/** The SQL of the text that words are looked for in: that of an own field as it is stored, else that of `expression`. */
export function searchedExpression(type: EntityType, field: string, expression: string): string {
  const own = stored(type, field);
  return own ? `CAST(${own.value} AS TEXT)` : expression;
}

/** The SQL of an own field of a row `r` where yes and no must be told from numbers; null when the field is none of the type. */
export function shownExpression(type: EntityType, field: string): string | null {
  const value = ownExpression(type, field);
  if (value === null) return null;
  const kind = `json_type(r.payload, ${stored(type, field)?.path})`;
  return `iif(${kind} IN ('true', 'false'), ${kind}, ${value})`;
}

/** The SQL that says which own fields a row `r` of the type has; what is left without those that everybody has is mostly nothing. */
export function shapeExpression(type: EntityType): string {
  const known = [...fieldsOf(type).map(({ key }) => key), ...reservedKeys].map(pathOf);
  const rest = `json_remove(r.payload, ${known.join(', ')})`;
  return `iif(${rest} = '{}', NULL, own_shape(${rest}, ${literal(type)}))`;
}

/** What a filter's value is compared as: a figure in an own field as a number, as the field is read itself. */
export function comparedAs(field: string, value: string): string | number {
  return ownNameOf(field) === null ? value : (plainNumber(value) ?? value);
}
