import type { JsonObject } from '#shared/domain/json.ts';

/**
 * The payload after an update whose changed fields are `before` (as they were; absent ones left out) and `after` (as they are
 * now; removed ones left out). Order of keys is decided by this alone, so that replaying an update gives the same text.
 */
export function applyPatch(payload: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const kept = Object.entries(payload).filter(
    ([field]) => Object.hasOwn(after, field) || !Object.hasOwn(before, field),
  );
  const old = new Set(kept.map(([field]) => field));
  const changed = kept.map(
    ([field, value]) => [field, Object.hasOwn(after, field) ? after[field] : value] as const,
  );
  const added = Object.entries(after).filter(([field]) => !old.has(field));
  return Object.fromEntries([...changed, ...added]) as JsonObject;
}
