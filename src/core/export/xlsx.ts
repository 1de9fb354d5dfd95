import { clause } from '#shared/texts/sentence.ts';
import { maxCellLength } from '#shared/contract/export-list.ts';
import { formatMegabytes, fileRefusal } from '../kernel/files/refusal.ts';
import { columnLetters } from '../model/interchange/headings.ts';
import type { Cell } from './cells.ts';
import { maxEntryBytes, zipPieces } from './zip.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const mainNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationsNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006';
const contentTypePrefix = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Text escaped for XML; other characters become `_x0001_`, as spreadsheets write them. */
export function xmlText(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // oxlint-disable-next-line no-control-regex -- XML cannot hold these
      .replaceAll(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g, escapeCharacter)
  );
}

const escapeCharacter = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

export const maxSheetNameLength = 31;

/** A valid sheet name: cut, without characters that formulas use. */
export function sheetName(title: string): string {
  const name = title
    .replaceAll(/[[\]:*?/\\]/g, ' ')
    .trim()
    .slice(0, maxSheetNameLength)
    .replaceAll(/^'+|'+$/g, '');
  return name === '' ? 'FRAMES' : name;
}

/** Indexes into the style sheet: plain, header, time, date. */
export const cellStyles = { header: 1, moment: 2, day: 3 } as const;

const styleSheet = `${declaration}<styleSheet xmlns="${mainNamespace}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFECEDF5"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border/><border><bottom style="thin"><color rgb="FFB8BCCB"/></bottom></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`;

const sheetPath = (sheet: number): string => `worksheets/sheet${sheet + 1}.xml`;

/** The files of a workbook except its sheets. */
function workbookParts(names: readonly string[]): { name: string; content: string[] }[] {
  const part = (path: string, type: string): string =>
    `<Override PartName="${path}" ContentType="${contentTypePrefix}.${type}+xml"/>`;
  const relation = (id: number, type: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${relationsNamespace}/${type}" Target="${target}"/>`;
  const relationships = (...all: string[]): string =>
    `${declaration}<Relationships xmlns="${packageNamespace}/relationships">${all.join('')}</Relationships>`;
  const xml = '<Default Extension="xml" ContentType="application/xml"/>';
  const rels = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;
  return [
    {
      name: '[Content_Types].xml',
      content: [
        `${declaration}<Types xmlns="${packageNamespace}/content-types">${rels}${xml}${part('/xl/workbook.xml', 'sheet.main')}${names.map((_, sheet) => part(`/xl/${sheetPath(sheet)}`, 'worksheet')).join('')}${part('/xl/styles.xml', 'styles')}</Types>`,
      ],
    },
    { name: '_rels/.rels', content: [relationships(relation(1, 'officeDocument', 'xl/workbook.xml'))] },
    {
      name: 'xl/workbook.xml',
      content: [
        `${declaration}<workbook xmlns="${mainNamespace}" xmlns:r="${relationsNamespace}"><sheets>${names.map((name, sheet) => `<sheet name="${xmlText(sheetName(name))}" sheetId="${sheet + 1}" r:id="rId${sheet + 1}"/>`).join('')}</sheets></workbook>`,
      ],
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [
        relationships(
          ...names.map((_, sheet) => relation(sheet + 1, 'worksheet', sheetPath(sheet))),
          relation(names.length + 1, 'styles', 'styles.xml'),
        ),
      ],
    },
    { name: 'xl/styles.xml', content: [styleSheet] },
  ];
}

export const sheetStart = `${declaration}<worksheet xmlns="${mainNamespace}">`;

const dayMs = 86_400_000;
/** Days from the spreadsheets' day 0, 1899-12-30, to 1970. */
const daysTo1970 = 25_569;
/** Spreadsheets number earlier days wrongly, so earlier times are written as text. */
const firstSafeTime = Date.UTC(1900, 2, 1);

function textCell(address: string, text: string, style = ''): string {
  return `<c r="${address}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

/** Cuts a text to the length of a cell, between characters, and reports a cut to `onCut`. */
function cutToCell(text: string, onCut: () => void): string {
  if (text.length <= maxCellLength) return text;
  onCut();
  return `${text
    .slice(0, maxCellLength - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

function cellXml(address: string, cell: Cell, onCut: () => void): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${address}" t="b"><v>${Number(cell)}</v></c>`;
  if (typeof cell === 'string') return textCell(address, cutToCell(cell, onCut));
  if ('day' in cell) {
    const start = Date.parse(`${cell.day}T00:00:00Z`);
    if (start < firstSafeTime) return textCell(address, cell.day);
    return `<c r="${address}" s="${cellStyles.day}"><v>${start / dayMs + daysTo1970}</v></c>`;
  }
  if (cell.wall < firstSafeTime) return textCell(address, new Date(cell.wall).toISOString());
  return `<c r="${address}" s="${cellStyles.moment}"><v>${cell.wall / dayMs + daysTo1970}</v></c>`;
}

function displayLength(cell: Cell): number {
  if (cell === null) return 0;
  if (typeof cell !== 'object') return String(cell).split('\n', 1)[0]?.length ?? 0;
  return ('day' in cell ? '2026-11-20' : '2026-11-20 11:34:35').length;
}

/** Column widths in characters, from the labels and the first rows. */
function columnWidths({ labels, hidden = [] }: Sheet, rows: readonly Cell[][]): string {
  const columns = labels.map((label, index) => {
    const maxLength = rows.reduce(
      (max, row) => Math.max(max, displayLength(row[index] ?? null)),
      label.length + 3,
    );
    const number = index + 1;
    return `<col min="${number}" max="${number}" width="${Math.min(60, maxLength + 2)}" customWidth="1"${hidden.includes(index) ? ' hidden="1"' : ''}/>`;
  });
  return `<cols>${columns.join('')}</cols>`;
}

const frozenHeader =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

/** Suggested values of a column: a few words or a range. Others can be typed. */
export interface SuggestedValues {
  column: number;
  values: readonly string[] | { range: string };
}

export interface Sheet {
  name: string;
  labels: readonly string[];
  batches: Iterable<readonly Cell[][]>;
  onCut: () => void;
  suggestions?: readonly SuggestedValues[];
  hidden?: readonly number[];
}

export interface WorkbookFile {
  file: string;
  /** Limit in bytes of an unpacked sheet; tests use less. */
  maxSheetBytes?: number;
}

const listFormula = (values: SuggestedValues['values']): string =>
  'range' in values ? values.range : `"${values.join(',')}"`;

function suggestionsXml(suggestions: readonly SuggestedValues[], rows: number): string {
  if (suggestions.length === 0 || rows < 2) return '';
  const validations = suggestions.map(({ column, values }) => {
    const letters = columnLetters(column);
    return `<dataValidation type="list" allowBlank="1" sqref="${letters}2:${letters}${rows}"><formula1>${xmlText(listFormula(values))}</formula1></dataValidation>`;
  });
  return `<dataValidations count="${suggestions.length}">${validations.join('')}</dataValidations>`;
}

function* sheetPieces(sheet: Sheet): Generator<string, void, void> {
  const { labels, batches, onCut, suggestions = [] } = sheet;
  const letters = labels.map((_, index) => columnLetters(index));
  const header = labels.map((label, index) =>
    textCell(`${letters[index]}1`, cutToCell(label, onCut), ` s="${cellStyles.header}"`),
  );
  let row = 1;
  let isFirst = true;
  const sheetHead = (firstRows: readonly Cell[][]): string =>
    `${sheetStart}${frozenHeader}${columnWidths(sheet, firstRows)}<sheetData><row r="1">${header.join('')}</row>`;
  for (const rows of batches) {
    const lines = rows.map((cells) => {
      row += 1;
      const cellsXml = cells.map((cell, index) => cellXml(`${letters[index]}${row}`, cell, onCut)).join('');
      return `<row r="${row}">${cellsXml}</row>`;
    });
    yield (isFirst ? sheetHead(rows) : '') + lines.join('');
    isFirst = false;
  }
  const range = `A1:${letters.at(-1)}${row}`;
  yield `${isFirst ? sheetHead([]) : ''}</sheetData><autoFilter ref="${range}"/>${suggestionsXml(suggestions, row)}</worksheet>`;
}

/**
 * A spreadsheet (Office Open XML) in pieces: each sheet has a fixed bold header with filters, and typed numbers, booleans, times and
 * dates. A text that begins with = stays text. Throws BAD_FILE, reason too_large, for a sheet beyond the format's limit.
 */
export function xlsxPieces(
  sheets: readonly Sheet[],
  { file, maxSheetBytes = maxEntryBytes }: WorkbookFile,
): Generator<Buffer, void, void> {
  const refuse = (): never => {
    throw fileRefusal('too_large', {
      file,
      why: clause('sheetSize', { limit: formatMegabytes(maxSheetBytes) }),
    });
  };
  const parts = [
    ...workbookParts(sheets.map(({ name }) => name)),
    ...sheets.map((sheet, index) => ({ name: `xl/${sheetPath(index)}`, content: sheetPieces(sheet) })),
  ];
  return zipPieces(parts, { maxBytes: maxSheetBytes, refuse });
}
