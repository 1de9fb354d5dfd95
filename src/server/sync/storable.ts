import type { PushedOperation } from '#shared/contract/server/sync.ts';
import { recordId } from '#shared/domain/field.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { Refusal } from './refusal.ts';

/** False for NUL and for lone surrogates, which Postgres cannot store in text or JSON. */
export function isStorable(value: Json): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((item: Json) => isStorable(item));
  return Object.entries(value as JsonObject).every(([key, item]) => isStorable(key) && isStorable(item));
}

/** Maximum UTF-16 units of a label code, and of a reading of the hybrid logical clock. */
const [maxLabelLength, maxReadingLength] = [100, 300];

/** Throws Refusal for an operation that the database cannot store, so that later ones are not blocked. */
export function assertStorable({ replica, label, hlc, params, seen, rows }: PushedOperation): void {
  const facts = [label, hlc, params, seen?.hash ?? ''];
  const isTooLong = label.length > maxLabelLength || hlc.length > maxReadingLength;
  if (label === '' || isTooLong || !recordId.safeParse(replica).success || !facts.every(isStorable))
    throw new Refusal(
      'unstorable',
      'The description of the operation has text that the server cannot store.',
      null,
    );
  for (const { type, id, before, after } of rows) {
    if (!recordId.safeParse(id).success)
      throw new Refusal('unstorable', 'The id of a record is empty, too long, or has control characters.', {
        type,
        id,
      });
    if (!isStorable(before) || !isStorable(after))
      throw new Refusal(
        'unstorable',
        'It holds a text with a character that the server cannot keep (NUL, or half of a pair).',
        { type, id },
      );
  }
}
