import { erasedPatch, erasedPayload } from './erased.ts';
import { isJsonObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { NamePattern } from './name-pattern.ts';
import type { AuditedType } from './types.ts';

/**
 * Redacts the past and present payloads of a record. Each function returns its argument if nothing changes. `T` is the log's payload type.
 */
export interface Redaction<T = JsonObject> {
  redactPayload: (payload: T) => T;
  /** Redacts one side of an update. Folding redacted rows must give the redacted payload. */
  redactPatch: (fields: T) => T;
}

export interface Sides<T> {
  before: T | null;
  after: T | null;
}

/** Redacts a row. `previous` is the redacted payload before the row; null for the first row of a record. */
export function redactSides<T>(
  { action, before, after }: Sides<T> & { action: string },
  previous: T | null,
  { redactPayload, redactPatch }: Redaction<T>,
): Sides<T> {
  const redactSide = (side: T | null, redact: (value: T) => T): T | null =>
    side === null ? null : redact(side);
  if (action === 'create') return { before, after: redactSide(after, redactPayload) };
  if (action === 'update')
    return { before: redactSide(before, redactPatch), after: redactSide(after, redactPatch) };
  return action === 'delete' ? { before: previous, after } : { before, after: previous };
}

export const emptyingRedaction = (type: AuditedType): Redaction => ({
  redactPayload: (payload) => erasedPayload(type, payload),
  redactPatch: erasedPatch,
});

export function redactionOf(type: AuditedType, { id }: { id: string }, pattern: NamePattern): Redaction {
  const redact = (payload: JsonObject): JsonObject =>
    pattern.redact(type, type === 'shared-sandbox' ? withoutChangesOf(id, payload) : payload);
  return { redactPayload: redact, redactPatch: redact };
}

function withoutChangesOf(id: string, payload: JsonObject): JsonObject {
  const { changes } = payload;
  if (!Array.isArray(changes)) return payload;
  const remaining = changes.filter((change) => !isJsonObject(change) || change.id !== id);
  return remaining.length === changes.length ? payload : { ...payload, changes: remaining };
}

export function fieldsNamingPerson(
  type: AuditedType,
  payload: JsonObject,
  person: { id: string },
  pattern: NamePattern,
): string[] {
  const redacted = redactionOf(type, person, pattern).redactPayload(payload);
  return Object.keys(payload).filter((field) => redacted[field] !== payload[field]);
}

/** Whether the record is of another person with the same name; the name then stays in the record. */
export const isNamesake = (type: AuditedType, { name }: JsonObject, pattern: NamePattern): boolean =>
  (type === 'student' || type === 'faculty') && typeof name === 'string' && pattern.isName(name);
