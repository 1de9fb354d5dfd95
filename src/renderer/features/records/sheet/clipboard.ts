import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { shownTitles, titlesKey } from '#shared/domain/references.ts';
import { joinNames } from '#shared/domain/name-lists.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../../../i18n/setup.ts';
import { numberLocale } from '../../../text/formats.ts';
import { choiceName } from '../../../text/names.ts';
import type { Column } from '../columns.ts';
import { fieldForValue } from '../custom-fields.ts';
import { formatNumber } from '../form/values.ts';
import type { Rows } from '../data/rows.ts';
import { hasSeveralCells, rangeOf, sizeOf } from '../grid/state.ts';
import type { GridState } from '../grid/state.ts';
import type { ListView } from '#shared/address/view.ts';
import { api } from '../../../api/client.ts';
import { notice, reportErrors } from '../../../ui/notices.tsx';
import { selectionOf } from '../data/selection.ts';

/** A cell needs quotes if it begins with one or contains a tab or line break. A quote further inside needs none. */
const needsQuotes = (cell: string): boolean => /^"|[\t\r\n]/.test(cell);

const quoteCell = (cell: string): string => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Cells in the clipboard format of spreadsheets: tabs between cells, a line for each row, quotes where needed. */
export function formatTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoteCell).join('\t')).join('\n');
}

interface ParsedCell {
  cell: string;
  end: number;
}

/** Reads a quoted cell; null if its quotes do not enclose the whole cell, so that they are plain text. */
function readQuotedCell(text: string, start: number): ParsedCell | null {
  let cell = '';
  let index = start + 1;
  for (;;) {
    const quoteIndex = text.indexOf('"', index);
    if (quoteIndex < 0) return null;
    cell += text.slice(index, quoteIndex);
    if (text[quoteIndex + 1] !== '"') {
      const nextCharacter = text[quoteIndex + 1];
      return nextCharacter === undefined || '\t\r\n'.includes(nextCharacter)
        ? { cell, end: quoteIndex + 1 }
        : null;
    }
    cell += '"';
    index = quoteIndex + 2;
  }
}

function readPlainCell(text: string, start: number): ParsedCell {
  let end = start;
  while (end < text.length && !'\t\r\n'.includes(text[end] ?? '')) end += 1;
  return { cell: text.slice(start, end), end };
}

/** Parses the text of a spreadsheet. A final line break begins no row. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let index = 0;
  for (;;) {
    const { cell, end } =
      (text[index] === '"' ? readQuotedCell(text, index) : null) ?? readPlainCell(text, index);
    rows.at(-1)?.push(cell);
    if (end >= text.length) return rows;
    index = end + 1;
    if (text[end] === '\t') continue;
    if (text[end] === '\r' && text[index] === '\n') index += 1;
    if (index >= text.length) return rows;
    rows.push([]);
  }
}

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escapeCell = (cell: string): string =>
  cell
    .replaceAll(/[&<>"]/g, (character) => htmlEntities[character] ?? character)
    .replaceAll(/\r?\n/g, '<br>');

/** The cells as an HTML table. `hasHeadings`: the first row has headings. */
export function formatHtml(rows: readonly (readonly string[])[], hasHeadings: boolean): string {
  const rowHtml = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeCell(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${rows.map((cells, row) => rowHtml(cells, hasHeadings && row === 0 ? 'th' : 'td')).join('')}</table>`;
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

const timeKeys: ReadonlySet<string> = new Set(['created_at', 'updated_at', 'deleted_at']);

function cellText(record: EntityRecord, { key, field }: Pick<Column, 'key' | 'field'>): string {
  if (field?.kind === 'references') return joinNames(shownTitles(record.derived[titlesKey(field)]));
  if (field?.kind === 'reference') return referenceText(record, key);
  if (field) return valueAsText(record.payload[field.key], fieldForValue(field, record.payload[field.key]));
  if (timeKeys.has(key)) return record[key as 'created_at' | 'updated_at' | 'deleted_at'] ?? '';
  const value = record.derived[key];
  return valueAsText(value, { kind: typeof value === 'string' ? 'choice' : 'number' });
}

const maxCopiedRecords = 50_000;

interface CopyContent {
  cells: readonly (readonly string[])[];
  hasHeadings: boolean;
}

const cellTexts = (records: readonly EntityRecord[], columns: readonly Column[]): string[][] =>
  records.map((record) => columns.map((column) => cellText(record, column)));

function cellsContent(records: readonly EntityRecord[], columns: readonly Column[]): CopyContent {
  return { cells: cellTexts(records, columns), hasHeadings: false };
}

function rowsContent(records: readonly EntityRecord[], columns: readonly Column[]): CopyContent {
  return { cells: [columns.map(({ label }) => label), ...cellTexts(records, columns)], hasHeadings: true };
}

/** The content to copy: a range, selected rows, or one cell. Null if rows must be read first, or nothing is selected. */
export function loadedContent(state: GridState, rows: Rows, columns: readonly Column[]): CopyContent | null {
  const range = rangeOf(state);
  if (!hasSeveralCells(range) && state.allExcept) return null;
  if (!hasSeveralCells(range) && state.picked.size > 0)
    return rowsContent([...state.picked.values()], columns);
  const { rows: count } = sizeOf(range);
  const records: EntityRecord[] = [];
  for (let row = range.top; row < range.top + count; row += 1) {
    const record = rows.recordAt(row);
    if (record) records.push(record);
    else if (!rows.groupAt(row)) return null;
  }
  const rangeColumns = columns.slice(range.left, range.right + 1);
  return records.length === 0 ? null : cellsContent(records, rangeColumns);
}

export function clipboardFormats({
  cells,
  hasHeadings,
}: CopyContent): Record<'text/plain' | 'text/html', string> {
  return { 'text/plain': formatTsv(cells), 'text/html': formatHtml(cells, hasHeadings) };
}

interface CopyContext {
  view: ListView;
  rows: Rows;
  columns: readonly Column[];
  state: GridState;
}

const pageSize = 1000;

async function readMatchingRecords({ view, state }: CopyContext): Promise<readonly EntityRecord[]> {
  const { type, search, filters, sort } = view;
  const records: EntityRecord[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const query = { type, search, filters: [...filters], sort: [...sort] };
    const page = await api.entities.list({ ...query, offset, limit: pageSize });
    records.push(...page.rows.filter(({ id }) => !state.allExcept?.has(id)));
    if (offset + pageSize >= page.matched) return records;
  }
}

async function readRangeContent(context: CopyContext): Promise<CopyContent> {
  const { rows, columns, state } = context;
  const { top, bottom, left, right } = rangeOf(state);
  return cellsContent(await rows.read(top, bottom), columns.slice(left, right + 1));
}

async function writeClipboard(content: CopyContent): Promise<void> {
  const formats = Object.entries(clipboardFormats(content));
  await navigator.clipboard.write([
    new ClipboardItem(
      Object.fromEntries(formats.map(([kind, text]) => [kind, new Blob([text], { type: kind })])),
    ),
  ]);
  const count = content.cells.length - (content.hasHeadings ? 1 : 0);
  notice({ id: 'copied', title: say('sheet:copied', { count }), stays: 3000 });
}

/** Copies the selection or its whole rows, reading missing rows first. */
export async function copySelection(context: CopyContext, scope: 'selection' | 'rows'): Promise<void> {
  const { view, rows, columns, state } = context;
  const selection = selectionOf(state, rows, view);
  if (!selection) return;
  if (selection.count > maxCopiedRecords) {
    notice({ tone: 'bad', title: say('sheet:tooManyToCopy', { count: maxCopiedRecords }) });
    return;
  }
  await reportErrors(async () => {
    if (scope === 'selection' && hasSeveralCells(rangeOf(state)))
      await writeClipboard(await readRangeContent(context));
    else {
      const loaded = scope === 'selection' ? loadedContent(state, rows, columns) : null;
      await writeClipboard(
        loaded ?? rowsContent(selection.records ?? (await readMatchingRecords(context)), columns),
      );
    }
  });
}
