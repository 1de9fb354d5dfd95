import { fieldsOf } from '#shared/domain/entities.ts';
import { isCustomName, customNameOf, parsePlainNumber, reservedKeys } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';

const toSqlLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const jsonPathOf = (key: string): string => toSqlLiteral(`$.${JSON.stringify(key)}`);

/** The SQL of the stored value of a custom field in a row `r`, and its path; null if the type has no such field. */
function storedValueSql(type: EntityType, field: string): { value: string; path: string } | null {
  const name = customNameOf(field);
  if (name === null || !isCustomName(type, name)) return null;
  return { value: `(r.payload ->> ${jsonPathOf(name)})`, path: jsonPathOf(name) };
}

/** The SQL by which a custom field of a row `r` is sorted, grouped and compared; null for other fields. */
export function customExpression(type: EntityType, field: string): string | null {
  const custom = storedValueSql(type, field);
  if (!custom) return null;
  const { value } = custom;
  return `iif(typeof(${value}) = 'text' AND ${value} GLOB '[-0-9]*', own_number(${value}), ${value})`;
}

/** The SQL that tells whether a custom field of a row `r` holds a day (1 or 0); null for other fields. */
export function dayExpression(type: EntityType, field: string): string | null {
  const custom = storedValueSql(type, field);
  if (!custom) return null;
  return `(coalesce(${custom.value} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]', 0) AND own_day(${custom.value}))`;
}

/** The SQL of the text that is searched for words: a custom field as stored, otherwise `expression`. */
export function searchExpression(type: EntityType, field: string, expression: string): string {
  const custom = storedValueSql(type, field);
  return custom ? `CAST(${custom.value} AS TEXT)` : expression;
}

/** The SQL of a custom field of a row `r` that distinguishes booleans from numbers; null for other fields. */
export function displayExpression(type: EntityType, field: string): string | null {
  const value = customExpression(type, field);
  if (value === null) return null;
  const kind = `json_type(r.payload, ${storedValueSql(type, field)?.path})`;
  return `iif(${kind} IN ('true', 'false'), ${kind}, ${value})`;
}

/** The SQL of the shape (names and kinds) of the custom fields of a row `r`; NULL if the row has none. */
export function shapeExpression(type: EntityType): string {
  const declaredPaths = [...fieldsOf(type).map(({ key }) => key), ...reservedKeys].map(jsonPathOf);
  const customJson = `json_remove(r.payload, ${declaredPaths.join(', ')})`;
  return `iif(${customJson} = '{}', NULL, own_shape(${customJson}, ${toSqlLiteral(type)}))`;
}

/** The value that a filter compares with: for a custom field a number if the text is one, as `customExpression` reads the field. */
export function comparableValue(field: string, value: string): string | number {
  return customNameOf(field) === null ? value : (parsePlainNumber(value) ?? value);
}
