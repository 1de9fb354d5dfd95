import type Database from 'better-sqlite3';
import { isDay } from '#shared/domain/days.ts';
import { fold } from '#shared/domain/fold.ts';
import { isOwnName, kindOfOwn, plainNumber } from '#shared/domain/own-fields.ts';
import { sortKey } from '#shared/domain/sort-key.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';

/**
 * What SQLite asks us: `fold(text)` is the text for comparing (NULL for any other value), `sort_key(text)` what a text is ordered by (any other value is itself). About own fields: `own_number(text)` is the number that a text is, or the text; `own_day(text)`
 * whether it is a day; `own_shape(fields, type)` says
 * which of the fields, as JSON, are own ones of the type with a value: JSON `[[name, kind], …]`, NULL for none.
 */
export function addOwnFunctions(raw: Database.Database): void {
  raw.function('fold', { deterministic: true }, (value: unknown) =>
    typeof value === 'string' ? fold(value) : null,
  );
  raw.function('own_number', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? (plainNumber(text) ?? text) : text,
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
      const kind = isOwnName(type as EntityType, name) ? kindOfOwn(value) : null;
      if (kind !== null) shape.push([name, kind]);
    }
    return shape.length === 0 ? null : JSON.stringify(shape);
  });
}
