import type { SheetChoices } from '#shared/contract/sheets.ts';
import type { Cells, Mapping } from './choices.ts';
import { cellText } from './table.ts';
import type { Line } from './table.ts';

/** The notation of a table's numbers. */
export interface NumberWriting {
  decimalComma: boolean;
  /** If the table is ambiguous or inconsistent: the first ambiguous number, as "1,250" or "1.200". */
  doubtful: { line: number; column: number; field: string; value: string } | null;
}

const one = /^[^\d.,]*(\d+)([.,])(\d+)[^\d.,]*$/;

/** The decimal separator of a number; null if it has none or is ambiguous. */
function decimalIn(text: string): ',' | '.' | 'either' | null {
  const signs = text.replaceAll(/[^.,]/g, '');
  if (signs === '') return null;
  const last = signs.at(-1) as ',' | '.';
  if (new Set(signs).size === 2) return last;
  // Several of one kind separate thousands.
  if (signs.length > 1) return last === ',' ? '.' : ',';
  const [, whole = '', , decimals = ''] = one.exec(text) ?? [];
  if (whole === '') return null;
  return decimals.length === 3 && whole.length <= 3 && !whole.startsWith('0') ? 'either' : last;
}

/** The notation of a table's numbers: chosen, or shown by unambiguous numbers, or suggested by the delimiter. */
export function findNumberWriting(
  rows: readonly Line[],
  { fields }: Mapping,
  cells: Cells,
  { decimals, suggested }: Pick<SheetChoices, 'decimals'> & { suggested: boolean },
): NumberWriting {
  if (decimals !== 'guess') return { decimalComma: decimals === 'comma', doubtful: null };
  const shown = new Set<',' | '.'>();
  let doubtful: NumberWriting['doubtful'] = null;
  for (const { column, field } of fields) {
    if (field.kind !== 'number') continue;
    for (const row of rows) {
      const { cell } = cells.look(row, column);
      if (typeof cell !== 'string') continue;
      const value = cellText(cell);
      const decimal = decimalIn(value);
      if (decimal === 'either') doubtful ??= { line: row.line, column, field: field.key, value };
      else if (decimal !== null) shown.add(decimal);
    }
  }
  if (shown.size !== 1) return { decimalComma: suggested, doubtful };
  return { decimalComma: shown.has(','), doubtful: null };
}
