/** A cell stands in quotes when it would be read otherwise without: a quote within it is plain. */
const needsQuotes = (cell: string): boolean => /^"|[\t\r\n]/.test(cell);

const quoted = (cell: string): string => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Cells as spreadsheets put them on the clipboard: a tab between cells, a line a row, quotes around what holds either. */
export function formatTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join('\t')).join('\n');
}

interface Reading {
  cell: string;
  /** Where the reading goes on. */
  next: number;
}

/** A cell that begins with a quote, to the quote that closes it; null when none does: then the quote is a plain character. */
function readQuoted(text: string, from: number): Reading | null {
  let cell = '';
  let at = from + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return null;
    cell += text.slice(at, end);
    if (text[end + 1] !== '"') {
      const after = text[end + 1];
      return after === undefined || '\t\r\n'.includes(after) ? { cell, next: end + 1 } : null;
    }
    cell += '"';
    at = end + 2;
  }
}

function readPlain(text: string, from: number): Reading {
  let next = from;
  while (next < text.length && !'\t\r\n'.includes(text[next] ?? '')) next += 1;
  return { cell: text.slice(from, next), next };
}

/** The rows and cells of a text from a spreadsheet. The line break at the end of the text begins no further row. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    const { cell, next } = (text[at] === '"' ? readQuoted(text, at) : null) ?? readPlain(text, at);
    rows.at(-1)?.push(cell);
    if (next >= text.length) return rows;
    at = next + 1;
    if (text[next] === '\t') continue;
    if (text[next] === '\r' && text[at] === '\n') at += 1;
    if (at >= text.length) return rows;
    rows.push([]);
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (cell: string): string =>
  cell.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign).replaceAll(/\r?\n/g, '<br>');

/** The same cells as a table, for programs that ask for one; with `head` the first row is one of headings. */
export function formatHtml(rows: readonly (readonly string[])[], head: boolean): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${rows.map((cells, row) => line(cells, head && row === 0 ? 'th' : 'td')).join('')}</table>`;
}
