import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { shownTitles, titlesKey } from '#shared/domain/references.ts';
import { joinNames } from '#shared/domain/name-lists.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { numberLocale } from '../../../text/formats.ts';
import { choiceName } from '../../../text/names.ts';
import type { Column } from '../columns.ts';
import { editedAs } from '../custom-fields.ts';
import { formatNumber } from '../form/values.ts';
import type { Rows } from '../data/rows.ts';
import { isWide, rangeOf, sizeOf } from '../grid/state.ts';
import type { GridState } from '../grid/state.ts';
import type { ListView } from '#shared/address/view.ts';
import { api } from '../../../api/client.ts';
import { notice, reportError } from '../../../ui/notices.tsx';
import { selectionOf } from '../data/selection.ts';

/** Cells that would be parsed differently are quoted; quotes inside a cell are plain. */
const needsQuotes = (cell: string): boolean => /^"|[\t\r\n]/.test(cell);

const quoted = (cell: string): string => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Cells in the clipboard format of spreadsheets: tabs between cells, a line for each row, quotes where needed. */
export function formatTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join('\t')).join('\n');
}

interface Reading {
  cell: string;
  next: number;
}

/** Reads a quoted cell to its closing quote; null if there is none, so that the quote is plain text. */
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

/** Parses the text of a spreadsheet. A final line break begins no row. */
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

/** The cells as an HTML table; `head`: the first row has headings. */
export function formatHtml(rows: readonly (readonly string[])[], head: boolean): string {
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${rows.map((cells, row) => line(cells, head && row === 0 ? 'th' : 'td')).join('')}</table>`;
}

/** A stored value as text that `parseValue` parses; references are ids. */
export function valueAsText(value: Json | undefined, field: Pick<Field, 'kind'>): string {
  if (value === undefined || value === null) return '';
  if (field.kind === 'json') return JSON.stringify(value);
  if (typeof value === 'number') return formatNumber(value, numberLocale());
  if (typeof value === 'boolean') return say(value ? 'common:yes' : 'common:no');
  if (typeof value !== 'string') return JSON.stringify(value);
  return field.kind === 'choice' ? choiceName(value) : value;
}

function referenceText(record: EntityRecord, key: string): string {
  const id = record.payload[key];
  const title = record.derived[titlesKey({ key, kind: 'reference' })];
  if (typeof title === 'string' && title !== '') return title;
  return typeof id === 'string' ? id : '';
}

const moments: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'deleted_at']);

function cellText(record: EntityRecord, { key, field }: Pick<Column, 'key' | 'field'>): string {
  if (field?.kind === 'references') return joinNames(shownTitles(record.derived[titlesKey(field)]));
  if (field?.kind === 'reference') return referenceText(record, key);
  if (field) return valueAsText(record.payload[field.key], editedAs(field, record.payload[field.key]));
  if (moments.has(key)) return record[key as 'created_at' | 'updated_at' | 'deleted_at'] ?? '';
  const value = record.derived[key];
  return valueAsText(value, { kind: typeof value === 'string' ? 'choice' : 'number' });
}

const mostCopied = 50_000;

interface Copied {
  cells: readonly (readonly string[])[];
  headed: boolean;
}

const cellsOf = (records: readonly EntityRecord[], columns: readonly Column[]): string[][] =>
  records.map((record) => columns.map((column) => cellText(record, column)));

function copyCells(records: readonly EntityRecord[], columns: readonly Column[]): Copied {
  return { cells: cellsOf(records, columns), headed: false };
}

function copyRows(records: readonly EntityRecord[], columns: readonly Column[]): Copied {
  return { cells: [columns.map(({ label }) => label), ...cellsOf(records, columns)], headed: true };
}

/**
 * The content of Ctrl C if it has been read: a range of cells, selected rows with headings, or the cell under the cursor. Null if something
 * must be read first, or there is nothing.
 */
export function copyHere(state: GridState, rows: Rows, columns: readonly Column[]): Copied | null {
  const range = rangeOf(state);
  if (!isWide(range) && state.allBut) return null;
  if (!isWide(range) && state.picked.size > 0) return copyRows([...state.picked.values()], columns);
  const { rows: count } = sizeOf(range);
  const records: EntityRecord[] = [];
  for (let row = range.top; row < range.top + count; row += 1) {
    const record = rows.at(row);
    if (record) records.push(record);
    else if (!rows.group(row)) return null;
  }
  const chosen = columns.slice(range.left, range.right + 1);
  return records.length === 0 ? null : copyCells(records, chosen);
}

export function clipboardForms({ cells, headed }: Copied): Record<'text/plain' | 'text/html', string> {
  return { 'text/plain': formatTsv(cells), 'text/html': formatHtml(cells, headed) };
}

interface Context {
  view: ListView;
  rows: Rows;
  columns: readonly Column[];
  state: GridState;
}

const step = 1000;

async function readAll({ view, state }: Context): Promise<readonly EntityRecord[]> {
  const { type, search, filters, sort } = view;
  const records: EntityRecord[] = [];
  for (let offset = 0; ; offset += step) {
    const query = { type, search, filters: [...filters], sort: [...sort] };
    const page = await api.entities.list({ ...query, offset, limit: step });
    records.push(...page.rows.filter(({ id }) => !state.allBut?.has(id)));
    if (offset + step >= page.matched) return records;
  }
}

async function readCells(context: Context): Promise<Copied> {
  const { rows, columns, state } = context;
  const { top, bottom, left, right } = rangeOf(state);
  return copyCells(await rows.read(top, bottom), columns.slice(left, right + 1));
}

async function write(copied: Copied): Promise<void> {
  const forms = Object.entries(clipboardForms(copied));
  await navigator.clipboard.write([
    new ClipboardItem(
      Object.fromEntries(forms.map(([kind, text]) => [kind, new Blob([text], { type: kind })])),
    ),
  ]);
  const count = copied.cells.length - (copied.headed ? 1 : 0);
  notice({ id: 'copied', title: say('sheet:copied', { count }), stays: 3000 });
}

/** Copies the selection or its whole rows, reading missing rows first. */
export async function copySelection(context: Context, what: 'selection' | 'rows'): Promise<void> {
  const { view, rows, columns, state } = context;
  const selection = selectionOf(state, rows, view);
  if (!selection) return;
  if (selection.count > mostCopied) {
    notice({ tone: 'bad', title: say('sheet:tooManyToCopy', { count: mostCopied }) });
    return;
  }
  try {
    if (what === 'selection' && isWide(rangeOf(state))) await write(await readCells(context));
    else {
      const here = what === 'selection' ? copyHere(state, rows, columns) : null;
      await write(here ?? copyRows(selection.records ?? (await readAll(context)), columns));
    }
  } catch (error) {
    reportError(error);
  }
}
