import { jsonEqual } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { AuditedType } from './types.ts';

interface ActorField {
  field: string;
  /** An id of a profile, or the name that the profile had. */
  holds: 'id' | 'name';
  /** `once`: the field names the creator and stays. `always`: it names who made the latest change. */
  set: 'once' | 'always';
  /** Where a record that someone else submits keeps the name it came with. */
  recordedIn?: string;
}

/** The field of each type that names who did something. The acting session sets it, on the server the operation's user. */
export const actorFields: Readonly<Partial<Record<AuditedType, ActorField>>> = {
  comment: { field: 'author', holds: 'name', set: 'once', recordedIn: 'recorded_author' },
  view: { field: 'owner', holds: 'id', set: 'once' },
  'shared-sandbox': { field: 'shared_by', holds: 'id', set: 'always' },
};

export interface Named {
  id: string;
  name?: string | undefined;
}

const valueFor = ({ holds }: ActorField, { id, name }: Named): string | null =>
  holds === 'id' ? id : (name ?? null);

/** The payload of a change, with the actor in the actor field. A value of the payload stays: `isForged` judges it. */
export function withActor(type: AuditedType, payload: JsonObject, actor: Named): JsonObject {
  const declared = actorFields[type];
  const value = declared ? valueFor(declared, actor) : null;
  if (!declared || value === null || Object.hasOwn(payload, declared.field)) return payload;
  return { ...payload, [declared.field]: value };
}

/** As `withActor`, of a new record: an empty actor field is filled, so that nobody writes without a name. */
export function withCreator(type: AuditedType, payload: JsonObject, actor: Named): JsonObject {
  const { field } = actorFields[type] ?? {};
  if (field === undefined || (payload[field] ?? null) !== null) return payload;
  const { [field]: _empty, ...others } = payload;
  return withActor(type, others, actor);
}

/** The fields of a type that say whose a record is. No caller sets them. */
export function authorFields(type: AuditedType): readonly string[] {
  const { field, recordedIn } = actorFields[type] ?? {};
  return [field, recordedIn].filter((one) => one !== undefined);
}

/** The author fields of a payload, alone. */
export const authorFieldsOf = (type: AuditedType, payload: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(payload).filter(([key]) => authorFields(type).includes(key)));

/** A payload with the author fields of the stored one. */
export const withAuthorOf = (type: AuditedType, payload: JsonObject, stored: JsonObject): JsonObject => ({
  ...Object.fromEntries(Object.entries(payload).filter(([key]) => !authorFields(type).includes(key))),
  ...authorFieldsOf(type, stored),
});

/** A creation of a record that exists already, by an actor who does not know: the record stays that of its author. */
export function withStoredActor(
  type: AuditedType,
  payload: JsonObject,
  stored: JsonObject,
  actor: Named,
): JsonObject {
  const declared = actorFields[type];
  if (declared?.set !== 'once' || payload[declared.field] !== valueFor(declared, actor)) return payload;
  return withAuthorOf(type, payload, stored);
}

/** The payload of a record that the actor submits, such as by an import: the actor is its author, and another author's name is recorded. */
export function asSubmittedBy(type: AuditedType, payload: JsonObject, actor: Named): JsonObject {
  const declared = actorFields[type];
  if (!declared) return payload;
  const [value, own] = [payload[declared.field] ?? null, valueFor(declared, actor)];
  if (own === null || value === own) return payload;
  const { recordedIn } = declared;
  const keepsName =
    recordedIn !== undefined && typeof value === 'string' && value !== '' && !payload[recordedIn];
  return { ...payload, [declared.field]: own, ...(keepsName && { [recordedIn]: value }) };
}

/** One side of an update by the actor: a field that names who made the latest change names the actor. */
export const withLatestActor = (type: AuditedType, payload: JsonObject, actor: Named): JsonObject =>
  actorFields[type]?.set === 'always' ? asSubmittedBy(type, payload, actor) : payload;

interface JudgedChange {
  /** The stored payload; null for a new record. */
  before: JsonObject | null;
  after: JsonObject | null;
  /** A state of the record that was written before, such as the one that a restore brings back. */
  recorded?: JsonObject | null | undefined;
  /** An import or a push: its new records can name the author that they had at the source. */
  isSubmitted?: boolean | undefined;
}

/** Whether a change names another person as its actor, or as the author at a source that nobody imported. */
export function isForged(actor: Named, type: AuditedType, change: JudgedChange): boolean {
  const declared = actorFields[type];
  const { before, after, recorded = null, isSubmitted = false } = change;
  if (!declared || after === null) return false;
  const isSet = (field: string | undefined, judge: (value: Json, stored: Json) => boolean): boolean => {
    if (field === undefined) return false;
    const valueIn = (payload: JsonObject | null): Json => payload?.[field] ?? null;
    const value = valueIn(after);
    return !(recorded !== null && jsonEqual(value, valueIn(recorded))) && judge(value, valueIn(before));
  };
  const own = valueFor(declared, actor);
  return (
    isSet(declared.field, (value, stored) => {
      if (before === null) return value !== own;
      const isUnchanged = jsonEqual(value, stored);
      if (declared.set === 'once') return !isUnchanged;
      return (own === null || value !== own) && !(isUnchanged && jsonEqual(before, after));
    }) ||
    isSet(declared.recordedIn, (value, stored) =>
      before === null ? value !== null && !isSubmitted : !jsonEqual(value, stored),
    )
  );
}
