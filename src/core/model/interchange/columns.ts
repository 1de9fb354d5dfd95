import { fieldOf } from '#shared/domain/entities.ts';
import { isCustomName, customNameOf } from '#shared/domain/custom-fields.ts';
import { stateFields } from '#shared/domain/states.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { tallySources } from '../tallies.ts';

export const recordTimes: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'deleted_at']);

/** Whether a record of the type can have a value under this key: a field or a derived value. */
export function isColumn(type: EntityType, key: string): boolean {
  const customName = customNameOf(key);
  return (
    (customName !== null && isCustomName(type, customName)) ||
    fieldOf(type, key) !== undefined ||
    key === 'id' ||
    key === 'title' ||
    recordTimes.has(key) ||
    isDerived(type, key)
  );
}

const derivedColumns: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  interface: ['is_cross_university', 'from_university', 'to_university', 'from_type', 'to_type'],
};

function isDerived(type: EntityType, key: string): boolean {
  return (
    tallySources(type, key) !== null ||
    key === stateFields[type]?.key ||
    (derivedColumns[type]?.includes(key) ?? false)
  );
}

/** Texts that a spreadsheet would compute, in East Asia also with full-width signs. Negative numbers are not texts here. */
const formulaStart = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Puts an apostrophe before a text that a spreadsheet would compute, also if apostrophes precede it already. */
export function quoteFormula(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

/** Removes the apostrophe that `quoteFormula` or another program put before such a text. */
export function unquoteFormula(text: string): string {
  return text.startsWith("'") && formulaStart.test(text) ? text.slice(1) : text;
}
