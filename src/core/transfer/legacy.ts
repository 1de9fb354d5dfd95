import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { keyTables, verbatimKey } from './keys.ts';

/**
 * A record as frames-json has it: its id first, then its fields, those of an interface in the original's spelling
 * (`interfaceType`). A field whose name a reader would take for something else, such as one that is called `interfaceType` in
 * the payload itself or a project's `duration`, goes into an object `frames_verbatim`, so that reading gives the same payload.
 */
export function toLegacy(type: EntityType, id: string, payload: JsonObject): JsonObject {
  const { toFile, reserved } = keyTables[type];
  const fields: [string, Json][] = [['id', id]];
  const verbatim: [string, Json][] = [];
  for (const [key, value] of Object.entries(payload)) {
    if (reserved.has(key)) verbatim.push([key, value]);
    else fields.push([toFile.get(key) ?? key, value]);
  }
  if (verbatim.length > 0) fields.push([verbatimKey, Object.fromEntries(verbatim)]);
  return Object.fromEntries(fields);
}
