import { jsonEqual } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { nameField } from './title.ts';
import type { AuditedType } from './types.ts';

/** Replaces the name of an erased record, also in texts of other records. */
export const erasedText = '[erased]';

/** Fields that an erased record keeps, because other records, permissions and the log depend on them. */
const keptFields: ReadonlySet<string> = new Set(['university_id', 'from', 'to', 'node', 'record_id']);

/** Reduces one side of an update of an erased record to the fields that erased records keep. */
export const erasedPatch = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => keptFields.has(field)));

export function erasedPayload(type: AuditedType, payload: JsonObject): JsonObject {
  const name = type === 'comment' ? 'text' : nameField(type);
  return { ...erasedPatch(payload), ...(name === null ? {} : { [name]: erasedText }), erased: true };
}

/** Whether a record was erased or purged. Such a record cannot be restored. */
export const isErased = (payload: Readonly<Record<string, Json>>): boolean => payload.erased === true;

/** Whether a log row holds only the remainder that an erasure leaves. */
export function isRemainder({
  action,
  type,
  before,
  after,
}: {
  action: 'create' | 'update' | 'delete' | 'restore';
  type: AuditedType;
  before: JsonObject | null;
  after: JsonObject | null;
}): boolean {
  if (action === 'delete') return true;
  if (action === 'update')
    return [before, after].every((side) => Object.keys(side ?? {}).every((field) => keptFields.has(field)));
  return after === null || jsonEqual(erasedPayload(type, after), after);
}
