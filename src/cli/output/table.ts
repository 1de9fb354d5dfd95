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

/** One line of text: line breaks and other control characters would break a table, or worse, steer the terminal or turn a line around. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** As `oneLine`, of text whose line breaks are meant. */
export function harmless(text: string): string {
  return text
    .split(/(\r?\n)/)
    .map((part, at) => (at % 2 === 0 ? oneLine(part) : part))
    .join('');
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
