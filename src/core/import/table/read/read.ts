import { clause } from '#shared/texts/sentence.ts';
import { createHash } from 'node:crypto';
import type { EncodingReading } from '#shared/contract/import-report.ts';
import type { SheetLayout } from '#shared/contract/sheets.ts';
import type { ReadHandle } from '../../../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../../../kernel/db/files.ts';
import { refuseOwnFile } from '../../../kernel/files/own-files.ts';
import { certainEncoding, decodeText } from '../../../kernel/files/encoding.ts';
import { notTableFault, readFileBytes } from '../../../kernel/files/read-file.ts';
import { maxSheetBytes, fileRefusal } from '../../../kernel/files/refusal.ts';
import { runSteps } from '../../../kernel/progress.ts';
import type { Pace } from '../../../kernel/progress.ts';
import { systemClock } from '../../../kernel/system.ts';
import type { Services } from '../../../model/services.ts';
import { linksOfMatrix } from './matrix.ts';
import { Notices } from '../../notices.ts';
import { foreignFormatFault, foreignTableFault } from '../../graph/foreign.ts';
import { isConfirmSheet } from '../../confirm/rows.ts';
import { ParsedFiles } from '../../parsed-files.ts';
import { findDelimiter, readCsv } from './csv.ts';
import { guessColumns } from '../columns/guess.ts';
import { findKnownWords } from '../columns/known-words.ts';
import { typeHintOf } from '../columns/row-types.ts';
import { readOtherText } from './other-texts.ts';
import { readWorkbook, withoutHidden } from './sheet-cells.ts';
import { isBlank } from '../cell.ts';
import { toTable } from './table.ts';
import type { RawSheet, Table } from './table.ts';

/** The source of a table: a file, or pasted text. */
export type SheetInput = { path: string } | { text: string; name: string };

export interface SheetFile {
  name: string;
  bytes: number;
  sha256: string;
  format: 'csv' | 'xlsx';
  encoding: string;
  /** The likely readings, if the encoding is in doubt. */
  encodings: readonly EncodingReading[];
  delimiter: string | null;
  sheets: readonly string[];
  /** Number of hidden sheets, the last ones of `sheets`. */
  hiddenSheets: number;
  sheet: number;
  raw: RawSheet;
  table: Table;
}

export interface TableRequest {
  input: SheetInput;
  layout: SheetLayout;
  workspaceFiles?: WorkspaceFiles;
  /** Its names help to guess the encoding. */
  db?: ReadHandle;
  cache?: ParsedFiles<ParsedSheet>;
}

const createCache = (): ParsedFiles<ParsedSheet> => new ParsedFiles(systemClock);
export const parsedTableCache = ({ singletons }: Pick<Services, 'singletons'>): ParsedFiles<ParsedSheet> =>
  singletons.get(createCache);

/** Reads a table with progress. Throws BAD_FILE; CANCELLED. */
export async function readTable(request: TableRequest, pace: Pace): Promise<SheetFile> {
  pace.onProgress?.({ kind: 'progress', step: 'reading', done: 0, total: null });
  const { input, layout, workspaceFiles } = request;
  if ('path' in input && workspaceFiles) await refuseOwnFile(input.path, workspaceFiles);
  const file =
    'path' in input
      ? await readFileBytes(input.path, { signal: pace.signal, maxBytes: maxSheetBytes })
      : pastedFile(input);
  const { bytes, ...fileInfo } = file;
  if (bytes.length === 0) throw fileRefusal('empty', { file: file.name });
  const keyOf = (sheetIndex: number | null): string =>
    [file.sha256, sheetIndex ?? '', layout.encoding ?? '', layout.hidden === true ? 'hidden' : '']
      .join(' ')
      .trim();
  const key = keyOf(layout.sheet);
  let sheet = request.cache?.get(key);
  if (!sheet) {
    const foreignFault = foreignTableFault(bytes, file.name);
    if (foreignFault) throw foreignFault;
    sheet = isZip(bytes)
      ? await readXlsx(bytes, file.name, layout, pace)
      : await readText(bytes, file.name, request, pace);
    sheet = withoutMatrix(sheet);
    request.cache?.set(key, sheet);
    request.cache?.set(keyOf(sheet.sheet), sheet);
  }
  const table = {
    ...toTable(sheet.raw, layout.header, layout.fill_down),
    typeColumn: layout.type_column,
    wordTypes: layout.word_types,
  };
  if (table.rows.length === 0) {
    throw fileRefusal('no_rows', {
      file: file.name,
      ...(sheet.sheets.length > 1 && {
        why: clause('emptySheet', { sheet: sheet.sheets[sheet.sheet] ?? '' }),
      }),
    });
  }
  return { ...fileInfo, bytes: bytes.length, ...sheet, table };
}

/** The sheet with a matrix as a list of its links, which is said. */
function withoutMatrix(sheet: ParsedSheet): ParsedSheet {
  const lines = linksOfMatrix(sheet.raw.lines);
  if (!lines) return sheet;
  const notices = new Notices();
  notices.addAll(sheet.raw.notices);
  notices.add('matrix', { count: lines.length - 1 });
  return { ...sheet, raw: { ...sheet.raw, lines, merges: [], notices: notices.list() } };
}

function pastedFile({ text, name }: { text: string; name: string }) {
  const bytes = Buffer.from(text, 'utf8');
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const isZip = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32BE(0) === 0x504b0304;
const isOle = (bytes: Buffer): boolean => bytes.length > 8 && bytes.readUInt32BE(0) === 0xd0cf11e0;

/** A parsed sheet, without the properties that depend on the file's name and the line of headings. */
export type ParsedSheet = Omit<SheetFile, 'name' | 'bytes' | 'sha256' | 'table'>;

async function readText(
  bytes: Buffer,
  name: string,
  { layout: { encoding: chosenEncoding }, db }: TableRequest,
  pace: Pace,
): Promise<ParsedSheet> {
  if (isOle(bytes)) {
    throw fileRefusal('old_workbook', { file: name });
  }
  const isUnknown = chosenEncoding === undefined && certainEncoding(bytes) === undefined;
  const isKnownWord = isUnknown ? await runSteps(pace, 'reading', findKnownWords(db)) : undefined;
  const decoded = decodeText(bytes, { encoding: chosenEncoding, isKnownWord });
  if (!decoded) throw notTableFault(name);
  const { text, encoding, isGuessed, readings } = decoded;
  const dialect = findDelimiter(text);
  const otherTable = readOtherText(text, name);
  const raw = otherTable ?? (await runSteps(pace, 'reading', readCsv(text, dialect), text.length));
  const notices = new Notices();
  if (isGuessed) notices.add('encoding_guessed', { params: { encoding } });
  notices.addAll(raw.notices);
  return {
    format: 'csv',
    encoding,
    encodings: readings,
    delimiter: otherTable ? null : dialect.delimiter,
    sheets: [],
    hiddenSheets: 0,
    sheet: 0,
    raw: { ...raw, notices: notices.list() },
  };
}

const maxPeekedRows = 30;
const maxPeekedSheets = 20;

async function readXlsx(
  bytes: Buffer,
  name: string,
  { sheet: chosenSheet, hidden: withHidden = false, encoding }: SheetLayout,
  pace: Pace,
): Promise<ParsedSheet> {
  if (encoding !== undefined) throw fileRefusal('encoding_fixed', { file: name });
  const { sheets, hiddenSheets, textOf, cellsIn } = await runSteps(
    pace,
    'reading',
    readWorkbook(bytes, name),
  );
  const firstHidden = sheets.length - hiddenSheets;
  if (['Vertices', 'Edges'].every((one) => sheets.includes(one)))
    throw foreignFormatFault(name, 'NodeXL', 'GraphML (NodeXL)');
  let sheet = Math.min(chosenSheet ?? 0, sheets.length - 1);
  if (chosenSheet === null && sheets.length > 1) {
    const scores: number[] = [];
    const shownSheets = sheets.slice(0, firstHidden || 1);
    for (const [index, sheetName] of shownSheets.slice(0, maxPeekedSheets).entries()) {
      const top = await runSteps(pace, 'reading', cellsIn(textOf(index), maxPeekedRows));
      scores.push(scoreOf(top, typeHintOf(name, sheetName)));
    }
    // Chooses the first sheet whose score is about as good as the best score.
    sheet = scores.findIndex((score) => score >= Math.max(...scores) * 0.6);
  }
  const text = textOf(sheet);
  const whole = await runSteps(pace, 'reading', cellsIn(text), text.length);
  // The sheets for confirming links have hidden columns of ids.
  const raw = withHidden || isConfirmSheet(whole.lines) ? whole : withoutHidden(whole);
  const notices = new Notices();
  const unread = sheets.filter((_, index) => index >= firstHidden && index !== sheet);
  if (unread.length > 0)
    notices.add('hidden_sheets', { count: unread.length, params: { sheets: unread.join(', ') } });
  notices.addAll(raw.notices);
  return {
    format: 'xlsx',
    encoding: 'utf-8',
    encodings: [],
    delimiter: null,
    sheets,
    hiddenSheets,
    sheet,
    raw: { ...raw, notices: notices.list() },
  };
}

/** How much the top of a sheet looks like a table of records: a cover has few rows, or unknown columns. */
function scoreOf(raw: RawSheet, typeHint: string): number {
  const table = toTable(raw, null);
  if (table.rows.length === 0) return 0;
  const head = raw.lines.find(({ line }) => line === table.headerLine)?.cells ?? [];
  // A line with a single filled cell is a title, not headings.
  const isTitle = head.filter((cell) => !isBlank(cell)).length < Math.min(2, table.columns.length);
  return guessColumns(table, typeHint).score * (isTitle ? 0.25 : 1) + (table.headerLine === 0 ? 0 : 0.5);
}
