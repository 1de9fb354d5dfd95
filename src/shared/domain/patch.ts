import { jsonEqual } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * A change of a record's fields, in the form of the log's update rows: `before` holds the old values without added fields, `after` the new
 * values without removed ones. Null is an empty side. A missing field differs from a field that is null.
 */
export interface Patch {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** Fields to set and to remove, of a record whose values are not known yet. No field is in both. */
export interface FieldEdit {
  readonly set: JsonObject;
  readonly unset: readonly string[];
}

/** The value of a field; undefined if it is missing. */
export const valueOf = (payload: JsonObject | null | undefined, field: string): Json | undefined =>
  payload && Object.hasOwn(payload, field) ? payload[field] : undefined;

export const fieldsIn = (...payloads: readonly (JsonObject | null)[]): string[] => [
  ...new Set(payloads.flatMap((payload) => Object.keys(payload ?? {}))),
];

export const patchedFields = ({ before, after }: Patch): string[] => fieldsIn(before, after);

export const isEmptyPatch = (patch: Patch): boolean => patchedFields(patch).length === 0;

const pickFields = (payload: JsonObject | null, isKept: (field: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(payload ?? {}).filter(([field]) => isKept(field)));

export const pickPatch = ({ before, after }: Patch, isKept: (field: string) => boolean): Patch => ({
  before: pickFields(before, isKept),
  after: pickFields(after, isKept),
});

/**
 * Changed fields keep their position; added ones follow in the order of `after`. Only this function decides the key order, so that
 * replaying the log yields the same text.
 */
export const applyPatch = (payload: JsonObject, { before, after }: Patch): JsonObject => ({
  ...pickFields(
    payload,
    (field) => valueOf(before, field) === undefined || valueOf(after, field) !== undefined,
  ),
  ...after,
});

export const invertPatch = ({ before, after }: Patch): Patch => ({ before: after, after: before });

/** The smallest patch that makes `from` equal to `to`. */
export function patchBetween(from: JsonObject, to: JsonObject): Patch {
  const isChanged = (field: string): boolean => !jsonEqual(valueOf(from, field), valueOf(to, field));
  return { before: pickFields(from, isChanged), after: pickFields(to, isChanged) };
}

export const applyEdit = (payload: JsonObject, { set, unset }: FieldEdit): JsonObject =>
  applyPatch(payload, { before: pickFields(payload, (field) => unset.includes(field)), after: set });

export const editedFields = ({ set, unset }: FieldEdit): string[] => [...Object.keys(set), ...unset];

export interface ThreeWayField {
  field: string;
  base: Json | undefined;
  ours: Json | undefined;
  theirs: Json | undefined;
  /** Which side changed the field: one, both to the `same` value, or both to different values. */
  changed: 'ours' | 'theirs' | 'same' | 'conflict';
}

/** Compares two payloads with their base, field by field; leaves out unchanged fields. */
export function compareThreeWay(
  base: JsonObject | null,
  ours: JsonObject | null,
  theirs: JsonObject | null,
): ThreeWayField[] {
  return fieldsIn(base, ours, theirs).flatMap((field): ThreeWayField | [] => {
    const [baseValue, ourValue, theirValue] = [
      valueOf(base, field),
      valueOf(ours, field),
      valueOf(theirs, field),
    ];
    const [isOursChanged, isTheirsChanged] = [
      !jsonEqual(baseValue, ourValue),
      !jsonEqual(baseValue, theirValue),
    ];
    if (!isOursChanged && !isTheirsChanged) return [];
    const values = { field, base: baseValue, ours: ourValue, theirs: theirValue };
    if (!isTheirsChanged) return { ...values, changed: 'ours' };
    if (!isOursChanged) return { ...values, changed: 'theirs' };
    return { ...values, changed: jsonEqual(ourValue, theirValue) ? 'same' : 'conflict' };
  });
}
