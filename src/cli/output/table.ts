import { isTimestamp, bytesOf, countsLine, labelOf, timeOf } from '../phrases.ts';
import { oneLine } from './output.ts';

export interface Column<R> {
  title: string;
  align?: 'right';
  cell(row: R): string;
}

/** How wide text is on a terminal, near enough: combining marks take no place, wide scripts and pictures two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/\p{M}|\u200d|\ufe0f/u.test(char)) continue;
    width +=
      /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u.test(
        char,
      )
        ? 2
        : 1;
  }
  return width;
}

/** Text of at most `width` places; what is cut off is shown as "…". */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const char of text) {
    if (widthOf(kept + char) > width - 1) break;
    kept += char;
  }
  return `${kept}…`;
}

/**
 * Lines of a table: titles, a rule, rows. Columns are as wide as they need; where that is more than `width` places in all,
 * the widest ones are cut. Columns that are empty in every row are left out.
 */
export function tableLines<R>(columns: readonly Column<R>[], rows: readonly R[], width = Infinity): string[] {
  const cells = rows.map((row) => columns.map((column) => oneLine(column.cell(row))));
  const shown = columns
    .map((column, at) => ({ column, at }))
    .filter(({ at }) => rows.length === 0 || cells.some((row) => row[at] !== ''));
  const widths = shown.map(({ column, at }) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[at] ?? ''))),
  );
  shrink(widths, width - 2 * (shown.length - 1));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, place) => pad(text, widths[place] ?? 0, shown[place]?.column.align))
      .join('  ')
      .trimEnd();
  return [
    line(shown.map(({ column }) => column.title)),
    line(widths.map((size) => '─'.repeat(size))),
    ...cells.map((row) => line(shown.map(({ at }) => row[at] ?? ''))),
  ];
}

function shrink(widths: number[], most: number): void {
  while (widths.length > 0 && widths.reduce((a, b) => a + b, 0) > most) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 8) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  const short = cut(text, width);
  const space = ' '.repeat(Math.max(0, width - widthOf(short)));
  return align === 'right' ? space + short : short + space;
}

const isCounts = (value: object): value is Record<string, number> =>
  Object.values(value).every((count) => typeof count === 'number');

/** A value of a result as a person reads it: times in UTC, sizes in units, counts by type in words. */
export function valueText(value: unknown, key = ''): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return /bytes|^wal$|^stored$/.test(key) ? bytesOf(value) : value.toLocaleString('en-US');
  if (typeof value === 'string') return isTimestamp(value) ? timeOf(value) : value;
  if (Array.isArray(value)) return value.map((item) => valueText(item)).join(', ');
  if (typeof value !== 'object') return '';
  if ('name' in value && typeof value.name === 'string') return value.name;
  return isCounts(value) ? countsLine(value) : JSON.stringify(value);
}

/** A column by the key of a field: `bytes`, or with a title of its own or a text of its own. */
type Cell<R> = (keyof R & string) | readonly [title: string, text: (row: R) => string];

/** A table of records: the named fields, each under its name. */
export function table<R extends object>(
  rows: readonly R[],
  cells: readonly Cell<R>[],
  width: number,
): string[] {
  const columns = cells.map((cell): Column<R> => {
    if (typeof cell !== 'string') return { title: cell[0], cell: cell[1] };
    const isNumber = rows.some((row) => typeof row[cell] === 'number');
    const title = `${labelOf(cell)}${rows.some((row) => isTimestamp(row[cell])) ? ' (UTC)' : ''}`;
    return { title, ...(isNumber && { align: 'right' }), cell: (row) => valueText(row[cell], cell) };
  });
  return tableLines(columns, rows, width);
}

/** A result by its fields: `Bytes: 4.6 MB`; empty ones are left out. */
export const facts = (result: object, keys: readonly string[] = Object.keys(result)): string[] =>
  keys.flatMap((key) => {
    const value = (result as Record<string, unknown>)[key];
    const text = valueText(value, key);
    return text === '' || (Array.isArray(value) && value.some((item) => typeof item === 'object'))
      ? []
      : [`${labelOf(key)}: ${text}`];
  });
