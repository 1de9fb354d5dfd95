import { erasedPatch, erasedPayload } from './erased.ts';
import { isJsonObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { NamePattern } from './name-pattern.ts';
import { isAmongTerms } from './person-terms.ts';
import type { AuditedType } from './types.ts';

/**
 * Redacts the past and present payloads of a record. Each function returns its argument if nothing changes. `T` is the log's payload type.
 */
export interface Redaction<T = JsonObject> {
  whole: (payload: T) => T;
  /** Redacts one side of an update. Folding redacted rows must give the redacted payload. */
  patch: (fields: T) => T;
}

export interface Sides<T> {
  before: T | null;
  after: T | null;
}

/** The redacted row. `left` is the redacted payload before it; null for the first row of a record. */
export function redactSides<T>(
  { action, before, after }: Sides<T> & { action: string },
  left: T | null,
  { whole, patch }: Redaction<T>,
): Sides<T> {
  const of = (side: T | null, redact: (value: T) => T): T | null => (side === null ? null : redact(side));
  if (action === 'create') return { before, after: of(after, whole) };
  if (action === 'update') return { before: of(before, patch), after: of(after, patch) };
  return action === 'delete' ? { before: left, after } : { before, after: left };
}

export const emptyRecord = (type: AuditedType): Redaction => ({
  whole: (payload) => erasedPayload(type, payload),
  patch: erasedPatch,
});

export function redactionOf(type: AuditedType, { id }: { id: string }, pattern: NamePattern): Redaction {
  const redact = (payload: JsonObject): JsonObject =>
    pattern.redact(type, type === 'shared-sandbox' ? withoutChangesOf(id, payload) : payload);
  return { whole: redact, patch: redact };
}

function withoutChangesOf(id: string, payload: JsonObject): JsonObject {
  const { changes } = payload;
  if (!Array.isArray(changes)) return payload;
  const left = changes.filter((change) => !isJsonObject(change) || change.id !== id);
  return left.length === changes.length ? payload : { ...payload, changes: left };
}

export function fieldsNaming(
  type: AuditedType,
  payload: JsonObject,
  person: { id: string },
  pattern: NamePattern,
): string[] {
  const redacted = redactionOf(type, person, pattern).whole(payload);
  return Object.keys(payload).filter((field) => redacted[field] !== payload[field]);
}

/** Whether another person has the same name; that record keeps it. */
export const isNamesake = (type: AuditedType, { name }: JsonObject, terms: readonly string[]): boolean =>
  (type === 'student' || type === 'faculty') && typeof name === 'string' && isAmongTerms(terms, name);
