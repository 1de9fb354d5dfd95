import type Database from 'better-sqlite3';
import { isDay } from '#shared/domain/days.ts';
import { foldText } from '#shared/domain/fold.ts';
import { isCustomName, customKindOf, parsePlainNumber } from '#shared/domain/custom-fields.ts';
import { sortKey } from '#shared/domain/sort-key.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';

/**
 * Adds SQL functions. `fold(text)`: text for comparison, NULL for other values. `sort_key(text)`: collation key, other values unchanged.
 * `own_number(text)`: the number that the text is, or the text. `own_day(text)`: whether the text is a day. `own_shape(fields, type)`: the custom
 * fields of the type that have a value, as JSON `[[name, kind], …]`; NULL if none.
 */
export function addSqlFunctions(raw: Database.Database): void {
  raw.function('fold', { deterministic: true }, (value: unknown) =>
    typeof value === 'string' ? foldText(value) : null,
  );
  raw.function('own_number', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? (parsePlainNumber(text) ?? text) : text,
  );
  raw.function('own_day', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' && isDay(text) ? 1 : 0,
  );
  raw.function('sort_key', { deterministic: true }, (value: unknown) =>
    typeof value === 'string' ? sortKey(value) : value,
  );
  raw.function('own_shape', { deterministic: true }, (fields: unknown, type: unknown) => {
    if (typeof fields !== 'string') return null;
    const shape: [name: string, kind: string][] = [];
    for (const [name, value] of Object.entries(JSON.parse(fields) as JsonObject)) {
      const kind = isCustomName(type as EntityType, name) ? customKindOf(value) : null;
      if (kind !== null) shape.push([name, kind]);
    }
    return shape.length === 0 ? null : JSON.stringify(shape);
  });
}
