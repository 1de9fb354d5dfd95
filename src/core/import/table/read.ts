import { clause } from '#shared/texts/sentence.ts';
import { createHash } from 'node:crypto';
import type { SheetLayout } from '#shared/contract/sheets.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { refuseOwnFile } from '../../kernel/files/own-files.ts';
import { decodeText } from '../../kernel/files/encoding.ts';
import { noText, readFileBytes } from '../../kernel/files/read-file.ts';
import { largestSheet, fileRefusal } from '../../kernel/files/refusal.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import { systemClock } from '../../kernel/system.ts';
import type { Services } from '../../model/services.ts';
import { Notices } from '../notices.ts';
import { foreignFormat } from '../graph/foreign.ts';
import { ParsedFiles } from '../parsed-files.ts';
import { findDelimiter, readCsv } from './csv.ts';
import { guessColumns, guessName } from './guess.ts';
import { readWorkbook } from './sheet-cells.ts';
import { asTable, isBlank } from './table.ts';
import type { RawSheet, Table } from './table.ts';

/** The source of a table: a file, or pasted text. */
export type SheetInput = { path: string } | { text: string; name: string };

export interface ReadTable {
  name: string;
  bytes: number;
  sha256: string;
  format: 'csv' | 'xlsx';
  encoding: string;
  delimiter: string | null;
  sheets: readonly string[];
  sheet: number;
  raw: RawSheet;
  table: Table;
}

export interface TableRequest {
  input: SheetInput;
  layout: SheetLayout;
  own?: WorkspaceFiles;
  parsed?: ParsedFiles<ReadSheet>;
}

const createParsed = (): ParsedFiles<ReadSheet> => new ParsedFiles(systemClock);
export const parsedTables = ({ singletons }: Pick<Services, 'singletons'>): ParsedFiles<ReadSheet> =>
  singletons.get(createParsed);

/** Reads a table with progress. Throws BAD_FILE; CANCELLED. */
export async function readTable(request: TableRequest, pace: Pace): Promise<ReadTable> {
  pace.onProgress?.({ kind: 'progress', step: 'reading', done: 0, total: null });
  const { input, layout, own } = request;
  if ('path' in input && own) await refuseOwnFile(input.path, own);
  const file =
    'path' in input
      ? await readFileBytes(input.path, { signal: pace.signal, limit: largestSheet })
      : pasted(input);
  const { bytes, ...named } = file;
  if (bytes.length === 0) throw fileRefusal('empty', { file: file.name });
  const key = [file.sha256, layout.sheet ?? '', layout.encoding ?? ''].join(' ').trim();
  let read = request.parsed?.get(key);
  if (!read) {
    read = isZip(bytes)
      ? await readXlsx(bytes, file.name, layout, pace)
      : await readText(bytes, file.name, layout, pace);
    request.parsed?.set(key, read);
    request.parsed?.set([file.sha256, read.sheet, layout.encoding ?? ''].join(' ').trim(), read);
  }
  const table = asTable(read.raw, layout.header);
  if (table.rows.length === 0) {
    throw fileRefusal('no_rows', {
      file: file.name,
      ...(read.sheets.length > 1 && { why: clause('emptySheet', { sheet: read.sheets[read.sheet] ?? '' }) }),
    });
  }
  return { ...named, bytes: bytes.length, ...read, table };
}

function pasted({ text, name }: { text: string; name: string }) {
  const bytes = Buffer.from(text, 'utf8');
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const isZip = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32BE(0) === 0x504b0304;
const isOle = (bytes: Buffer): boolean => bytes.length > 8 && bytes.readUInt32BE(0) === 0xd0cf11e0;

/** A parsed file, under any name. */
export type ReadSheet = Omit<ReadTable, 'name' | 'bytes' | 'sha256' | 'table'>;

async function readText(bytes: Buffer, name: string, layout: SheetLayout, pace: Pace): Promise<ReadSheet> {
  if (isOle(bytes)) {
    throw fileRefusal('old_workbook', { file: name });
  }
  const decoded = decodeText(bytes, layout.encoding ?? null);
  if (!decoded) throw noText(name);
  const { text, encoding, guessed } = decoded;
  const delimited = findDelimiter(text);
  const raw = await runSteps(pace, 'reading', readCsv(text, delimited), text.length);
  const notices = new Notices();
  if (guessed) notices.add('encoding_guessed', { params: { encoding } });
  notices.addAll(raw.notices);
  return {
    format: 'csv',
    encoding,
    delimiter: delimited.delimiter,
    sheets: [],
    sheet: 0,
    raw: { ...raw, notices: notices.list() },
  };
}

const peeked = 30;
const mostPeeked = 20;

async function readXlsx(
  bytes: Buffer,
  name: string,
  { sheet: chosen }: SheetLayout,
  pace: Pace,
): Promise<ReadSheet> {
  const { sheets, textOf, cellsIn } = await runSteps(pace, 'reading', readWorkbook(bytes, name));
  if (['Vertices', 'Edges'].every((one) => sheets.includes(one)))
    throw foreignFormat(name, 'NodeXL', 'GraphML (NodeXL)');
  let sheet = Math.min(chosen ?? 0, sheets.length - 1);
  if (chosen === null && sheets.length > 1) {
    const scores: number[] = [];
    for (const [index, one] of sheets.slice(0, mostPeeked).entries()) {
      const top = await runSteps(pace, 'reading', cellsIn(textOf(index), peeked));
      scores.push(scoreOf(top, guessName(name, one)));
    }
    // The first sheet about as good as the best one.
    sheet = scores.findIndex((score) => score >= Math.max(...scores) * 0.6);
  }
  const text = textOf(sheet);
  const raw = await runSteps(pace, 'reading', cellsIn(text), text.length);
  return {
    format: 'xlsx',
    encoding: 'utf-8',
    delimiter: null,
    sheets,
    sheet,
    raw,
  };
}

/** How much the top of a sheet looks like a table of records: a cover has few rows, or unknown columns. */
function scoreOf(raw: RawSheet, named: string): number {
  const table = asTable(raw, null);
  if (table.rows.length === 0) return 0;
  const head = raw.lines.find(({ line }) => line === table.header)?.cells ?? [];
  // A title and adjacent words are no headings.
  const isTitle = head.filter((cell) => !isBlank(cell)).length < Math.min(2, table.columns.length);
  return guessColumns(table, named).score * (isTitle ? 0.25 : 1) + (table.header === 0 ? 0 : 0.5);
}
