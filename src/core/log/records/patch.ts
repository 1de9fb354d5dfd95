import type { JsonObject } from '#shared/domain/json.ts';

/**
 * Applies an update's changed fields: `before` holds old values without added fields, `after` new values without removed ones. Only this function
 * decides the key order, so that replay yields the same text.
 */
export function applyPatch(payload: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const remaining = Object.entries(payload).filter(
    ([field]) => Object.hasOwn(after, field) || !Object.hasOwn(before, field),
  );
  const remainingFields = new Set(remaining.map(([field]) => field));
  const changed = remaining.map(
    ([field, value]) => [field, Object.hasOwn(after, field) ? after[field] : value] as const,
  );
  const added = Object.entries(after).filter(([field]) => !remainingFields.has(field));
  return Object.fromEntries([...changed, ...added]) as JsonObject;
}
