import type { SheetChoices } from '#shared/contract/sheets.ts';
import type { Cells, Mapping } from './choices.ts';
import { cellText } from './table.ts';
import type { Line } from './table.ts';

/** How the numbers of a table are written. */
export interface NumberWriting {
  decimalComma: boolean;
  /** Where the table does not say it, or says both: the first number that may be two, as "1,250" and "1.200". */
  doubtful: { line: number; column: number; field: string; value: string } | null;
}

const one = /^[^\d.,]*(\d+)([.,])(\d+)[^\d.,]*$/;

/** Which sign is the decimal one in a number; null where it is none, or where it may be either. */
function decimalIn(text: string): ',' | '.' | 'either' | null {
  const signs = text.replaceAll(/[^.,]/g, '');
  if (signs === '') return null;
  const last = signs.at(-1) as ',' | '.';
  if (new Set(signs).size === 2) return last;
  // Several of one kind part groups of thousands.
  if (signs.length > 1) return last === ',' ? '.' : ',';
  const [, whole = '', , decimals = ''] = one.exec(text) ?? [];
  if (whole === '') return null;
  return decimals.length === 3 && whole.length <= 3 && !whole.startsWith('0') ? 'either' : last;
}

/** How the numbers of a table are written: as somebody said, as those show it that can be read in one way only, or as the file's delimiter suggests. */
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
