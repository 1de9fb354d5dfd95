import { fieldOf } from '#shared/domain/entities.ts';
import { isOwnName, ownNameOf } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { tallySources } from '../tallies.ts';

export const recordTimes: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'deleted_at']);

/** True when a record of the type can say something under this key. Beside fields there is what is computed on reading. */
export function isColumn(type: EntityType, key: string): boolean {
  const own = ownNameOf(key);
  return (
    (own !== null && isOwnName(type, own)) ||
    fieldOf(type, key) !== undefined ||
    key === 'id' ||
    key === 'title' ||
    recordTimes.has(key) ||
    isDerived(type, key)
  );
}

const derived: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  student: ['status'],
  interface: ['is_cross_university', 'from_university', 'to_university', 'from_type', 'to_type'],
};

function isDerived(type: EntityType, key: string): boolean {
  return tallySources(type, key) !== null || (derived[type]?.includes(key) ?? false);
}

/**
 * What a spreadsheet would take for a formula, in East Asia also with wide signs. Numbers are none, also negative ones: they are not
 * text here.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * A text that no spreadsheet computes: one that begins like a formula gets an apostrophe. So does one that has such an apostrophe
 * itself, so that `armed` can tell the two.
 */
export function disarmed(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The text that `disarmed` was given; also of a file in which another program did the same. */
export function armed(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}
