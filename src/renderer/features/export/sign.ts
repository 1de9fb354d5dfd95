import type { CellSign } from '#shared/contract/export-list.ts';
import type { NumberStyle } from '../../i18n/styles.ts';

/** What may part the cells of a CSV file, and what it is called in the catalogue. */
export const signs = [',', ';'] as const satisfies readonly CellSign[];
export const signNames = { ',': 'comma', ';': 'semicolon' } as const satisfies Record<CellSign, string>;

/** What spreadsheets expect where people write numbers so: a comma that stands within numbers cannot part cells. */
export function usualSign(numbers: NumberStyle): CellSign {
  return numbers === 'comma' ? ',' : ';';
}
