import { fieldOf } from '#shared/domain/entities.ts';
import { isOwnName, ownNameOf } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { tallySources } from '../tallies.ts';

export const recordTimes: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'deleted_at']);

/** Whether a record of the type can have a value under this key: a field or a derived value. */
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

/** Texts that a spreadsheet would compute, in East Asia also with full-width signs. Negative numbers are not texts here. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** The text with an apostrophe before it if a spreadsheet would compute it, or if it has one already. */
export function withoutFormulaQuote(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The reverse, also for files of other programs that do the same. */
export function withFormulaQuote(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}
