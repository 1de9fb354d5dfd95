import { isTimestamp, formatBytes, countsLine, labelOf, formatTime } from '../format.ts';
import { oneLine } from './output.ts';

export interface Column<R> {
  title: string;
  align?: 'right';
  cell(row: R): string;
}

const wideCharacter =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u;

/** Approximate width on a terminal: combining marks take no column, wide scripts and emoji two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/\p{M}|\u200d|\ufe0f/u.test(char)) continue;
    width += wideCharacter.test(char) ? 2 : 1;
  }
  return width;
}

/** Truncates text to `width` columns, with "…" at the end. */
export function truncateText(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let prefix = '';
  for (const char of text) {
    if (widthOf(prefix + char) > width - 1) break;
    prefix += char;
  }
  return `${prefix}…`;
}

/** Formats a table. If it exceeds `width`, the widest columns shrink to `minColumnWidth` at least. Columns without values are omitted. */
export function tableLines<R>(columns: readonly Column<R>[], rows: readonly R[], width = Infinity): string[] {
  const cells = rows.map((row) => columns.map((column) => oneLine(column.cell(row))));
  const visibleColumns = columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => rows.length === 0 || cells.some((row) => row[index] !== ''));
  const widths = visibleColumns.map(({ column, index }) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[index] ?? ''))),
  );
  shrinkWidths(widths, width - 2 * (visibleColumns.length - 1));
  const formatLine = (texts: readonly string[]): string =>
    texts
      .map((text, index) => pad(text, widths[index] ?? 0, visibleColumns[index]?.column.align))
      .join('  ')
      .trimEnd();
  return [
    formatLine(visibleColumns.map(({ column }) => column.title)),
    formatLine(widths.map((size) => '─'.repeat(size))),
    ...cells.map((row) => formatLine(visibleColumns.map(({ index }) => row[index] ?? ''))),
  ];
}

const minColumnWidth = 8;
function shrinkWidths(widths: number[], maxWidth: number): void {
  while (widths.length > 0 && widths.reduce((a, b) => a + b, 0) > maxWidth) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= minColumnWidth) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  const shortText = truncateText(text, width);
  const space = ' '.repeat(Math.max(0, width - widthOf(shortText)));
  return align === 'right' ? space + shortText : shortText + space;
}

const isCounts = (value: object): value is Record<string, number> =>
  Object.values(value).every((count) => typeof count === 'number');

const byteKeys = /bytes|^wal$|^stored$/;

/** Formats a value: times in UTC, sizes in units, counts by type in words. */
export function valueText(value: unknown, key = ''): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return byteKeys.test(key) ? formatBytes(value) : value.toLocaleString('en-US');
  if (typeof value === 'string') return isTimestamp(value) ? formatTime(value) : value;
  if (Array.isArray(value)) return value.map((item) => valueText(item)).join(', ');
  if (typeof value !== 'object') return '';
  if ('name' in value && typeof value.name === 'string') return value.name;
  return isCounts(value) ? countsLine(value) : JSON.stringify(value);
}

/** Formats the fields of a result: `Bytes: 4.6 MB`. Empty ones are omitted. */
export const fieldLines = (result: object, keys: readonly string[] = Object.keys(result)): string[] =>
  keys.flatMap((key) => {
    const value = (result as Record<string, unknown>)[key];
    const text = valueText(value, key);
    return text === '' || (Array.isArray(value) && value.some((item) => typeof item === 'object'))
      ? []
      : [`${labelOf(key)}: ${text}`];
  });
