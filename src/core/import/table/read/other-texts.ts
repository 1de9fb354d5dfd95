import { htmlText } from '#shared/domain/html-entities.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { isExactNumber } from '../../../model/interchange/exact-number.ts';
import { maxSheetColumns, fileRefusal } from '../../../kernel/files/refusal.ts';
import { cutTo } from '../../../model/interchange/headings.ts';
import type { Cell, Line } from '../cell.ts';
import { tooManyColumnsFault, tooManyRowsFault } from './csv.ts';
import { maxCellLength, maxRows } from './limits.ts';
import type { RawSheet } from './table.ts';

/* Texts that hold a table but are not delimited: a web page that is called .xls, a list of records as JSON, a record on each line. */

const sheetOf = (lines: Line[]): RawSheet => ({ lines, merges: [], notices: [], decimalComma: false });

/** Reads a text that is not delimited as a table. Null for other texts. Throws BAD_FILE for a table that is too large, or bad JSON lines. */
export function readOtherText(text: string, file: string): RawSheet | null {
  const start = text.slice(0, 4096).trimStart();
  if (/^<(?:!doctype html|html|head|meta|table|style|div|body)\b/i.test(start) && /<table\b/i.test(text))
    return sheetOf(htmlRows(text));
  const records = /^\[\s*\{/.test(start)
    ? jsonList(text)
    : start.startsWith('{')
      ? jsonLines(text, file)
      : null;
  return records && sheetOf(rowsOf(records));
}

/** The rows of the table with the most rows. */
function htmlRows(text: string): Line[] {
  const tables = text
    .replaceAll(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1>/gi, '')
    .split(/<table\b/i)
    .slice(1)
    .map((part) => (part.split(/<\/table/i)[0] ?? '').split(/<tr\b/i).slice(1));
  const rows = tables.reduce((largest, table) => (table.length > largest.length ? table : largest), []);
  return toLines(
    rows.map((row) =>
      row
        .split(/<t[dh]\b/i)
        .slice(1)
        .flatMap((part) => {
          const [attributes = '', ...content] = part.split('>');
          const inner = content.join('>').split(/<\/t[dhr]\b/i)[0] ?? '';
          const value = htmlText(inner);
          const width = Math.min(
            Number(/colspan\s*=\s*["']?(\d+)/i.exec(attributes)?.[1] ?? 1),
            maxSheetColumns,
          );
          return [value === '' ? null : value, ...Array.from({ length: width - 1 }, () => null)];
        }),
    ),
  );
}

/** Reviver that keeps the text of a number that would lose digits. TypeScript does not declare the third argument yet. */
function keepDigits(_key: string, value: Json, context?: { source?: string }): Json {
  const { source } = context ?? {};
  return typeof value === 'number' && source !== undefined && !isExactNumber(source, value) ? source : value;
}

function jsonList(text: string): Json[] | null {
  try {
    const value = JSON.parse(text, keepDigits) as Json;
    return Array.isArray(value) ? (value as Json[]) : null;
  } catch {
    return null;
  }
}

/** A record on each line, as databases and crawlers write them. Null for a text that is one JSON document. */
function jsonLines(text: string, file: string): Json[] | null {
  const lines = text.split('\n').map((line) => line.trim());
  const filled = lines.filter((line) => line !== '');
  if (filled.length < 2 || !/^\{.*\}$/.test(filled[0] ?? '')) return null;
  if (!filled.every((line) => line.startsWith('{'))) return null;
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line, keepDigits) as Json];
    } catch {
      throw fileRefusal('not_json', { file }, { line: index + 1 });
    }
  });
}

/** Headings are the keys of all records, in their order; a list is joined, an object stays JSON. */
function rowsOf(records: readonly Json[]): Line[] {
  const objects = records.filter(isJsonObject);
  const keys = [...new Set(objects.flatMap((record) => Object.keys(record)))];
  return toLines([keys, ...objects.map((record) => keys.map((key) => cellOf(record[key] ?? null)))]);
}

function cellOf(value: Json): Cell {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('; ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function toLines(rows: readonly Cell[][]): Line[] {
  if (rows.length > maxRows) throw tooManyRowsFault();
  return rows.flatMap((row, index) => {
    const cells = row.map((cell) =>
      typeof cell === 'string' ? cutTo(cell, maxCellLength).toWellFormed() : cell,
    );
    if (cells.length > maxSheetColumns) throw tooManyColumnsFault(index + 1);
    return cells.some((cell) => cell !== null && cell !== '') ? [{ line: index + 1, cells }] : [];
  });
}
