import { clause } from '#shared/texts/sentence.ts';
import { fileRefusal } from '../../../kernel/files/refusal.ts';
import { cutTo } from '../../../model/interchange/headings.ts';
import {
  maxOutlineBytes,
  maxCellLength,
  maxFormatLength,
  maxSheets,
  maxSharedTexts,
  maxCellFormats,
} from './limits.ts';
import { parseXml, parseXmlSync } from '../../../kernel/files/xml.ts';
import { damagedArchive } from '../../../kernel/files/zip.ts';
import type { Archive } from '../../../kernel/files/zip.ts';

/** The parts of a workbook that are needed to read its cells. */
export interface Workbook {
  /** In tab order, hidden ones last; `part` is the part with its cells. */
  sheets: readonly { name: string; part: string; isHidden: boolean }[];
  /** Days count from 1904, as on old Macs. */
  from1904: boolean;
  /** The part with shared texts, or null. */
  stringsPart: string | null;
  styles: readonly NumberStyle[];
}

/** `digits`: the format of numbers with leading zeros, as `000000` or `00-000`. */
export type NumberStyle = 'number' | 'date' | 'percent' | { digits: string };

const notWorkbookFault = (file: string) =>
  fileRefusal('damaged_workbook', { file, why: clause('notWorkbook') });

/** Reads a workbook except cells and shared texts. Throws BAD_FILE. */
export function openWorkbook(zip: Archive): Workbook {
  const mainPart = findMainPart(zip);
  const folder = mainPart.slice(0, mainPart.lastIndexOf('/') + 1);
  const relations = readRelations(zip, `${folder}_rels/${mainPart.slice(folder.length)}.rels`, folder);
  const partById = new Map(relations.map(({ id, part }) => [id, part]));
  const sheets: { name: string; part: string; isHidden: boolean }[] = [];
  let from1904 = false;
  parseXmlSync(zip.text(mainPart, maxOutlineBytes), zip.name, {
    open(tag, { date1904 = '', id = '', name = '', state = 'visible' }) {
      if (tag === 'workbookPr') from1904 = ['1', 'true'].includes(date1904);
      if (tag !== 'sheet') return;
      const part = partById.get(id);
      // A chart sheet has no cells.
      if (!part?.includes('worksheets/') || !zip.has(part)) return;
      if (sheets.length >= maxSheets)
        throw damagedArchive(zip.name, clause('workbookSheets', { count: maxSheets }));
      sheets.push({ name: cutTo(name, 100).toWellFormed(), part, isHidden: state !== 'visible' });
    },
  });
  if (sheets.length === 0) throw fileRefusal('no_rows', { file: zip.name, why: clause('noCells') });
  const stringsPart = relations.find(({ type }) => type === 'sharedStrings')?.part;
  const stylesPart = relations.find(({ type }) => type === 'styles')?.part;
  return {
    sheets: sheets.toSorted((a, b) => Number(a.isHidden) - Number(b.isHidden)),
    from1904,
    stringsPart: stringsPart !== undefined && zip.has(stringsPart) ? stringsPart : null,
    styles: stylesPart !== undefined && zip.has(stylesPart) ? readStyles(zip, stylesPart) : [],
  };
}

function findMainPart(zip: Archive): string {
  if (zip.has('xl/workbook.xml')) return 'xl/workbook.xml';
  if (!zip.has('_rels/.rels')) throw notWorkbookFault(zip.name);
  const mainPart = readRelations(zip, '_rels/.rels', '').find(({ type }) => type === 'officeDocument')?.part;
  if (mainPart === undefined || !zip.has(mainPart) || !mainPart.endsWith('.xml'))
    throw notWorkbookFault(zip.name);
  return mainPart;
}

interface Relation {
  id: string;
  type: string;
  part: string;
}

function readRelations(zip: Archive, part: string, folder: string): Relation[] {
  const relations: Relation[] = [];
  if (!zip.has(part)) return relations;
  parseXmlSync(zip.text(part, maxOutlineBytes), zip.name, {
    open(tag, { Target = '', Type = '', Id = '' }) {
      if (tag !== 'Relationship') return;
      const targetPart = Target.startsWith('/') ? Target.slice(1) : `${folder}${Target.replace(/^\.\//, '')}`;
      relations.push({ id: Id, type: Type.split('/').at(-1) ?? '', part: targetPart });
    },
  });
  return relations;
}

/** Limit of a shared text in characters: a full cell with every character written as `_x0041_`. */
const maxSharedLength = maxCellLength * 7;

/** The shared texts of the workbook `file`, without phonetic guides. Yields progress. Throws BAD_FILE beyond the limit. */
export function* readStrings(text: string, file: string): Generator<number, string[], void> {
  const strings: string[] = [];
  let parts: string[] = [];
  let isInText = false;
  let isPhonetic = false;
  yield* parseXml(text, file, {
    open(tag) {
      if (tag === 'rPh') isPhonetic = true;
      if (tag === 't') isInText = !isPhonetic;
      if (tag === 'si') parts = [];
    },
    text(value) {
      if (isInText) parts.push(value);
    },
    close(tag) {
      if (tag === 'rPh') isPhonetic = false;
      if (tag === 't') isInText = false;
      if (tag !== 'si') return;
      if (strings.length >= maxSharedTexts)
        throw damagedArchive(file, clause('workbookTexts', { count: maxSharedTexts }));
      strings.push(unescapeCharacters(cutTo(parts.join(''), maxSharedLength)));
    },
  });
  return strings;
}

/** Decodes characters that XML cannot hold, such as _x000D_. */
export function unescapeCharacters(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function readStyles(zip: Archive, part: string): NumberStyle[] {
  const formats = new Map<number, string>();
  const styleById = new Map<number, NumberStyle>();
  const styles: NumberStyle[] = [];
  let isInCellFormats = false;
  parseXmlSync(zip.text(part, maxOutlineBytes), zip.name, {
    open(tag, { numFmtId = '0', formatCode = '' }) {
      if (tag === 'cellXfs') isInCellFormats = true;
      const id = Number(numFmtId);
      if (tag === 'numFmt' && formats.size < maxCellFormats)
        formats.set(id, formatCode.slice(0, maxFormatLength));
      if (tag !== 'xf' || !isInCellFormats || styles.length >= maxCellFormats) return;
      const style = styleById.get(id) ?? styleOf(id, formats.get(id));
      styleById.set(id, style);
      styles.push(style);
    },
    close(tag) {
      if (tag === 'cellXfs') isInCellFormats = false;
    },
  });
  return styles;
}

/** Built-in formats: ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are East Asian dates. */
const dateFormats: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

function styleOf(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) {
    if (dateFormats.some(([from, to]) => id >= from && id <= to)) return 'date';
    return id === 9 || id === 10 ? 'percent' : 'number';
  }
  // Zeros and separators only: a number with leading zeros, such as a postal code.
  const positiveFormat = code.split(';')[0] ?? '';
  const digits = positiveFormat.replaceAll(/"([^"]*)"|\\(.)|\[[^\]]*\]|_./g, '$1$2').trim();
  if (/^[^\d#?.,%EedmyhsGA@*]*0[0 ./()-]*0[^\d#?.,%]*$/.test(digits) && !/0\.0/.test(digits))
    return { digits };
  // Without quoted texts, escapes, paddings, and colours or currencies in brackets.
  const plainFormat =
    code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')[0] ?? '';
  if (plainFormat.includes('%')) return 'percent';
  return /[dmyhs]/i.test(plainFormat) && !/general/i.test(plainFormat) ? 'date' : 'number';
}
